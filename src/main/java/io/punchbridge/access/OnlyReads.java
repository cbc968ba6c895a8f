package io.punchbridge.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What changes nothing although it is a {@code POST}, so that a viewer may ask: a search whose terms are in a body, where they
 * reach no log of a proxy, or the end of the asker's own session.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnlyReads {}
