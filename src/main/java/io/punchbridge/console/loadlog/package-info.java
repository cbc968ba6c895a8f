/** The page on which a person has devices' logs loaded, and watches how far that is. */
@NullMarked
package io.punchbridge.console.loadlog;

import org.jspecify.annotations.NullMarked;
