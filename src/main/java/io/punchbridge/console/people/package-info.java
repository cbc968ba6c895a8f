/** Whose name belongs to which id of a device. */
@NullMarked
package io.punchbridge.console.people;

import org.jspecify.annotations.NullMarked;
