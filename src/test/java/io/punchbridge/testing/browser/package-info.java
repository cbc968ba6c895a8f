@NullMarked
package io.punchbridge.testing.browser;

import org.jspecify.annotations.NullMarked;
