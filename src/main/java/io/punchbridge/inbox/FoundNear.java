package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Durable record of the punches of history that were not sent, since another program's check-in stood near each. Written
 * with the settlement that counts the punch as delivered; it goes when the punch is purged, or delivered anew. Every
 * method blocks.
 */
public interface FoundNear {

    /**
     * One punch, and the check-in that it counts as.
     *
     * @param at when the device recorded it
     * @param checkin name of Frappe's Employee Checkin
     */
    record Found(
            PunchKey key, SerialNumber device, Instant at, String checkin, NearCheckin difference, Instant foundAt) {}

    /**
     * Those of a device, in the order of the punches' times, after a key (null: from the first). For a paged walk.
     *
     * @param from first second of the punches, inclusive
     * @param until exclusive
     */
    List<Found> of(SerialNumber device, Instant from, Instant until, @Nullable PunchKey after, int limit);

    /** How many {@link #of} would walk through. */
    long count(SerialNumber device, Instant from, Instant until);
}
