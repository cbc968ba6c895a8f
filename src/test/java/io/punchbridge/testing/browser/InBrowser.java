package io.punchbridge.testing.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class look at pages in a headless Chromium, which they take as a parameter ({@link Browser}). Where
 * none is installed they are skipped, loudly; with {@code BROWSER_TESTS=required} in the environment they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
public @interface InBrowser {}
