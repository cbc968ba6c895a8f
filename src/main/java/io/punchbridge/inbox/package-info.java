/** Durable storage of all that came in, and the only room that knows SQL. */
@NullMarked
package io.punchbridge.inbox;

import org.jspecify.annotations.NullMarked;
