package io.punchbridge.delivery;

import io.punchbridge.delivery.Timed.Exchange;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.inbox.Attempted;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of each claimed punch of a round. A punch that nothing was decided on counts as possibly sent. */
final class Settlements {
    private static final int OK = 200;
    private static final String CUT_SHORT =
            "Punchbridge itself failed in the middle of this delivery, before it was known whether the punch was sent. The"
                    + " service's log has the error.";

    private final Map<PunchKey, WaitingPunch> open = new LinkedHashMap<>();
    private final List<Settlement> made = new ArrayList<>();
    private final List<Settlement> kept = new ArrayList<>();
    private final List<Attempted> attempts = new ArrayList<>();
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
        Settlement settlement = Settlement.withReason(waiting.punch().key(), state, reason);
        make(settlement);
        kept.add(settlement);
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

    /** Stays claimed beyond this round, which settles nothing of it. */
    void keepBack(Parcel parcel) {
        parcel.keys().forEach(open::remove);
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

    /** What a request to Frappe came to for each punch of a parcel. Settles nothing. */
    void attempted(Parcel parcel, Exchange exchange, Outcome outcome, FrappeFailure failure) {
        attempted(parcel, exchange, outcome, failure.status(), failure.words(), null);
    }

    /** The same of a request that Frappe answered with success. */
    void attempted(
            Parcel parcel, Exchange exchange, Outcome outcome, @Nullable String words, @Nullable String checkin) {
        attempted(parcel, exchange, outcome, OK, words, checkin);
    }

    private void attempted(
            Parcel parcel,
            Exchange exchange,
            Outcome outcome,
            int status,
            @Nullable String words,
            @Nullable String checkin) {
        parcel.keys()
                .forEach(key -> attempts.add(new Attempted(
                        key, exchange.at(), exchange.took(), outcome, status, words, exchange.punches(), checkin)));
    }

    /** What is to be recorded of this round, in which punches were kept, or left undecided, at {@code now}. */
    List<Attempted> attempts(Instant now) {
        List<Attempted> all = new ArrayList<>(attempts);
        kept.forEach(one -> all.add(ofOurs(one.key(), now, Outcome.KEPT, one.reason())));
        Set<PunchKey> told = attempts.stream().map(Attempted::punch).collect(Collectors.toSet());
        open.keySet().stream()
                .filter(key -> !told.contains(key))
                .forEach(key -> all.add(ofOurs(key, now, Outcome.UNKNOWN, CUT_SHORT)));
        return all;
    }

    private static Attempted ofOurs(PunchKey key, Instant now, Outcome outcome, @Nullable String words) {
        return new Attempted(key, now, null, outcome, 0, words, 0, null);
    }

    private void make(Settlement settlement) {
        if (open.remove(settlement.key()) == null) {
            throw new IllegalStateException("punch " + settlement.key() + " was settled twice in one round");
        }
        made.add(settlement);
    }
}
