/** The page of auto attendance: how far it may go, how it was moved, and the days that it was too early for. */
@NullMarked
package io.punchbridge.console.attendance;

import org.jspecify.annotations.NullMarked;
