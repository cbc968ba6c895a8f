/** The page of those whose punches are held, and of who they could be. */
@NullMarked
package io.punchbridge.console.held;

import org.jspecify.annotations.NullMarked;
