package io.punchbridge.delivery;

import io.punchbridge.inbox.NearCheckin;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of each claimed punch of a round. A punch that nothing was decided on counts as possibly sent. */
final class Settlements {
    private final Map<PunchKey, WaitingPunch> open = new LinkedHashMap<>();
    private final List<Settlement> made = new ArrayList<>();
    private int taken;

    Settlements(Collection<WaitingPunch> claimed) {
        claimed.forEach(waiting -> open.put(waiting.punch().key(), waiting));
    }

    void delivered(Parcel parcel, String checkin) {
        found(parcel, checkin);
        taken++;
    }

    /** Stood in Frappe before anything was sent. */
    void found(Parcel parcel, String checkin) {
        String employee = parcel.employee().name();
        parcel.keys().forEach(key -> make(Settlement.delivered(key, employee, checkin)));
    }

    /** Counts as delivered by another program's check-in. */
    void foundNear(Parcel parcel, String checkin, NearCheckin difference, String reason) {
        String employee = parcel.employee().name();
        parcel.keys().forEach(key -> make(Settlement.foundNear(key, employee, checkin, difference, reason)));
    }

    void keep(WaitingPunch waiting, PunchState state, String reason) {
        make(Settlement.withReason(waiting.punch().key(), state, reason));
    }

    void rejected(Parcel parcel, String words) {
        parcel.keys().forEach(key -> make(Settlement.withReason(key, PunchState.REJECTED, words)));
    }

    /** Surely not in Frappe. */
    void again(Parcel parcel, @Nullable Instant notBefore) {
        parcel.keys().forEach(key -> make(Settlement.again(key, notBefore)));
    }

    /** Sent, or perhaps sent, at an instant; due again not before another. */
    void inDoubt(Parcel parcel, Instant since, @Nullable Instant notBefore) {
        parcel.keys().forEach(key -> make(Settlement.inDoubt(key, since, notBefore)));
    }

    /** Not touched in this round: as it was before the claim. */
    void untouched(Parcel parcel) {
        parcel.punches().forEach(this::untouched);
    }

    void untouched(WaitingPunch waiting) {
        Instant since = waiting.inDoubtSince();
        PunchKey key = waiting.punch().key();
        make(since == null ? Settlement.again(key, null) : Settlement.inDoubt(key, since, null));
    }

    /** Whether Frappe has taken a parcel of this round; what was looked up before sending tells nothing of that. */
    boolean anyTaken() {
        return taken > 0;
    }

    boolean isOpen(Parcel parcel) {
        return parcel.keys().stream().anyMatch(open::containsKey);
    }

    /** Everything, the undecided as in doubt since {@code now}. */
    List<Settlement> all(Instant now) {
        List<Settlement> all = new ArrayList<>(made);
        open.keySet().forEach(key -> all.add(Settlement.inDoubt(key, now, null)));
        return all;
    }

    private void make(Settlement settlement) {
        if (open.remove(settlement.key()) == null) {
            throw new IllegalStateException("punch " + settlement.key() + " was settled twice in one round");
        }
        made.add(settlement);
    }
}
