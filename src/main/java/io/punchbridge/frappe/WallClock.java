package io.punchbridge.frappe;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Frappe's way of writing time: the wall time of the site's zone in whole seconds, without zone or offset.
 *
 * <p>Every instant has exactly one wall time, so none ever falls into the hour that a clock skips. Where a clock is put
 * back, two instants an hour apart have the same wall time; Frappe can't tell them apart, and takes the second of two
 * such check-ins of one employee and log type for a duplicate of the first.
 */
public record WallClock(ZoneId zone) {

    /** Parts of a second are cut off, as Frappe does it. */
    public LocalDateTime at(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether two instants have this wall time. */
    public boolean isAmbiguous(LocalDateTime wallTime) {
        return zone.getRules().getValidOffsets(wallTime).size() > 1;
    }
}
