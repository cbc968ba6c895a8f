/** The pages that people see, under {@code /}. */
@NullMarked
package io.punchbridge.console;

import org.jspecify.annotations.NullMarked;
