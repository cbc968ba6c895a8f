/** What people and their commands ask the running service for, under {@code /api/v1}. */
@NullMarked
package io.punchbridge.console;

import org.jspecify.annotations.NullMarked;
