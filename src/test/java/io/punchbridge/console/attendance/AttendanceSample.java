package io.punchbridge.console.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LateNoting;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LatePunches.Finding;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Proof;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.TestSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a site looks like after some days, put into the running application's stores. */
@Singleton
class AttendanceSample {
    private static final ZoneId SITE = ZoneId.of("Africa/Nairobi");
    static final PunchKey PASSED_OVER = new PunchKey("20260130T045911Z-0123456789abcdef01234567");

    private final Watermarks watermarks;
    private final LatePunches latePunches;
    private final Inbox inbox;
    private final SimulatedFrappe frappe;
    private final Clock clock;

    AttendanceSample(Watermarks watermarks, LatePunches latePunches, Inbox inbox, SimulatedFrappe frappe, Clock clock) {
        this.watermarks = watermarks;
        this.latePunches = latePunches;
        this.inbox = inbox;
        this.frappe = frappe;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    LocalDate yesterday() {
        return LocalDate.ofInstant(now(), SITE).minusDays(1);
    }

    void clear() {
        Instant later = now().plus(Duration.ofDays(1));
        watermarks.forgetOthers(List.of("nothing"));
        watermarks.purgeMoves(later, 1000);
        latePunches.purge(later, 1000);
    }

    void shiftTypes() {
        keep(
                "Day Shift",
                Outcome.HELD_BACK,
                "The shifts of Day Shift up to " + yesterday()
                        + " are not all given to auto attendance yet. gate is proven complete only until this morning.",
                List.of(
                        new Holding(
                                "device gate",
                                "gate is proven complete only until this morning.",
                                "See why its log can't be loaded: is the device on, and on line?"),
                        new Holding(
                                "punch 20260202T050012Z-1f0c9a5ed2c34b17a9e0d3f1",
                                "Punch 20260202T050012Z-1f0c9a5ed2c34b17a9e0d3f1 was refused by Frappe.",
                                "Correct the cause in ERPNext and replay it, or dismiss it."),
                        new Holding("setting process_attendance_after", "It leaves the day out.", "Set it.")),
                List.of(PASSED_OVER),
                now().minus(Duration.ofHours(30)),
                now().minus(Duration.ofHours(9)));
        keep(
                "Night Shift",
                Outcome.MOVED,
                "\"Last Sync of Checkin\" of Shift Type Night Shift went to this morning: HRMS processes the shifts at its next"
                        + " run.",
                List.of(),
                List.of(),
                now().minus(Duration.ofHours(3)),
                now().minus(Duration.ofMinutes(50)));
    }

    void keep(
            String shiftType,
            Outcome outcome,
            String words,
            List<Holding> holders,
            List<PunchKey> passedOver,
            @Nullable Instant lastSync,
            @Nullable Instant provenUntil) {
        watermarks.keep(new Decided(
                shiftType,
                outcome,
                "",
                words,
                holders,
                passedOver,
                lastSync == null ? null : LocalDateTime.ofInstant(lastSync, SITE),
                lastSync,
                provenUntil,
                now().minusSeconds(90)));
    }

    void move(String id, String shiftType, Duration ago, MoveState state) {
        Instant at = now().minus(ago);
        watermarks.intend(new Move(
                id,
                shiftType,
                LocalDateTime.ofInstant(at.minus(Duration.ofDays(1)), SITE),
                LocalDateTime.ofInstant(at, SITE),
                at.minusSeconds(60),
                List.of(
                        new Proof(
                                "head-office",
                                new SerialNumber(TestSettings.SERIAL_NUMBER),
                                at.minus(Duration.ofDays(30)),
                                at.minusSeconds(30),
                                "run-7"),
                        new Proof(
                                "gate",
                                new SerialNumber("SN-GATE"),
                                at.minus(Duration.ofDays(30)),
                                at.minusSeconds(45),
                                null)),
                "replica-1",
                at,
                MoveState.INTENDED,
                null,
                null));
        watermarks.settle(
                id,
                state,
                state == MoveState.WRITTEN ? "Written." : "Someone changed the Shift Type meanwhile.",
                at.plusSeconds(1));
    }

    /**
     * Three days of three people: one for a person to mend, one that would be repaired, one that was.
     *
     * @return the newest of the days, which is yesterday as it was when this was called
     */
    LocalDate lateDays() {
        LocalDate yesterday = yesterday();
        LatePunch amina = latePunch("HR-EMP-09001", "Amina Otieno", "99001");
        LatePunch brian = latePunch("HR-EMP-09002", "Brian Mwangi", "99002");
        LatePunch grace = latePunch("HR-EMP-09003", "Grace Njeri", "99003");
        LateEntry cannot = late("HR-EMP-09001", yesterday, "HR-ATT-2026-00041")
                .to(
                        State.CANNOT,
                        "A salary slip of these days exists. Correct the attendance by hand: cancel it, take \"Skip Auto"
                                + " Attendance\" off the check-ins, and run auto attendance of the Shift Type.",
                        null,
                        now());
        LateEntry would = late("HR-EMP-09002", yesterday.minusDays(1), "HR-ATT-2026-00037")
                .to(State.WOULD_REPAIR, null, null, now());
        LateEntry repaired = late("HR-EMP-09003", yesterday.minusDays(2), "HR-ATT-2026-00029");
        latePunches.judge(
                List.of(),
                List.of(
                        new Finding(cannot, List.of(amina.key())),
                        new Finding(would, List.of(brian.key())),
                        new Finding(repaired, List.of(grace.key()))));
        latePunches.save(cannot);
        latePunches.plan(
                would,
                List.of(
                        new LateStep.Plan(LateStep.Kind.COUNT_AGAIN, brian.checkin()),
                        new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-2026-00037"),
                        new LateStep.Plan(LateStep.Kind.PROCESS, "Day Shift")));
        int step = latePunches.begin(
                repaired.to(State.REPAIRING, null, null, now()),
                new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-2026-00029"),
                now());
        latePunches.done(repaired.id(), step, now());
        latePunches.save(repaired.repaired("HR-ATT-2026-00044", null, now()));
        return yesterday;
    }

    /** @param daysAgo 1 for yesterday, as it is now */
    LateEntry late(String employee, int daysAgo, String attendance) {
        return late(employee, yesterday().minusDays(daysAgo - 1), attendance);
    }

    private LateEntry late(String employee, LocalDate day, String attendance) {
        Said half = new Said("Half Day", 3.05, day.atTime(8, 57), day.atTime(12, 0));
        return LateEntry.found(employee, day, "Day Shift", attendance, half, now())
                .read(attendance, half, new Said("Present", 9.05, day.atTime(8, 57), day.atTime(18, 0)));
    }

    /** Days that nobody looked at yet, the first of them yesterday. */
    void days(int number) {
        LocalDate yesterday = yesterday();
        List<Finding> findings = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            findings.add(new Finding(late("HR-EMP-00007", yesterday.minusDays(i - 1), "HR-ATT-" + i), List.of()));
        }
        latePunches.judge(List.of(), findings);
    }

    void judge(LateEntry entry, LatePunch punch) {
        latePunches.judge(List.of(), List.of(new Finding(entry, List.of(punch.key()))));
    }

    /** Comes by the door two hours late, and is delivered. */
    LatePunch latePunch(String employee, String name, String deviceId) {
        frappe.addEmployee(employee, name, deviceId);
        LateNoting.on(inbox, Duration.ofMinutes(1));
        try {
            assertThat(Callbacks.post(Callbacks.punch(
                                    TestSettings.SERIAL_NUMBER,
                                    TestSettings.TOKEN,
                                    deviceId,
                                    "CheckOut",
                                    now().minus(Duration.ofHours(2))))
                            .statusCode())
                    .isEqualTo(200);
            return await().atMost(Duration.ofSeconds(60))
                    .until(() -> candidate(employee), Optional::isPresent)
                    .orElseThrow();
        } finally {
            LateNoting.off(inbox);
        }
    }

    private Optional<LatePunch> candidate(String employee) {
        return latePunches.candidates(now().plus(Duration.ofDays(1)), 1000).stream()
                .filter(late -> late.employee().equals(employee))
                .findFirst();
    }
}
