/** The page of punches, and the story of one. */
@NullMarked
package io.punchbridge.console.punches;

import org.jspecify.annotations.NullMarked;
