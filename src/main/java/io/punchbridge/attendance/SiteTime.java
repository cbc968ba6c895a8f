package io.punchbridge.attendance;

import io.punchbridge.frappe.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Between instants, which proofs are of, and the site's wall times, which HRMS compares. Where a clock is put back, an
 * hour of wall times comes twice; each method then takes the side on which nothing is claimed that isn't so.
 */
record SiteTime(ZoneId zone) {
    /** No clock is put back by more, nor looks this far ahead at one. */
    private static final Duration LONGEST_REPEAT = Duration.ofDays(1);

    /** As a check-in of this instant has it. */
    LocalDateTime of(Instant instant) {
        return new WallClock(zone).at(instant);
    }

    /** The latest wall time, in whole seconds, that no check-in of this instant or a later one lies below. */
    LocalDateTime floorOf(Instant instant) {
        ZoneRules rules = zone.getRules();
        LocalDateTime floor = of(instant);
        ZoneOffsetTransition next = rules.nextTransition(instant);
        while (next != null && !next.getInstant().isAfter(instant.plus(LONGEST_REPEAT))) {
            if (next.getDateTimeAfter().isBefore(floor)) {
                floor = next.getDateTimeAfter();
            }
            next = rules.nextTransition(next.getInstant());
        }
        return floor;
    }

    /** The first instant whose wall time is this one or later. */
    Instant firstAt(LocalDateTime wallTime) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wallTime);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(wallTime).getInstant()
                : wallTime.toInstant(offsets.get(0));
    }
}
