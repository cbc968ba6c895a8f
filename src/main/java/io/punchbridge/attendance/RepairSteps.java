package io.punchbridge.attendance;

import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.LateStep.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The changes of the site that a repair is made of. Each is written before it is made, and can be made again. */
class RepairSteps {
    private final LatePunches store;
    private final AttendanceSite site;
    private final Clock clock;

    RepairSteps(LatePunches store, AttendanceSite site, Clock clock) {
        this.store = store;
        this.site = site;
        this.clock = clock;
    }

    /** Runs auto attendance once before anything is changed: may it, and does it go through? */
    Optional<FrappeFailure> rehearse(String shiftType, List<LateEntry> entries) {
        return process(Kind.REHEARSE, shiftType, entries);
    }

    /** From here on the entry is under repair. */
    Optional<FrappeFailure> cancel(LateEntry entry, String attendance) {
        return step(entry, new LateStep.Plan(Kind.CANCEL, attendance), site::cancelAttendance);
    }

    /** Of those that a run has passed over. Answers the first failure; the others are tried all the same. */
    Optional<FrappeFailure> countAgain(LateEntry entry, List<ShiftCheckin> checkins) {
        Optional<FrappeFailure> failure = Optional.empty();
        for (ShiftCheckin checkin : checkins) {
            if (checkin.skipAutoAttendance()) {
                LateStep.Plan plan = new LateStep.Plan(Kind.COUNT_AGAIN, checkin.name());
                Optional<FrappeFailure> ofOne = step(entry, plan, site::countAgain);
                failure = failure.or(() -> ofOne);
            }
        }
        return failure;
    }

    /** Once for all entries of a Shift Type. */
    Optional<FrappeFailure> process(String shiftType, List<LateEntry> entries) {
        return process(Kind.PROCESS, shiftType, entries);
    }

    private interface Call {
        FrappeAnswer<Boolean> on(String subject);
    }

    private Optional<FrappeFailure> step(LateEntry entry, LateStep.Plan plan, Call call) {
        int number = store.begin(entry, plan, clock.instant());
        Optional<FrappeFailure> failure = failure(call.on(plan.subject()));
        if (failure.isEmpty()) {
            store.done(entry.id(), number, clock.instant());
        }
        return failure;
    }

    private Optional<FrappeFailure> process(Kind kind, String shiftType, List<LateEntry> entries) {
        List<Integer> numbers = new ArrayList<>();
        for (LateEntry entry : entries) {
            numbers.add(store.begin(entry, new LateStep.Plan(kind, shiftType), clock.instant()));
        }
        Optional<FrappeFailure> failure = failure(site.processAutoAttendance(shiftType));
        for (int i = 0; failure.isEmpty() && i < numbers.size(); i++) {
            store.done(entries.get(i).id(), numbers.get(i), clock.instant());
        }
        return failure;
    }

    private static Optional<FrappeFailure> failure(FrappeAnswer<Boolean> answer) {
        return answer.fold(done -> Optional.empty(), Optional::of);
    }
}
