/** The page of the set-up check. */
@NullMarked
package io.punchbridge.console.setup;

import org.jspecify.annotations.NullMarked;
