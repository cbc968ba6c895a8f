package io.punchbridge.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers only those who have proved who they are: commands of this host by the token file, people by name and password.
 * Everybody else is refused before any of the body is read. {@code GET} and {@code HEAD} take a {@link Role#VIEWER},
 * every other method an {@link Role#OPERATOR}, unless it {@link OnlyReads}. Each resource of the rooms api and console bears it.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarded {}
