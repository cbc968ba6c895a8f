/** The house: its main door, and where the rooms are joined that must not know each other. */
@NullMarked
package io.punchbridge;

import org.jspecify.annotations.NullMarked;
