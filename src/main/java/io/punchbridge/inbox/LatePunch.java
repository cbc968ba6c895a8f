package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A punch that was delivered long after its time.
 *
 * @param user whom the device knows; null if the punch was purged meanwhile
 * @param employee Frappe's id
 * @param checkin name of the Employee Checkin that it became, or counts as
 * @param at when the device recorded it
 * @param settledAt when it was known to be in Frappe
 */
public record LatePunch(
        PunchKey key,
        SerialNumber device,
        @Nullable UserId user,
        String employee,
        String checkin,
        Instant at,
        Instant settledAt) {}
