package io.punchbridge.attendance;

import static io.punchbridge.attendance.PretendHrms.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.punch.LogType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded repair, what keeps an attendance from it, and what becomes of one that is cut off. */
class LateRepairTest {
    private static final FrappeFailure AWAY = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);
    private static final FrappeFailure LOST = new FrappeFailure(Kind.UNCERTAIN, 0, null, "no answer", null, null);
    private static final FrappeFailure FORBIDDEN =
            new FrappeFailure(Kind.SET_UP, 403, "PermissionError", "Jane may not", null, null);

    private static final FrappeFailure BROKEN =
            new FrappeFailure(Kind.RETRY_LATER, 500, "OperationalError", "a broken row", null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private LateBench bench;

    @BeforeEach
    void openOnTheRecordedDay() {
        bench = new LateBench(directory);
        bench.recordedDay();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Said standing(String user) {
        return SiteDay.said(bench.hrms.standing(LateBench.employee(user)));
    }

    private void assertRepairedAsRecorded() {
        assertThat(standing("102")).isEqualTo(new Said("Present", 9.03, DAY.atTime(8, 59), DAY.atTime(18, 1)));
        assertThat(standing("103")).isEqualTo(new Said("Present", 9.2, DAY.atTime(8, 50), DAY.atTime(18, 2)));
        assertThat(standing("104")).isEqualTo(new Said("Present", 9.05, DAY.atTime(8, 57), DAY.atTime(18, 0)));
        assertThat(standing("101")).isEqualTo(new Said("Present", 9.08, DAY.atTime(8, 58), DAY.atTime(18, 3)));
        for (String user : new String[] {"102", "103", "104"}) {
            LateEntry entry = bench.entry(user);
            assertThat(entry.state()).isEqualTo(State.REPAIRED);
            assertThat(entry.remade())
                    .isEqualTo(bench.hrms.standing(LateBench.employee(user)).name());
            assertThat(entry.reason()).isNull();
        }
    }

    @Test
    void the_recorded_repair_makes_all_three_present() {
        // Given
        bench.recordedLatePunches();

        // When
        bench.round();

        // Then
        assertRepairedAsRecorded();
        assertThat(bench.hrms.changes().stream().filter("process"::equals)).hasSize(2);
        assertThat(bench.steps("104"))
                .extracting(LateStep::kind)
                .containsExactly(
                        LateStep.Kind.REHEARSE,
                        LateStep.Kind.COUNT_AGAIN,
                        LateStep.Kind.COUNT_AGAIN,
                        LateStep.Kind.CANCEL,
                        LateStep.Kind.PROCESS);
        assertThat(bench.steps("104"))
                .allSatisfy(step -> assertThat(step.doneAt()).isNotNull());
    }

    @Test
    void check_ins_that_a_run_has_passed_over_before_are_counted_again() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.hourly();

        // When
        bench.round();

        // Then
        assertRepairedAsRecorded();
    }

    @Test
    void cancelling_alone_would_make_it_absent_again() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.hourly();
        bench.hrms.cancelAttendance(bench.hrms.standing("HR-EMP-00103").name());

        // When
        bench.hrms.hourly();

        // Then
        assertThat(standing("103")).isEqualTo(new Said("Absent", 0, null, null));
    }

    @Test
    void a_report_says_what_it_would_say_and_changes_nothing() {
        // Given
        bench.mode = LateMode.REPORT;
        bench.recordedLatePunches();

        // When
        bench.round();

        // Then
        LateEntry entry = bench.entry("104");
        assertThat(entry.state()).isEqualTo(State.FOUND);
        assertThat(entry.wouldSay()).isEqualTo(new Said("Present", 9.05, DAY.atTime(8, 57), DAY.atTime(18, 0)));
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void a_dry_run_lists_the_steps_and_changes_nothing() {
        // Given
        bench.mode = LateMode.DRY_RUN;
        String in = bench.late("104", "13:00", LogType.IN);
        String out = bench.late("104", "18:00", LogType.OUT);

        // When
        bench.round();

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.WOULD_REPAIR);
        String attendance = bench.hrms.standing("HR-EMP-00104").name();
        assertThat(bench.steps("104"))
                .extracting(LateStep::kind, LateStep::subject)
                .containsExactly(
                        Tuple.tuple(LateStep.Kind.REHEARSE, "Day Shift"),
                        Tuple.tuple(LateStep.Kind.COUNT_AGAIN, in),
                        Tuple.tuple(LateStep.Kind.COUNT_AGAIN, out),
                        Tuple.tuple(LateStep.Kind.CANCEL, attendance),
                        Tuple.tuple(LateStep.Kind.PROCESS, "Day Shift"));
        assertThat(bench.steps("104"))
                .allSatisfy(step -> assertThat(step.begunAt()).isNull());
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void what_a_dry_run_found_is_repaired_once_repairs_are_on() {
        // Given
        bench.mode = LateMode.DRY_RUN;
        bench.recordedLatePunches();
        bench.round();
        bench.mode = LateMode.REPAIR;
        bench.latePunches().wake(bench.clock.instant());

        // When
        bench.repair();

        // Then
        assertRepairedAsRecorded();
        assertThat(bench.steps("102"))
                .allSatisfy(step -> assertThat(step.begunAt()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "attendances"})
    void a_rehearsal_that_does_not_go_through_puts_every_entry_off_with_the_reason(String call) {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.meanwhile.put("process", () -> bench.hrms.failures.put(call, LOST));
        bench.repair();
        bench.hrms.failures.clear();
        bench.clock.forward(Duration.ofMinutes(1));
        bench.repair();
        bench.hrms.failures.clear();
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        bench.repair();

        // Then
        assertThat(bench.hrms.changes()).containsExactly("process", "process");
        assertThat(bench.entries()).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.attempts()).isEqualTo(2);
            assertThat(entry.reason()).contains("the attendance stands");
            assertThat(entry.notBefore()).isEqualTo(bench.clock.instant().plus(Duration.ofMinutes(1)));
        });
        assertThat(bench.steps("104")).extracting(LateStep::kind).containsExactly(LateStep.Kind.REHEARSE);
    }

    @Test
    void entries_of_a_shift_type_that_can_not_be_read_are_put_off_each_time_longer() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.mode = LateMode.REPORT;
        bench.repair();
        Said wouldSay = bench.entry("104").wouldSay();
        bench.mode = LateMode.REPAIR;
        bench.latePunches().wake(bench.clock.instant());
        bench.hrms.unread.put(PretendHrms.DAY_SHIFT, FORBIDDEN);
        bench.repair();
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        bench.repair();

        // Then
        assertThat(bench.hrms.changes()).isEmpty();
        assertThat(bench.entries()).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.reason()).contains("Shift Type can't be read").doesNotContain("Jane");
            assertThat(entry.notBefore()).isEqualTo(bench.clock.instant().plus(Duration.ofMinutes(2)));
        });
        assertThat(bench.entry("104").wouldSay()).isEqualTo(wouldSay);
    }

    @Test
    void a_shift_type_that_is_hidden_from_the_api_user_is_not_said_to_be_gone() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.unlisted.add(PretendHrms.DAY_SHIFT);
        bench.hrms.unread.put(PretendHrms.DAY_SHIFT, FORBIDDEN);

        // When
        bench.round();

        // Then
        assertThat(bench.entries())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.reason()).contains("Shift Type can't be read"));
    }

    @Test
    void a_shift_type_that_can_not_be_read_keeps_no_other_s_entries_back() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.unread.put("Night Shift", FORBIDDEN);

        // When
        bench.round();

        // Then
        assertRepairedAsRecorded();
    }

    @Test
    void what_was_cancelled_is_made_anew_though_its_shift_type_can_not_be_read() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.meanwhile.put("cancel", () -> bench.hrms.failures.put("process", AWAY));
        bench.round();
        bench.hrms.failures.clear();
        bench.hrms.unread.put(PretendHrms.DAY_SHIFT, FORBIDDEN);
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        bench.repair();

        // Then
        assertRepairedAsRecorded();
    }

    @Test
    void what_a_person_cancelled_before_we_did_is_left_to_them() {
        // Given
        bench.late("102", "18:01", LogType.OUT);
        bench.hrms.failures.put("countAgain", AWAY);
        bench.round();
        bench.hrms.failures.clear();
        bench.hrms.cancelAttendance(bench.hrms.standing("HR-EMP-00102").name());
        bench.hrms.calls.clear();
        bench.clock.forward(Duration.ofMinutes(2));

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("102").state()).isEqualTo(State.CANNOT);
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void what_comes_to_rest_on_a_day_during_the_rehearsal_keeps_its_attendance() {
        // Given
        bench.late("102", "18:01", LogType.OUT);
        bench.hrms.meanwhile.put("process", () -> bench.hrms.resting.add("Salary Slip S/1"));

        // When
        bench.round();

        // Then
        assertThat(bench.entry("102").state()).isEqualTo(State.CANNOT);
        assertThat(bench.hrms.changes()).containsExactly("process");
    }

    @Test
    void a_punch_that_comes_during_the_rehearsal_is_waited_for() {
        // Given
        bench.late("102", "18:01", LogType.OUT);
        bench.hrms.meanwhile.put("process", () -> bench.waiting("102", "18:02"));

        // When
        bench.round();

        // Then
        assertThat(bench.entry("102").reason()).contains("on their way");
        assertThat(bench.hrms.changes()).containsExactly("process");
    }

    @Test
    void cancelled_by_us_a_day_is_made_anew_even_if_its_late_check_ins_are_gone() {
        // Given
        String late = bench.late("102", "18:01", LogType.OUT);
        bench.hrms.lostAnswers.put("cancel", LOST);
        bench.round();
        bench.hrms.lostAnswers.clear();
        bench.hrms.checkins.remove(late);
        bench.clock.forward(Duration.ofMinutes(2));

        // When
        bench.repair();

        // Then
        assertThat(standing("102").status()).isEqualTo("Absent");
        assertThat(bench.hrms.changes()).endsWith("process");
    }

    @Test
    void a_check_in_that_was_deleted_meanwhile_is_told_as_gone() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.failures.put(
                "countAgain", new FrappeFailure(Kind.REFUSED, 404, "DoesNotExistError", "gone", null, null));

        // When
        bench.round();

        // Then
        assertThat(bench.entry("102").reason()).contains("deleted").doesNotContain("permission");
    }

    @Test
    void a_day_too_old_for_a_repair_that_was_mended_by_hand_is_noticed() {
        // Given
        bench.repairWithin = Duration.ofHours(1);
        bench.late("102", "18:01", LogType.OUT);
        bench.round();
        bench.hrms.cancelAttendance(bench.hrms.standing("HR-EMP-00102").name());
        bench.hrms.hourly();
        bench.clock.forward(Duration.ofDays(1));

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("102").state()).isEqualTo(State.REPAIRED);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("isn't that of HRMS", "104", bench -> touch(bench, "hr@example.com", null, null, null)),
                refusal("has a leave type", "104", bench -> touch(bench, null, "Casual Leave", null, null)),
                refusal("has an attendance request", "104", bench -> touch(bench, null, null, "HR-ARQ-1", null)),
                refusal("is amended", "104", bench -> touch(bench, null, null, null, "HR-ATT-0")),
                refusal("was changed to another status", "104", bench -> status(bench, "On Leave")),
                refusal("is of another shift", "104", LateRepairTest::otherShift),
                refusal("has no check-ins and is no bare absence", "103", bench -> inTimeWithoutCheckins(bench)),
                refusal("rests under a salary slip", "104", bench -> bench.hrms.resting.add("Salary Slip S/1")),
                refusal(
                        "rests on what we may not see",
                        "104",
                        bench -> bench.hrms.failures.put("restingOn", FORBIDDEN)),
                refusal("is older than repairs go", "104", bench -> bench.repairWithin = Duration.ofHours(1)),
                refusal("auto attendance no longer covers", "104", bench -> bench.hrms.type(DAY.atTime(19, 0))),
                refusal("has no shift type any more", "104", bench -> bench.hrms.types.clear()),
                refusal("is of an inactive employee", "104", bench -> bench.status = "Inactive"),
                refusal("can't be run anew", "104", bench -> bench.hrms.failures.put("process", FORBIDDEN)),
                refusal(
                        "can't have its check-ins counted",
                        "104",
                        bench -> bench.hrms.failures.put("countAgain", FORBIDDEN)),
                refusal("may not be cancelled", "104", bench -> bench.hrms.failures.put("cancel", FORBIDDEN)));
    }

    private static Arguments refusal(String name, String user, Consumer<LateBench> given) {
        return Arguments.of(Named.of("an attendance that " + name, given), user);
    }

    private static void touch(
            LateBench bench,
            @Nullable String modifiedBy,
            @Nullable String leaveType,
            @Nullable String request,
            @Nullable String amendedFrom) {
        bench.hrms.change(
                bench.hrms.standing("HR-EMP-00104").name(),
                as -> new Attendance(
                        as.name(),
                        as.employee(),
                        as.date(),
                        as.shift(),
                        as.status(),
                        as.workingHours(),
                        as.inTime(),
                        as.outTime(),
                        as.docStatus(),
                        as.owner(),
                        modifiedBy == null ? as.modifiedBy() : modifiedBy,
                        leaveType,
                        null,
                        request,
                        amendedFrom));
    }

    private static void said(LateBench bench, String user, Said says, String shift) {
        Attendance as = bench.hrms.standing(LateBench.employee(user));
        bench.hrms.attendances.put(
                as.name(),
                new Attendance(
                        as.name(),
                        as.employee(),
                        as.date(),
                        shift,
                        says.status(),
                        says.hours(),
                        says.inTime(),
                        says.outTime(),
                        as.docStatus(),
                        as.owner(),
                        as.modifiedBy(),
                        null,
                        null,
                        null,
                        null));
    }

    private static void status(LateBench bench, String status) {
        said(bench, "104", new Said(status, 3.05, null, null), "Day Shift");
    }

    private static void otherShift(LateBench bench) {
        bench.hrms.hourly();
        said(bench, "104", new Said("Half Day", 3.05, null, null), "Night Shift");
    }

    private static void inTimeWithoutCheckins(LateBench bench) {
        said(bench, "103", new Said("Absent", 0, DAY.atTime(8, 0), null), "Day Shift");
    }

    @ParameterizedTest(name = "{0} stays")
    @MethodSource("refusals")
    void what_may_not_be_repaired_stays_with_the_reason(Consumer<LateBench> given, String user) {
        // Given
        bench.recordedLatePunches();
        given.accept(bench);
        String before = bench.hrms.standing(LateBench.employee(user)).name();

        // When
        bench.round();

        // Then
        assertThat(bench.entry(user).state()).isEqualTo(State.CANNOT);
        assertThat(bench.entry(user).reason()).isNotBlank().doesNotContain("Jane");
        assertThat(bench.hrms.standing(LateBench.employee(user)).name()).isEqualTo(before);
    }

    @Test
    void a_day_that_was_passed_over_and_has_no_attendance_is_left_to_a_person() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.hourly();
        bench.hrms.cancelAttendance(bench.hrms.standing("HR-EMP-00102").name());
        bench.hrms.calls.clear();

        // When
        bench.round();

        // Then
        assertThat(bench.entry("102").state()).isEqualTo(State.CANNOT);
        assertThat(bench.hrms.changes()).doesNotContain("cancel HR-ATT-00002");
    }

    @Test
    void an_attendance_that_would_say_the_same_needs_nothing() {
        // Given
        bench.late("101", "12:00", LogType.OUT);

        // When
        bench.round();

        // Then
        assertThat(bench.entry("101").state()).isEqualTo(State.NOT_NEEDED);
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void an_attendance_that_would_say_less_is_left() {
        // Given
        bench.hrms.types.put("Day Shift", PretendHrms.dayShift(DAY.plusDays(1).atTime(19, 30), false, true, 4, 2));
        bench.late("101", "12:00", LogType.OUT);

        // When
        bench.round();

        // Then
        assertThat(bench.entry("101").state()).isEqualTo(State.CANNOT);
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void a_repair_waits_for_punches_that_are_on_their_way() {
        // Given
        bench.late("104", "13:00", LogType.IN);
        bench.waiting("104", "18:00");

        // When
        bench.round();

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.FOUND);
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void a_repair_waits_for_punches_that_are_not_judged_yet() {
        // Given
        bench.late("104", "13:00", LogType.IN);
        bench.clock.forward(LateJudge.QUIET.plusSeconds(1));
        bench.late("104", "18:00", LogType.OUT);
        bench.judge();

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.FOUND);
        assertThat(bench.hrms.changes()).isEmpty();
    }

    @Test
    void what_a_person_mends_is_repaired_later_by_itself() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.resting.add("Salary Slip S/1");
        bench.round();
        bench.hrms.resting.clear();
        bench.clock.forward(Duration.ofHours(6));

        // When
        bench.repair();

        // Then
        assertRepairedAsRecorded();
    }

    @Test
    void a_run_that_comes_between_is_cancelled_once_more() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.meanwhile.put("cancel", bench.hrms::hourly);
        bench.round();
        State between = bench.entry("104").state();
        bench.hrms.meanwhile.clear();
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertThat(between).isEqualTo(State.REPAIRING);
        assertRepairedAsRecorded();
    }

    @Test
    void an_attendance_that_a_person_made_meanwhile_is_left() {
        // Given
        String late = bench.late("104", "18:00", LogType.OUT);
        bench.hrms.meanwhile.put("process", () -> bench.hrms.passOver(late));
        bench.round();
        bench.hrms.meanwhile.clear();
        touch(bench, "hr@example.com", null, null, null);
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.CANNOT);
        assertThat(bench.hrms.standing("HR-EMP-00104").modifiedBy()).isEqualTo("hr@example.com");
    }

    @Test
    void a_cancelled_attendance_is_asked_for_until_it_stands_and_said_loudly() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.holidays.add(DAY);
        for (int tries = 0; tries < LateVerdicts.MANY_TRIES; tries++) {
            bench.repair();
            bench.clock.forward(Duration.ofMinutes(16));
        }
        long stuck = bench.latePunches().countTried(LateVerdicts.MANY_TRIES);
        bench.hrms.holidays.clear();

        // When
        bench.repair();

        // Then
        assertThat(stuck).isEqualTo(3);
        assertRepairedAsRecorded();
    }

    @ParameterizedTest(name = "what rests on the day: {0}")
    @ValueSource(booleans = {false, true})
    void a_repair_that_only_can_not_be_looked_at_is_not_called_stuck(boolean whatRests) {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.failures.put("cancel", AWAY);
        bench.repair();
        bench.hrms.failures.clear();
        if (whatRests) {
            bench.hrms.failures.put("restingOn", AWAY);
        } else {
            bench.hrms.unread.put(PretendHrms.DAY_SHIFT, FORBIDDEN);
        }

        // When
        for (int tries = 0; tries <= LateVerdicts.MANY_TRIES; tries++) {
            bench.clock.forward(Duration.ofMinutes(16));
            bench.repair();
        }

        // Then
        assertThat(bench.entries()).extracting(LateEntry::state).contains(State.REPAIRING);
        assertThat(bench.latePunches().countTried(LateVerdicts.MANY_TRIES)).isZero();
    }

    @Test
    void a_cancel_that_fails_each_time_is_tried_each_time_later_and_called_stuck() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.failures.put("cancel", BROKEN);

        // When
        for (int minute = 0; minute <= 60; minute++) {
            bench.repair();
            bench.clock.forward(Duration.ofMinutes(1));
        }

        // Then
        assertThat(bench.hrms.changes().stream().filter("process"::equals)).hasSize(8);
        assertThat(bench.latePunches().countTried(LateVerdicts.MANY_TRIES)).isEqualTo(3);
        assertThat(bench.entries()).extracting(LateEntry::state).containsOnly(State.REPAIRING);
    }

    @Test
    void a_cancel_that_is_refused_is_asked_for_again_seldom_and_keeps_the_date_of_its_verdict() {
        // Given
        bench.late("104", "18:00", LogType.OUT);
        bench.hrms.failures.put(
                "cancel", new FrappeFailure(Kind.REFUSED, 417, "LinkExistsError", "linked", null, null));
        bench.round();
        Instant first = bench.clock.instant();
        bench.clock.forward(Duration.ofHours(6).minusSeconds(1));
        bench.repair();
        bench.clock.forward(Duration.ofSeconds(1));

        // When
        bench.repair();

        // Then
        assertThat(bench.hrms.changes().stream().filter("process"::equals)).hasSize(2);
        assertThat(bench.entry("104").state()).isEqualTo(State.CANNOT);
        assertThat(bench.entry("104").changedAt()).isEqualTo(first);
        assertThat(bench.entry("104").notBefore())
                .isEqualTo(bench.clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void what_was_begun_is_ended_even_when_late_punches_are_off() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.holidays.add(DAY);
        bench.repair();
        bench.hrms.holidays.clear();
        bench.mode = LateMode.OFF;
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertRepairedAsRecorded();
    }

    @Test
    void a_fight_with_another_program_ends() {
        // Given
        String late = bench.late("104", "18:00", LogType.OUT);
        bench.hrms.meanwhile.put("process", () -> bench.hrms.passOver(late));
        bench.round();

        // When
        for (int tries = 0; tries < 20; tries++) {
            bench.clock.forward(Duration.ofMinutes(16));
            bench.repair();
        }

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.CANNOT);
        assertThat(bench.entry("104").notBefore()).isAfter(bench.clock.instant().plus(Duration.ofHours(6)));
        assertThat(bench.hrms.changes().stream().filter(call -> call.startsWith("cancel")))
                .hasSize(LateVerdicts.MANY_TRIES);
        assertThat(standing("104").status()).isEqualTo("Half Day");
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "countAgain", "cancel"})
    void a_lost_answer_is_looked_after(String call) {
        // Given
        bench.recordedLatePunches();
        bench.hrms.lostAnswers.put(call, LOST);
        bench.round();
        bench.hrms.lostAnswers.clear();
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertRepairedAsRecorded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "countAgain", "cancel", "restingOn", "attendances", "checkinsOf", "shiftTypes"})
    void a_site_that_is_away_is_asked_again_and_nothing_is_cancelled_meanwhile(String call) {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.failures.put(call, AWAY);
        bench.repair();
        Said meanwhile = standing("104");
        bench.hrms.failures.clear();
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertThat(meanwhile.status()).isEqualTo("Half Day");
        assertRepairedAsRecorded();
    }

    @Test
    void a_site_that_is_away_is_not_asked_for_each_entry_what_rests_on_it_and_all_are_put_off() {
        // Given
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.failures.put("restingOn", AWAY);

        // When
        bench.repair();

        // Then
        Instant now = bench.clock.instant();
        assertThat(bench.hrms.calls.stream().filter("restingOn"::equals)).hasSize(1);
        assertThat(bench.entries()).allSatisfy(entry -> {
            assertThat(entry.attempts()).isEqualTo(1);
            assertThat(entry.reason()).contains("couldn't be looked up", "HTTP 503");
        });
        // The one that was asked about comes after the others, lest it keep them waiting for ever.
        assertThat(bench.entries())
                .extracting(LateEntry::notBefore)
                .containsExactlyInAnyOrder(
                        now.plus(Duration.ofMinutes(1)),
                        now.plus(Duration.ofMinutes(1)),
                        now.plus(Duration.ofMinutes(2)));
    }

    @Test
    void a_look_up_that_fails_at_one_employee_keeps_no_other_back_and_is_made_each_time_later() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.restingFailures.put("HR-EMP-00104", BROKEN);
        bench.round();
        bench.clock.forward(Duration.ofMinutes(2));

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("102").state()).isEqualTo(State.REPAIRED);
        assertThat(bench.entry("103").state()).isEqualTo(State.REPAIRED);
        assertThat(bench.entry("104").attempts()).isEqualTo(2);
        assertThat(bench.entry("104").notBefore())
                .isEqualTo(bench.clock.instant().plus(Duration.ofMinutes(3)));
        assertThat(standing("104").status()).isEqualTo("Half Day");
    }

    @Test
    void a_day_that_can_not_be_read_keeps_no_other_back() {
        // Given
        bench.recordedLatePunches();
        bench.found("101", DAY.minusDays(1));
        bench.hrms.dayFailures.put(DAY.minusDays(1), BROKEN);

        // When
        bench.round();

        // Then
        assertRepairedAsRecorded();
        assertThat(bench.entry("101").state()).isEqualTo(State.FOUND);
        assertThat(bench.entry("101").notBefore()).isAfter(bench.clock.instant());
    }

    @Test
    void what_was_cancelled_is_made_anew_though_its_day_can_not_be_read() {
        // Given
        bench.recordedLatePunches();
        bench.hrms.meanwhile.put("cancel", () -> bench.hrms.failures.put("process", AWAY));
        bench.round();
        bench.hrms.failures.clear();
        bench.hrms.dayFailures.put(DAY, BROKEN);
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        bench.repair();

        // Then
        assertThat(standing("104").status()).isEqualTo("Present");
        assertThat(bench.entry("104").state()).isEqualTo(State.REPAIRING);
    }

    @Test
    void another_outcome_than_expected_is_said() {
        // Given
        String late = bench.late("104", "18:00", LogType.OUT);
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.holidays.add(DAY);
        bench.repair();
        bench.hrms.holidays.clear();
        bench.inTime("104", "08:30", LogType.IN);
        bench.hrms.hourly();
        bench.hrms.checkins.computeIfPresent(
                late,
                (name, as) -> new ShiftCheckin(
                        name,
                        as.employee(),
                        as.time(),
                        as.logType(),
                        as.deviceId(),
                        as.shift(),
                        as.shiftStart(),
                        as.actualStart(),
                        as.actualEnd(),
                        bench.hrms.standing("HR-EMP-00104").name(),
                        false));
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.repair();

        // Then
        assertThat(bench.entry("104").state()).isEqualTo(State.REPAIRED);
        assertThat(bench.entry("104").reason()).contains("was expected");
    }

    /** The calls of a round that goes through, judged before. */
    private int callsOfARound() throws Exception {
        try (LateBench counted = new LateBench(directory.resolve("counted"))) {
            counted.recordedDay();
            counted.recordedLatePunches();
            counted.clock.forward(Duration.ofMinutes(16));
            counted.judge();
            counted.hrms.calls.clear();
            counted.repair();
            return counted.hrms.calls.size();
        }
    }

    @ParameterizedTest(name = "and an hourly run of HRMS meanwhile: {0}")
    @ValueSource(booleans = {false, true})
    void a_repair_that_dies_at_any_call_is_ended_by_the_next_process(boolean hourlyRun) throws Exception {
        // Given
        int calls = callsOfARound();

        // When
        for (int at = 1; at <= calls; at++) {
            for (boolean before : new boolean[] {true, false}) {
                dieAndGoOn(at, before, hourlyRun);
            }
        }

        // Then
        assertThat(calls).isGreaterThan(12);
    }

    private void dieAndGoOn(int at, boolean before, boolean hourlyRun) {
        bench.close();
        bench = new LateBench(directory.resolve("died-" + at + before));
        bench.recordedDay();
        bench.recordedLatePunches();
        bench.clock.forward(Duration.ofMinutes(16));
        bench.judge();
        bench.hrms.calls.clear();
        bench.hrms.diesAtCall = at;
        bench.hrms.diesBefore = before;
        assertThatThrownBy(bench::repair).isInstanceOf(PretendHrms.Died.class);
        bench.hrms.diesAtCall = Integer.MAX_VALUE;
        if (hourlyRun) {
            bench.hrms.hourly();
        }
        bench.restart();
        for (int rounds = 0; rounds < 3; rounds++) {
            bench.clock.forward(Duration.ofMinutes(1));
            bench.repair();
        }
        assertRepairedAsRecorded();
    }
}
