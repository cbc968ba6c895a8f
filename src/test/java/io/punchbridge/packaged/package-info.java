/** The packaged service as a stranger meets it: the real jar in a process of its own, seen from outside alone. */
@NullMarked
package io.punchbridge.packaged;

import org.jspecify.annotations.NullMarked;
