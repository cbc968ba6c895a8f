package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the recorded story doesn't tell; told by HRMS' own source. */
class AutoAttendanceTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 2, 2);
    private static final String JANE = "HR-EMP-00001";
    private static final String DAY_SHIFT = SimulatedFrappe.DAY_SHIFT;

    /** Tuesday, 19:00:01 in Nairobi: Tuesday's window has just closed. */
    private final SimulatedFrappe site =
            SimulatedFrappe.withEmployees(Clock.fixed(Instant.parse("2026-02-03T16:00:01Z"), ZoneOffset.UTC), 1);

    private SimulatedFrappe processedTo(LocalDateTime lastSync) {
        site.changeShift(DAY_SHIFT, shift -> shift.processAfter(MONDAY).lastSync(lastSync));
        site.runScheduledHourly();
        return site;
    }

    private SimulatedCheckin punch(String clock, String logType) {
        return site.addCheckin(JANE, MONDAY.atTime(LocalTime.parse(clock)), logType, "ST1");
    }

    @Test
    void marksWhoIsLateAndWhoLeavesEarlyBeyondTheGrace() {
        // Given
        site.changeShift(DAY_SHIFT, shift -> shift.grace(10, 10));
        punch("09:10:01", "IN");
        punch("17:50", "OUT");

        // When
        processedTo(MONDAY.atTime(19, 30));

        // Then
        assertThat(site.attendances()).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo("Present");
            assertThat(row.lateEntry()).isTrue();
            assertThat(row.earlyExit()).isFalse();
            assertThat(row.stamp().owner()).isEqualTo("Administrator");
        });
    }

    @Test
    void marksNobodyOnAHoliday() {
        // Given
        site.changeShift(DAY_SHIFT, shift -> shift.holidays(Set.of(MONDAY)));
        SimulatedCheckin in = punch("09:00", "IN");

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances()).isEmpty();
        assertThat(site.checkins()).containsExactly(in);
    }

    @Test
    void leavesAloneWhatAPersonMarked() {
        // Given
        SimulatedCheckin in = punch("09:00", "IN");
        SimulatedAttendance marked = site.markAttendance(JANE, MONDAY, "Present", "hr@hr.localhost");

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances()).containsExactly(marked);
        assertThat(site.checkins()).singleElement().satisfies(row -> {
            assertThat(row.skipAutoAttendance()).isTrue();
            assertThat(row.attendance()).isNull();
        });
        assertThat(site.comments(in.name()))
                .singleElement()
                .asString()
                .contains("is already marked for the date <strong>02-02-2026</strong>", marked.name());
    }

    @Test
    void leavesAloneADraftToo() {
        // Given
        SimulatedAttendance marked = site.markAttendance(JANE, MONDAY, "Present", "hr@hr.localhost");
        site.changeAttendance(marked.name(), "hr@hr.localhost", row -> row.withDocStatus(0));

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances())
                .singleElement()
                .satisfies(row -> assertThat(row.docStatus()).isZero());
    }

    @Test
    void looksAtNothingBeforeTheFirstDay() {
        // Given
        site.addCheckin(JANE, MONDAY.minusDays(1).atTime(9, 0), "IN");

        // When
        processedTo(MONDAY.atTime(19, 30));

        // Then
        assertThat(site.attendances()).isEmpty();
    }

    @Test
    void doesNothingWhereItIsOff() {
        // Given
        punch("09:00", "IN");
        site.changeShift(DAY_SHIFT, shift -> shift.autoAttendance(false).autoUpdateLastSync(true));

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances()).isEmpty();
        assertThat(site.shift(DAY_SHIFT).lastSync())
                .isEqualTo(MONDAY.plusDays(1).atTime(19, 30));
    }

    @Test
    void calledAwayByAnApprovedLeaveIsOnLeave() {
        // Given
        String leave = site.addLeaveApplication(JANE, MONDAY, MONDAY);

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances()).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo("On Leave");
            assertThat(row.leaveApplication()).isEqualTo(leave);
        });
    }

    @Test
    void marksNobodyAbsentAfterHisLastDayOrWhileInactive() {
        // Given
        site.changeStatus(JANE, "Left", MONDAY.minusDays(1));
        site.addEmployee("HR-EMP-00002", "Emp002 Test", "2");
        site.changeStatus("HR-EMP-00002", "Inactive", null);

        // When
        processedTo(MONDAY.plusDays(1).atTime(19, 30));

        // Then
        assertThat(site.attendances()).isEmpty();
    }

    @Test
    void ofTwoShiftsThatOverlapTheFirstToBeMarkedStands() {
        // Given
        site.addShift(SimulatedShift.named("Late Shift")
                .hours(LocalTime.of(12, 0), LocalTime.of(21, 0))
                .processAfter(MONDAY)
                .lastSync(MONDAY.atTime(23, 0)));
        punch("09:00", "IN");
        site.assignShift(JANE, "Late Shift");
        SimulatedCheckin late = punch("12:30", "IN");

        // When
        processedTo(MONDAY.atTime(23, 0));

        // Then
        assertThat(site.attendances())
                .singleElement()
                .satisfies(row -> assertThat(row.shift()).isEqualTo(DAY_SHIFT));
        assertThat(site.comments(late.name())).singleElement().asString().contains("an overlapping shift", DAY_SHIFT);
    }

    @Test
    void aNightBelongsToTheDayOnWhichItsShiftStarts() {
        // Given
        site.addShift(SimulatedShift.named("Night Shift")
                .hours(LocalTime.of(22, 0), LocalTime.of(6, 0))
                .processAfter(MONDAY)
                .lastSync(MONDAY.plusDays(1).atTime(7, 0, 1)));
        site.assignShift(JANE, "Night Shift");
        punch("21:55", "IN");
        site.addCheckin(JANE, MONDAY.plusDays(1).atTime(6, 5), "OUT");

        // When
        site.runScheduledHourly();

        // Then
        assertThat(site.attendances()).singleElement().satisfies(row -> {
            assertThat(row.date()).isEqualTo(MONDAY);
            assertThat(row.status()).isEqualTo("Present");
            assertThat(row.workingHours()).isEqualTo(8.17);
        });
    }

    @Test
    void hrmsOwnPointerGoesAMinuteBehindTheLastWindowWhetherPunchesCameOrNot() {
        // Given
        site.changeShift(DAY_SHIFT, shift -> shift.autoUpdateLastSync(true).processAfter(MONDAY));
        punch("09:00", "IN");

        // When
        site.runScheduledHourly();

        // Then
        assertThat(site.shift(DAY_SHIFT).lastSync())
                .isEqualTo(MONDAY.plusDays(1).atTime(19, 1));
        assertThat(site.attendanceOf(JANE, MONDAY))
                .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo("Absent"));
    }

    @Test
    void hrmsOwnPointerNeverGoesBack() {
        // Given
        LocalDateTime ahead = MONDAY.plusDays(3).atTime(12, 0);
        site.changeShift(DAY_SHIFT, shift -> shift.autoUpdateLastSync(true).lastSync(ahead));

        // When
        site.runScheduledHourly();

        // Then
        assertThat(site.shift(DAY_SHIFT).lastSync()).isEqualTo(ahead);
    }

    @Test
    void whoIsAbsentForWantOfPunchesIsMarkedADayLaterAndOnce() {
        // Given
        processedTo(MONDAY.atTime(23, 59));
        List<SimulatedAttendance> sameDay = site.attendances();

        // When
        processedTo(MONDAY.plusDays(1).atTime(0, 0)).runScheduledHourly();

        // Then
        assertThat(sameDay).isEmpty();
        assertThat(site.attendances()).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo("Absent");
            assertThat(row.inTime()).isNull();
            assertThat(site.comments(row.name()))
                    .containsExactly("Employee was marked Absent due to missing Employee Checkins.");
        });
    }
}
