package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a claim ends.
 *
 * @param reason in words for a person; null only for pending punches and for those delivered as they are
 * @param notBefore for a pending punch: when it is due again; null is at once
 * @param inDoubtSince for a pending punch: when it was last sent, or may have been, without an outcome; null if it
 *     surely isn't in Frappe
 * @param near for a delivered punch that was not sent, since another program's check-in counts as it: in what that
 *     differs; null otherwise
 */
public record Settlement(
        PunchKey key,
        PunchState state,
        @Nullable String reason,
        @Nullable String employee,
        @Nullable String checkin,
        @Nullable Instant notBefore,
        @Nullable Instant inDoubtSince,
        @Nullable NearCheckin near) {

    public static Settlement delivered(PunchKey key, String employee, String checkin) {
        return new Settlement(key, PunchState.DELIVERED, null, employee, checkin, null, null, null);
    }

    /** Counts as delivered by a check-in that another program made; kept as {@link FoundNear}. */
    public static Settlement foundNear(
            PunchKey key, String employee, String checkin, NearCheckin difference, String reason) {
        return new Settlement(key, PunchState.DELIVERED, reason, employee, checkin, null, null, difference);
    }

    /** A final state other than delivered, or held. */
    public static Settlement withReason(PunchKey key, PunchState state, String reason) {
        return new Settlement(key, state, reason, null, null, null, null, null);
    }

    /** Surely not in Frappe; to be sent again, at once or not before an instant. */
    public static Settlement again(PunchKey key, @Nullable Instant notBefore) {
        return new Settlement(key, PunchState.PENDING, null, null, null, notBefore, null, null);
    }

    /** Perhaps in Frappe since an instant. */
    public static Settlement inDoubt(PunchKey key, Instant since, @Nullable Instant notBefore) {
        return new Settlement(key, PunchState.PENDING, null, null, null, notBefore, since, null);
    }
}
