package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a claim ends.
 *
 * @param reason in words for a person; null only for delivered and pending punches
 * @param notBefore for a pending punch: when it is due again; null is at once
 * @param inDoubtSince for a pending punch: when it was last sent, or may have been, without an outcome; null if it
 *     surely isn't in Frappe
 */
public record Settlement(
        PunchKey key,
        PunchState state,
        @Nullable String reason,
        @Nullable String employee,
        @Nullable String checkin,
        @Nullable Instant notBefore,
        @Nullable Instant inDoubtSince) {

    public static Settlement delivered(PunchKey key, String employee, String checkin) {
        return new Settlement(key, PunchState.DELIVERED, null, employee, checkin, null, null);
    }

    /** A final state other than delivered, or held. */
    public static Settlement withReason(PunchKey key, PunchState state, String reason) {
        return new Settlement(key, state, reason, null, null, null, null);
    }

    /** Surely not in Frappe; to be sent again, at once or not before an instant. */
    public static Settlement again(PunchKey key, @Nullable Instant notBefore) {
        return new Settlement(key, PunchState.PENDING, null, null, null, notBefore, null);
    }

    /** Perhaps in Frappe since an instant. */
    public static Settlement inDoubt(PunchKey key, Instant since, @Nullable Instant notBefore) {
        return new Settlement(key, PunchState.PENDING, null, null, null, notBefore, since);
    }
}
