package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.LateStep.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down what became of an entry, in words for a person, and when it is looked at again. */
class LateVerdicts {
    private static final Logger LOG = Logger.getLogger(LateVerdicts.class);

    /** From so many on, a repair that isn't through is said loudly. */
    static final int MANY_TRIES = 5;

    private static final Duration LOOK_AGAIN = Duration.ofHours(6);
    private static final Duration WORTH_A_LOOK = Duration.ofDays(90);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final LatePunches store;
    private final RepairRules rules;
    private final Clock clock;

    LateVerdicts(LatePunches store, RepairRules rules, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    void gone(LateLook look) {
        settle(
                look.entry(),
                State.NOT_NEEDED,
                "The check-ins aren't in this shift any more: they were deleted, or" + " belong to another one now.");
    }

    /** Every check-in of the entry has an attendance. */
    void over(LateLook look) {
        Attendance standing = look.standing();
        LateEntry entry = look.entry();
        if (standing == null) {
            settle(entry, State.NOT_NEEDED, "The check-ins belong to an attendance of another day or shift now.");
        } else if (entry.state() == State.REPAIRING) {
            store.save(entry.repaired(standing.name(), surprise(entry, SiteDay.said(standing)), clock.instant()));
        } else {
            store.save(entry.repaired(
                    standing.name(), "Not by Punchbridge: the attendance has these check-ins now.", clock.instant()));
        }
    }

    private static @Nullable String surprise(LateEntry entry, Said made) {
        Said wanted = entry.wouldSay();
        if (wanted == null || ShiftRule.same(wanted, made)) {
            return null;
        }
        Said before = entry.says();
        if (before != null && ShiftRule.better(before, made)) {
            LOG.warnf(
                    "The attendance of entry %s was made anew and says less than before; look at it in Frappe"
                            + " (GET /api/v1/late-punches)",
                    entry.id());
        }
        return "HRMS made " + words(made) + ", where " + words(wanted)
                + " was expected. Look at the attendance and its check-ins.";
    }

    static String words(Said said) {
        return String.format(Locale.ROOT, "%s with %.2f h", said.status(), said.hours());
    }

    boolean saysTheSame(LateLook look) {
        Said says = look.entry().says();
        Said wouldSay = look.wouldSay();
        return look.standing() != null && says != null && wouldSay != null && ShiftRule.same(says, wouldSay);
    }

    void notNeeded(LateLook look) {
        settle(look.entry(), State.NOT_NEEDED, "With these check-ins the attendance would say the same.");
    }

    /** In mode report. */
    void reported(LateLook look) {
        if (saysTheSame(look)) {
            notNeeded(look);
            return;
        }
        Instant now = clock.instant();
        boolean recent = rules.isRecent(look.entry().day());
        boolean same = look.entry().state() == State.FOUND && look.entry().reason() == null;
        store.save(look.entry()
                .to(
                        State.FOUND,
                        null,
                        recent ? now.plus(LOOK_AGAIN) : daily(look.entry(), now),
                        same ? look.entry().changedAt() : now));
    }

    void waits(LateLook look, Duration time) {
        Instant now = clock.instant();
        State state = look.entry().state() == State.REPAIRING ? State.REPAIRING : State.FOUND;
        store.save(look.entry()
                .to(
                        state,
                        "More punches of this person and day are on their way; waits for them.",
                        now.plus(time),
                        now));
    }

    /** The site failed while it was asked about one entry: the others must not wait behind it. */
    void later(LateEntry entry, FrappeFailure failure) {
        if (entry.state() == State.REPAIRING) {
            unfinished(entry, false, failure);
        } else {
            Instant now = clock.instant();
            store.save(entry.to(entry.state(), entry.reason(), now.plus(AFTER_A_FAILURE), now));
        }
    }

    /** Before anything was cancelled. */
    void postponed(LateEntry entry, FrappeFailure failure) {
        putOff(
                entry,
                "Auto attendance of the Shift Type didn't go through, or the day couldn't be read after it, so the"
                        + " attendance stands; tried again.",
                failure,
                entry.attempts() + 1,
                Duration.ZERO);
    }

    void unread(LateEntry entry, FrappeFailure failure) {
        putOff(
                entry,
                "The Shift Type can't be read, so nothing is decided; tried again. If it stays so, let the API user"
                        + " read it, or see in ERPNext what is wrong with it.",
                failure,
                attemptsUnread(entry),
                Duration.ZERO);
    }

    /** @param asked whether it failed at this very entry: it then comes after the others, lest it always be the first */
    void notLookedUp(LateEntry entry, FrappeFailure failure, boolean asked) {
        putOff(
                entry,
                "Whether a salary slip, leave application or attendance request rests on the day couldn't be looked up, so"
                        + " the attendance stands; tried again.",
                failure,
                attemptsUnread(entry),
                asked ? FIRST_WAIT : Duration.ZERO);
    }

    /** Of a repair that was begun, what could only not be read is no try: many tries say that it is stuck. */
    private static int attemptsUnread(LateEntry entry) {
        return entry.state() == State.REPAIRING ? entry.attempts() : entry.attempts() + 1;
    }

    /** Each time longer, as attempts grow. */
    private void putOff(LateEntry entry, String why, FrappeFailure failure, int attempts, Duration more) {
        Instant now = clock.instant();
        Instant next = now.plus(wait(attempts)).plus(more);
        store.save(entry.withAttempts(attempts).to(entry.state(), why + " " + said(failure), next, now));
    }

    /** An unchanged verdict keeps its date, so that looking again doesn't keep the entry from its retention. */
    void cannot(LateEntry entry, Refusal refusal) {
        Instant now = clock.instant();
        Duration wait = refusal.askAgainIn();
        store.save(entry.to(
                State.CANNOT,
                refusal.reason(),
                wait == null ? daily(entry, now) : now.plus(wait),
                isKnown(entry, refusal) ? entry.changedAt() : now));
    }

    /** The second time for the same reason it is asked about again daily. */
    void mayNotCancel(LateEntry entry, FrappeFailure failure) {
        Refusal refusal = Refusal.mayNotCancel(failure);
        cannot(entry, isKnown(entry, refusal) ? Refusal.forGood(refusal.reason()) : refusal);
    }

    private static boolean isKnown(LateEntry entry, Refusal refusal) {
        return entry.state() == State.CANNOT && refusal.reason().equals(entry.reason());
    }

    /** A person may mend the day by hand: that is noticed as long as it is young enough for a payroll to matter. */
    private @Nullable Instant daily(LateEntry entry, Instant now) {
        return rules.today().toEpochDay() - entry.day().toEpochDay() < WORTH_A_LOOK.toDays()
                ? now.plus(Duration.ofDays(1))
                : null;
    }

    /** What a dry run says. */
    void wouldRepair(LateLook look, String shiftType) {
        List<LateStep.Plan> plan = new ArrayList<>();
        plan.add(new LateStep.Plan(Kind.REHEARSE, shiftType));
        for (ShiftCheckin checkin : look.open()) {
            plan.add(new LateStep.Plan(Kind.COUNT_AGAIN, checkin.name()));
        }
        plan.add(new LateStep.Plan(
                Kind.CANCEL, Objects.requireNonNull(look.standing()).name()));
        plan.add(new LateStep.Plan(Kind.PROCESS, shiftType));
        Instant now = clock.instant();
        store.plan(look.entry().to(State.WOULD_REPAIR, null, now.plus(LOOK_AGAIN), now), plan);
    }

    /** Somebody else makes the attendance without them each time. */
    Optional<Refusal> tooManyTries(LateLook look) {
        long cancelled = store
                .stepsOf(List.of(look.entry().id()))
                .getOrDefault(look.entry().id(), List.of())
                .stream()
                .filter(step -> step.kind() == Kind.CANCEL && step.doneAt() != null)
                .count();
        return cancelled < MANY_TRIES
                ? Optional.empty()
                : Optional.of(Refusal.forGood("The attendance was cancelled " + cancelled
                        + " times, and HRMS made it without these check-ins each time. Look at the comments of the"
                        + " check-ins in Frappe: they say why auto attendance passes them over."));
    }

    /** The attendance may still stand, or not. It is a try: what fails each time is tried less often, and said to be stuck. */
    void cancelsLater(LateEntry entry, FrappeFailure failure) {
        Instant now = clock.instant();
        int attempts = entry.attempts() + 1;
        String reason = "Frappe didn't do what it was asked for, or didn't say so; tried again. " + said(failure);
        store.save(entry.withAttempts(attempts).to(State.REPAIRING, reason, now.plus(wait(attempts)), now));
    }

    /** @param stands whether an attendance was made, without these check-ins */
    void unfinished(LateEntry entry, boolean stands, @Nullable FrappeFailure failure) {
        Instant now = clock.instant();
        int attempts = entry.attempts() + 1;
        String reason = (stands
                        ? "HRMS made the attendance anew without these check-ins; tried again."
                        : "The attendance was cancelled, and HRMS hasn't made it anew yet; tried again. Meanwhile the"
                                + " person has none for the day. If it stays so: is the day a holiday now, is the"
                                + " employee active, has the API user write permission on Shift Type and Employee"
                                + " Checkin?")
                + (failure == null ? "" : " " + said(failure));
        store.save(entry.withAttempts(attempts).to(State.REPAIRING, reason, now.plus(wait(attempts)), now));
        if (!stands && attempts >= MANY_TRIES) {
            LOG.errorf(
                    "The attendance of entry %s was cancelled and after %d tries isn't made anew: the person has none for"
                            + " the day. GET /api/v1/late-punches?state=repairing says more.%s",
                    entry.id(), attempts, failure == null ? "" : " " + said(failure));
        }
    }

    private static Duration wait(int attempts) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** Without Frappe's own words, which may name persons. */
    static String said(FrappeFailure failure) {
        String type = failure.excType();
        return "Frappe said: " + (type == null ? failure.kind().name() : type) + " (HTTP " + failure.status() + ").";
    }

    private void settle(LateEntry entry, State state, String reason) {
        store.save(entry.to(state, reason, null, clock.instant()));
    }
}
