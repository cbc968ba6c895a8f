package io.punchbridge.delivery;

import java.time.Duration;

/**
 * What a punch has to be like to become a check-in.
 *
 * @param meals what becomes of meal punches
 * @param futureTolerance how far a punch may lie ahead of the clocks that received it
 * @param oldest how old a punch may be when it comes
 */
public record CheckInPolicy(Meals meals, Duration futureTolerance, Duration oldest) {

    public enum Meals {
        /** Delivered, with {@code skip_auto_attendance}: seen by people, without effect on attendance. */
        SKIP_ATTENDANCE,
        /** Kept here, not delivered. */
        IGNORE
    }
}
