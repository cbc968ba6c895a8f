package io.punchbridge.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are noted as {@link LatePunches}.
 *
 * @param duration from a punch's time to its settlement as delivered, at least; null notes none
 */
public record LateAfter(@Nullable Duration duration) {
    public static final LateAfter NEVER = new LateAfter(null);
}
