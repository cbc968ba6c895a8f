/** Spans of a punch's way for a collector of OpenTelemetry traces, where one is configured; otherwise nothing. */
@NullMarked
package io.punchbridge.tracing;

import org.jspecify.annotations.NullMarked;
