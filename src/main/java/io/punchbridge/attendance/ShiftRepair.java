package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LateStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one Shift Type in a round: what each is to become is told from the site alone, so that a repair that was
 * cut off anywhere goes on by being looked at again.
 */
class ShiftRepair {
    private static final Duration MORE_COMES_WITHIN = Duration.ofMinutes(5);
    private static final int GONE = 404;

    private final LatePunches store;
    private final AttendanceSite site;
    private final LateLooks looks;
    private final RepairSteps steps;
    private final LateVerdicts verdicts;
    private final LateMode mode;
    private final RepairRules rules;
    private final String name;
    private final @Nullable ShiftType shiftType;
    private final @Nullable FrappeFailure unread;
    private final Clock clock;
    /** What the site as a whole fails with since it was last asked what rests on a day; null if it doesn't. */
    private @Nullable FrappeFailure away;

    /**
     * @param shiftType as the site has it; null if it hasn't, or it can't be read
     * @param unread why it can't be read; null if it can
     */
    ShiftRepair(
            LatePunches store,
            AttendanceSite site,
            LateMode mode,
            RepairRules rules,
            String name,
            @Nullable ShiftType shiftType,
            @Nullable FrappeFailure unread,
            Clock clock) {
        this.store = store;
        this.site = site;
        this.looks = new LateLooks(store, site, shiftType);
        this.steps = new RepairSteps(store, site, clock);
        this.verdicts = new LateVerdicts(store, rules, clock);
        this.mode = mode;
        this.rules = rules;
        this.name = name;
        this.shiftType = shiftType;
        this.unread = unread;
        this.clock = clock;
    }

    /** Empty if the site answered whatever it was asked. */
    Optional<FrappeFailure> run(List<LateEntry> entries) {
        LateLooks.Looked looked = looks.of(entries);
        Map<String, List<LateStep>> steps =
                store.stepsOf(entries.stream().map(LateEntry::id).toList());
        List<LateEntry> unseen = new ArrayList<>();
        looked.unseen().forEach((entry, failed) -> {
            if (mayBeCancelled(entry, steps) && !failed.concernsWholeSite()) {
                unseen.add(entry);
            } else {
                verdicts.later(entry, failed);
            }
        });
        List<LateLook> repairable = new ArrayList<>();
        List<LateLook> cancelled = new ArrayList<>();
        Optional<FrappeFailure> failure = looked.failure();
        for (LateLook look : looked.looks()) {
            if (look.standing() == null && mayBeCancelled(look.entry(), steps)) {
                cancelled.add(look);
            } else if (!isOver(look) && isToBeChecked(look)) {
                Optional<FrappeFailure> ofOne = check(look, repairable);
                failure = failure.or(() -> ofOne);
            }
        }
        if (!repairable.isEmpty()) {
            failure = cancelAfterRehearsal(repairable, cancelled).or(firstOf(failure));
        }
        return cancelled.isEmpty() && unseen.isEmpty()
                ? failure
                : finish(cancelled, unseen).or(firstOf(failure));
    }

    private static Supplier<Optional<FrappeFailure>> firstOf(Optional<FrappeFailure> failure) {
        return () -> failure;
    }

    /** By us: we began to cancel what stood when the day was last looked at. It is, as far as can be told, if nothing stands. */
    private static boolean mayBeCancelled(LateEntry entry, Map<String, List<LateStep>> steps) {
        return entry.state() == State.REPAIRING
                && steps.getOrDefault(entry.id(), List.of()).stream()
                        .anyMatch(step -> step.kind() == LateStep.Kind.CANCEL
                                && step.begunAt() != null
                                && step.subject().equals(entry.attendance()));
    }

    /** Whether nothing is left to decide, which is written down. */
    private boolean isOver(LateLook look) {
        if (look.isGone()) {
            verdicts.gone(look);
        } else if (look.open().isEmpty()) {
            verdicts.over(look);
        } else {
            return false;
        }
        return true;
    }

    /** Unless nothing can be decided, or it is only to be reported; which is written down. */
    private boolean isToBeChecked(LateLook look) {
        if (unread != null) {
            verdicts.unread(look.entry(), unread);
            return false;
        }
        if (mode == LateMode.REPORT || mode == LateMode.OFF) {
            verdicts.reported(look);
            return false;
        }
        return true;
    }

    /** Whether it may be repaired. What reads the site once more comes last. */
    private Optional<FrappeFailure> check(LateLook look, List<LateLook> repairable) {
        if (verdicts.saysTheSame(look)) {
            verdicts.notNeeded(look);
            return Optional.empty();
        }
        Optional<Refusal> refusal = rules.refusal(look).or(() -> verdicts.tooManyTries(look));
        if (refusal.isPresent()) {
            verdicts.cannot(look.entry(), refusal.get());
            return Optional.empty();
        }
        return unlessHeldBack(look, () -> {
            if (mode == LateMode.DRY_RUN) {
                verdicts.wouldRepair(look, name);
            } else {
                repairable.add(look);
            }
        });
    }

