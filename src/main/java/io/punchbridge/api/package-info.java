/** What programs ask the running service for, under {@code /api/v1}. */
@NullMarked
package io.punchbridge.api;

import org.jspecify.annotations.NullMarked;
