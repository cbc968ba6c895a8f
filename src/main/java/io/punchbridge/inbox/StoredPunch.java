package io.punchbridge.inbox;

import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.PunchType;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the inbox. User, time and type may be missing in a quarantined one.
 *
 * @param content redacted JSON of an unreadable punch, else null
 * @param employee Frappe's Employee that it was delivered for
 * @param checkin name of Frappe's Employee Checkin
 * @param settledAt when the state was last changed by delivery
 */
public record StoredPunch(
        PunchKey key,
        SerialNumber device,
        @Nullable UserId user,
        @Nullable Instant at,
        @Nullable PunchType type,
        @Nullable String sentType,
        PunchDetails details,
        @Nullable String content,
        Source source,
        Instant receivedAt,
        PunchState state,
        @Nullable String reason,
        @Nullable String employee,
        @Nullable String checkin,
        @Nullable Instant settledAt) {}