    /**
     * Goes on unless more punches are coming or something rests on the day, which is written down. A site that is away is
     * asked once; one that fails at one employee's day is asked about the others.
     */
    private Optional<FrappeFailure> unlessHeldBack(LateLook look, Runnable next) {
        if (store.moreComing(look.entry().id())) {
            verdicts.waits(look, MORE_COMES_WITHIN);
            return Optional.empty();
        }
        if (away != null) {
            verdicts.notLookedUp(look.entry(), away, false);
            return Optional.empty();
        }
        return site.restingOn(look.entry().employee(), look.entry().day())
                .fold(
                        resting -> {
                            if (resting.isEmpty()) {
                                next.run();
                            } else {
                                verdicts.cannot(look.entry(), Refusal.resting(resting));
                            }
                            return Optional.empty();
                        },
                        failure -> {
                            if (failure.kind() == Kind.SET_UP) {
                                verdicts.cannot(look.entry(), Refusal.mayNotSee());
                                return Optional.empty();
                            }
                            verdicts.notLookedUp(look.entry(), failure, true);
                            away = failure.concernsWholeSite() ? failure : null;
                            return Optional.of(failure);
                        });
    }

    /**
     * A run that may not go through is noticed while the attendance still stands. It passes the late check-ins over,
     * unless that was done before, so the site is read again.
     */
    private Optional<FrappeFailure> cancelAfterRehearsal(List<LateLook> repairable, List<LateLook> cancelled) {
        List<LateEntry> entries = repairable.stream().map(LateLook::entry).toList();
        Optional<FrappeFailure> refused = steps.rehearse(name, entries);
        if (refused.isPresent()) {
            if (passes(refused.get())) {
                entries.forEach(entry -> verdicts.postponed(entry, refused.get()));
            } else {
                entries.forEach(entry -> verdicts.cannot(entry, Refusal.mayNotRun(refused.get())));
            }
            return refused;
        }
        LateLooks.Looked looked = looks.of(entries);
        looked.unseen().forEach(verdicts::postponed);
        Optional<FrappeFailure> failure = looked.failure();
        for (LateLook look : looked.looks()) {
            if (!look.open().isEmpty() && rules.refusal(look).isEmpty()) {
                // The run and the entries before this one took their time.
                Optional<FrappeFailure> ofOne = unlessHeldBack(look, () -> cancel(look, cancelled));
                failure = failure.or(() -> ofOne);
            }
        }
        return failure;
    }

    /**
     * The late check-ins are to be counted before the attendance is cancelled: once it is, any run makes it anew with
     * them, HRMS' own too, even if we die here.
     */
    private void cancel(LateLook look, List<LateLook> cancelled) {
        Attendance standing = Objects.requireNonNull(look.standing(), "the rules refuse where none stands");
        Instant now = clock.instant();
        LateEntry before = look.entry();
        // What the rehearsals took doesn't count as tries of the repair.
        LateEntry unchanged = before.withAttempts(0);
        LateEntry entry = (before.state() == State.REPAIRING ? before : unchanged).to(State.REPAIRING, null, now, now);
        FrappeFailure uncounted = steps.countAgain(entry, look.open()).orElse(null);
        FrappeFailure failure = uncounted != null
                ? uncounted
                : steps.cancel(entry, standing.name()).orElse(null);
        if (failure == null) {
            cancelled.add(new LateLook(
                    entry, look.punches(), shiftType, null, List.of(), look.present(), 0, look.wouldSay()));
        } else if (passes(failure)) {
            verdicts.cancelsLater(entry, failure);
        } else if (failure.status() == GONE) {
            verdicts.cannot(unchanged, Refusal.goneMeanwhile());
        } else if (uncounted != null) {
            verdicts.cannot(unchanged, Refusal.mayNotCount(failure));
        } else {
            verdicts.mayNotCancel(unchanged, failure);
        }
    }

    /** Whether it may have been done, or will go later by itself. */
    private static boolean passes(FrappeFailure failure) {
        return switch (failure.kind()) {
            case RETRY_LATER, UNCERTAIN, CHANGED_MEANWHILE -> true;
            case REFUSED, ALREADY_THERE, SET_UP -> false;
        };
    }

    /**
     * Nobody has an attendance here, so whatever fails, the run is asked for.
     *
     * @param unseen which may be so too, while their days can't be read
     */
    private Optional<FrappeFailure> finish(List<LateLook> cancelled, List<LateEntry> unseen) {
        Optional<FrappeFailure> failure = Optional.empty();
        for (LateLook look : cancelled) {
            Optional<FrappeFailure> ofOne = steps.countAgain(look.entry(), look.open());
            failure = failure.or(() -> ofOne);
        }
        List<LateEntry> entries = Stream.concat(cancelled.stream().map(LateLook::entry), unseen.stream())
                .toList();
        Optional<FrappeFailure> ofRun = steps.process(name, entries);
        LateLooks.Looked looked = looks.of(entries);
        looked.unseen().forEach((entry, failed) -> verdicts.unfinished(entry, false, failed));
        FrappeFailure why = ofRun.or(firstOf(failure)).orElse(null);
        for (LateLook look : looked.looks()) {
            if (look.open().isEmpty() && look.standing() != null) {
                verdicts.over(look);
            } else {
                verdicts.unfinished(look.entry(), look.standing() != null, why);
            }
        }
        return looked.failure().or(() -> Optional.ofNullable(why));
    }
}
