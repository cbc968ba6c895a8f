package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.UnaryOperator;

/** What people and devices did to the real site before each exchange of the chapter on auto attendance (25). */
final class RecordedStory {
    static final LocalDate MONDAY = LocalDate.of(2026, 2, 2);

    private static final String DAY_SHIFT = "Day Shift";

    private final SimulatedFrappe site;

    RecordedStory(SimulatedFrappe site) {
        this.site = site;
    }

    void before(String number) throws Exception {
        switch (number) {
            case "25a" -> {
                shift(shift -> shift.processAfter(MONDAY).thresholds(4, 2));
                punch(101, MONDAY, "08:58", "IN");
                punch(101, MONDAY, "18:03", "OUT");
                punch(102, MONDAY, "08:59", "IN");
                punch(104, MONDAY, "08:57", "IN");
                punch(104, MONDAY, "12:00", "OUT");
            }
            case "25f" -> {
                punch(103, MONDAY, "08:50", "IN");
                punch(103, MONDAY, "18:02", "OUT");
                punch(104, MONDAY, "13:00", "IN");
                punch(104, MONDAY, "18:00", "OUT");
            }
            case "25h" -> lastSync("2026-02-02T19:30:00");
            // No recording holds it, but only a later pointer lets the next run mark 103 Absent again, as it did.
            case "25j" -> lastSync("2026-02-03T19:30:00");
            case "25k" ->
                site.attendanceOf("HR-EMP-00104", MONDAY)
                        .ifPresent(attendance -> site.cancelAttendance(attendance.name(), "Administrator"));
            case "25m" -> {
                LocalDate day = LocalDate.of(2026, 2, 9);
                shift(shift -> shift.processAfter(day).thresholds(0, 0));
                punch(111, day, "08:58", "IN");
                punch(112, day, "08:58", "IN");
                punch(112, day, "18:02", "OUT");
                lastSync("2026-02-09T19:30:00");
            }
            case "25n" -> punch(111, LocalDate.of(2026, 2, 9), "18:05", "OUT");
            case "25o" -> {
                shift(shift -> shift.thresholds(4, 2));
                punch(113, LocalDate.of(2026, 2, 10), "08:58", "IN");
                lastSync("2026-02-10T18:59:00");
            }
            case "25p" -> lastSync("2026-02-10T19:00:00");
            case "25q" -> lastSync("2026-02-10T19:00:01");
            default -> {}
        }
    }

    private void lastSync(String time) {
        shift(shift -> shift.lastSync(LocalDateTime.parse(time)));
    }

    private void shift(UnaryOperator<SimulatedShift> change) {
        site.changeShift(DAY_SHIFT, change);
    }

    private void punch(int employee, LocalDate day, String clock, String logType) throws Exception {
        var answer = new FrappeClient(site)
                .post(
                        "/api/resource/Employee%20Checkin",
                        "{\"employee\":\"HR-EMP-00" + employee + "\",\"time\":\"" + day + " " + clock
                                + ":00\",\"log_type\":\"" + logType + "\",\"device_id\":\"CAMS-ST1\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** A recording of this chapter with the names that its documents have here; another as it is. */
    String withNamesOfThisSite(String recording) {
        String changed = recording;
        if (recording.contains("25i_cancel_attendance_103")) {
            changed = changed.replace("HR-ATT-2026-00185", attendanceOf("HR-EMP-00103"));
        }
        if (recording.contains("25i_cancel_attendance_102")) {
            changed = changed.replace("HR-ATT-2026-00002", attendanceOf("HR-EMP-00102"));
        }
        if (recording.contains("25k_clear_skip")) {
            changed = changed.replace("EMP-CKIN-11-2026-000388", checkinOf104(Duration.ofHours(13)))
                    .replace("EMP-CKIN-11-2026-000389", checkinOf104(Duration.ofHours(18)));
        }
        return changed;
    }

    private String attendanceOf(String employee) {
        return site.attendanceOf(employee, MONDAY).orElseThrow().name();
    }

    private String checkinOf104(Duration clock) {
        return site.checkins().stream()
                .filter(row -> row.employee().equals("HR-EMP-00104"))
                .filter(row -> row.time().equals(MONDAY.atStartOfDay().plus(clock)))
                .findFirst()
                .orElseThrow()
                .name();
    }
}
