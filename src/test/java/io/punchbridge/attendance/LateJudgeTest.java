package io.punchbridge.attendance;

import static io.punchbridge.attendance.PretendHrms.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.punch.LogType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which punches came after their attendance was made. */
class LateJudgeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private LateBench bench;

    @BeforeEach
    void open() {
        bench = new LateBench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void quiet() {
        bench.clock.forward(LateJudge.QUIET.plusSeconds(1));
    }

    private void assertInTime() {
        assertThat(bench.entries()).isEmpty();
        assertThat(bench.latePunches().candidateCount()).isZero();
    }

    @Test
    void punches_after_their_attendance_make_one_entry_an_employee_and_day() {
        // Given
        bench.recordedDay();
        bench.recordedLatePunches();
        quiet();

        // When
        bench.judge();

        // Then
        assertThat(bench.entries())
                .extracting(LateEntry::employee)
                .containsExactlyInAnyOrder("HR-EMP-00102", "HR-EMP-00103", "HR-EMP-00104");
        LateEntry entry = bench.entry("104");
        assertThat(entry.state()).isEqualTo(State.FOUND);
        assertThat(entry.day()).isEqualTo(DAY);
        assertThat(entry.shift()).isEqualTo("Day Shift");
        assertThat(entry.attendance())
                .isEqualTo(bench.hrms.standing("HR-EMP-00104").name());
        assertThat(entry.says()).isEqualTo(new Said("Half Day", 3.05, DAY.atTime(8, 57), DAY.atTime(12, 0)));
        assertThat(bench.latePunches().punchesOf(List.of(entry.id())).get(entry.id()))
                .hasSize(2);
    }

    @Test
    void a_page_costs_two_questions() {
        // Given
        bench.recordedDay();
        bench.recordedLatePunches();
        quiet();

        // When
        bench.judge();

        // Then
        assertThat(bench.hrms.calls).containsExactly("checkins", "attendances");
    }

    @Test
    void a_check_in_that_its_attendance_has_is_in_time() {
        // Given
        bench.late("101", "08:58", LogType.IN);
        bench.hrms.type(DAY.atTime(19, 30));
        bench.hrms.hourly();
        quiet();

        // When
        bench.judge();

        // Then
        assertInTime();
    }

    @Test
    void without_an_attendance_of_the_day_it_is_in_time() {
        // Given
        bench.late("101", "08:58", LogType.IN);
        quiet();

        // When
        bench.judge();

        // Then
        assertInTime();
    }

    @Test
    void passed_over_by_a_run_whose_attendance_is_gone_it_is_late() {
        // Given
        bench.recordedDay();
        bench.late("102", "18:01", LogType.OUT);
        bench.hrms.hourly();
        bench.hrms.cancelAttendance(bench.hrms.standing("HR-EMP-00102").name());
        quiet();

        // When
        bench.judge();

        // Then
        assertThat(bench.entry("102").attendance()).isNull();
    }

    @Test
    void a_check_in_that_is_gone_or_outside_every_shift_is_in_time() {
        // Given
        bench.recordedDay();
        bench.hrms.checkins.remove(bench.late("102", "18:01", LogType.OUT));
        String outside = bench.late("104", "18:01", LogType.OUT);
        bench.hrms.checkins.computeIfPresent(
                outside,
                (name, as) -> new ShiftCheckin(
                        name, as.employee(), as.time(), as.logType(), null, null, null, null, null, null, false));
        quiet();

        // When
        bench.judge();

        // Then
        assertInTime();
    }

    @Test
    void nothing_is_judged_while_a_run_may_be_under_way() {
        // Given
        bench.recordedDay();
        bench.recordedLatePunches();
        bench.clock.forward(LateJudge.QUIET.minusSeconds(1));

        // When
        bench.judge();

        // Then
        assertThat(bench.entries()).isEmpty();
        assertThat(bench.latePunches().candidateCount()).isEqualTo(5);
    }

    @Test
    void a_site_that_fails_is_asked_again() {
        // Given
        bench.recordedDay();
        bench.recordedLatePunches();
        quiet();
        FrappeFailure away = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);
        bench.hrms.failures.put("attendances", away);
        Optional<FrappeFailure> failure = bench.judge();
        bench.hrms.failures.clear();

        // When
        bench.judge();

        // Then
        assertThat(failure).contains(away);
        assertThat(bench.entries()).hasSize(3);
    }

    @Test
    void old_days_and_new_ones_are_asked_for_apart() {
        // Given
        bench.recordedDay();
        bench.recordedLatePunches();
        String old = bench.late("101", "12:00", LogType.OUT);
        bench.hrms.checkins.put(
                old, PretendHrms.checkin(old, "HR-EMP-00101", DAY.minusDays(400).atTime(12, 0), LogType.OUT));
        quiet();

        // When
        bench.judge();

        // Then
        assertThat(bench.hrms.spans).containsExactly(0L, 0L);
        assertThat(bench.entries()).hasSize(3);
    }

    @Test
    void one_that_frappe_cannot_answer_for_keeps_nobody_waiting_and_is_tried_again_later() {
        // Given
        bench.recordedDay();
        bench.late("102", "18:01", LogType.OUT);
        bench.late("104", "18:00", LogType.OUT);
        bench.hrms.poison = "HR-EMP-00102";
        quiet();
        bench.judge();
        List<LateEntry> first = bench.entries();
        bench.hrms.poison = "";
        bench.clock.forward(Duration.ofHours(1).plusSeconds(1));

        // When
        bench.judge();

        // Then
        assertThat(first).extracting(LateEntry::employee).containsExactly("HR-EMP-00104");
        assertThat(bench.entries()).hasSize(2);
    }

    @Test
    void one_more_late_punch_joins_the_entry_and_has_it_looked_at_anew() {
        // Given
        bench.mode = AttendanceSettings.LateMode.REPORT;
        bench.recordedDay();
        bench.late("104", "13:00", LogType.IN);
        bench.round();
        bench.late("104", "18:00", LogType.OUT);
        bench.clock.forward(Duration.ofMinutes(16));

        // When
        bench.judge();

        // Then
        LateEntry entry = bench.entry("104");
        assertThat(bench.latePunches().due(bench.clock.instant(), 10))
                .extracting(LateEntry::id)
                .containsExactly(entry.id());
        assertThat(bench.latePunches().punchesOf(List.of(entry.id())).get(entry.id()))
                .hasSize(2);
    }
}
