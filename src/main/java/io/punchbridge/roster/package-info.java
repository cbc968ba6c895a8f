/** Keeps the users of each device to the employees who belong there: says what differs, and sets it right if told to. */
@NullMarked
package io.punchbridge.roster;

import org.jspecify.annotations.NullMarked;
