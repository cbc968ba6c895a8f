package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import io.punchbridge.sandbox.SimulatedShift.Window;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HRMS' auto attendance: makes Attendance of the check-ins of each shift whose window closed strictly before
 * {@code last_sync_of_checkin}, and marks Absent who was assigned and has none, a day later. Like HRMS it looks at no
 * check-in twice: one that comes when its day is marked is skipped for good.
 */
final class AutoAttendance {
    private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd-MM-yyyy");

    private final Site site;

    AutoAttendance(Site site) {
        this.site = site;
    }

    /** What HRMS' own scheduler does every hour. */
    synchronized void runHourly() {
        for (SimulatedShift shift : site.shifts().all()) {
            if (shift.autoAttendance() && shift.autoUpdateLastSync()) {
                moveLastSync(shift);
            }
        }
        for (SimulatedShift shift : site.shifts().all()) {
            process(shift, "Administrator");
        }
    }

    /** HRMS sets the pointer a minute behind the end of the last window that has closed, and never back. */
    private void moveLastSync(SimulatedShift shift) {
        LocalDateTime now = site.now();
        LocalDateTime closed = shift.on(now.toLocalDate().plusDays(1)).actualEnd();
        while (!closed.isBefore(now)) {
            closed = closed.minusDays(1);
        }
        LocalDateTime lastSync = shift.lastSync();
        if (lastSync == null || lastSync.isBefore(closed)) {
            LocalDateTime moved = closed.plusMinutes(1);
            site.changeShift(shift.name(), "Administrator", before -> before.lastSync(moved));
        }
    }

    /** Messages that Frappe sends along with the answer, each as JSON. */
    synchronized List<String> process(SimulatedShift shift, String user) {
        LocalDate first = shift.processAfter();
        LocalDateTime lastSync = shift.lastSync();
        if (!shift.autoAttendance() || first == null || lastSync == null) {
            return List.of();
        }
        List<String> messages = new ArrayList<>();
        checkinsByDay(shift, first, lastSync).forEach((day, checkins) -> {
            if (!shift.holidays().contains(day.date)) {
                markFromCheckins(shift, day, checkins, user, messages);
            }
        });
        for (SimulatedEmployee employee : site.employees().all()) {
            if (shift.name().equals(employee.shift()) && !employee.status().equals("Inactive")) {
                markAbsences(shift, employee, first, lastSync, user, messages);
            }
        }
        return messages;
    }

    private record Day(String employee, LocalDate date) {}

    private Map<Day, List<SimulatedCheckin>> checkinsByDay(
            SimulatedShift shift, LocalDate first, LocalDateTime lastSync) {
        Map<Day, List<SimulatedCheckin>> days = new LinkedHashMap<>();
        site.checkins().between(first.atStartOfDay(), lastSync).stream()
                .filter(checkin -> shift.name().equals(checkin.shift()))
                .filter(checkin -> !checkin.skipAutoAttendance() && !checkin.hasAttendance())
                .sorted(Comparator.comparing(SimulatedCheckin::employee).thenComparing(SimulatedCheckin::time))
                .forEach(checkin -> {
                    Window window = checkin.window();
                    if (window != null && window.actualEnd().isBefore(lastSync)) {
                        Day day = new Day(checkin.employee(), window.start().toLocalDate());
                        days.computeIfAbsent(day, each -> new ArrayList<>()).add(checkin);
                    }
                });
        return days;
    }

    private void markFromCheckins(
            SimulatedShift shift, Day day, List<SimulatedCheckin> checkins, String user, List<String> messages) {
        Optional<String> objection = objection(shift, day.employee, day.date);
        if (objection.isPresent()) {
            messages.clear();
            checkins.forEach(checkin -> {
                site.checkins().change(checkin.name(), SimulatedCheckin::skipped);
                site.comment(
                        checkin.name(), "<strong>Reason for skipping auto attendance:</strong><br>" + objection.get());
            });
            return;
        }
        WorkingHours worked = WorkingHours.of(checkins, shift.byLogType(), shift.everyPair());
        String status = status(shift, worked.hours());
        SimulatedAttendance attendance = add(shift, day, status, worked, user, messages);
        if (status.equals("Absent")) {
            site.comment(attendance.name(), "Employee was marked Absent for not meeting the working hours threshold.");
        }
        checkins.forEach(
                checkin -> site.checkins().change(checkin.name(), before -> before.withAttendance(attendance.name())));
    }

    private static String status(SimulatedShift shift, double hours) {
        if (shift.absentBelow() > 0 && hours < shift.absentBelow()) {
            return "Absent";
        }
        return shift.halfDayBelow() > 0 && hours < shift.halfDayBelow() ? "Half Day" : "Present";
    }

    private void markAbsences(
            SimulatedShift shift,
            SimulatedEmployee employee,
            LocalDate processAfter,
            LocalDateTime lastSync,
            String user,
            List<String> messages) {
        LocalDate first = latest(processAfter, SimulatedEmployee.JOINED, site.shiftsAssignedFrom);
        LocalDateTime dayBefore = shift.around(lastSync).actualStart().minusDays(1);
        LocalDate last = shift.around(dayBefore).start().toLocalDate();
        LocalDate relieved = employee.relievingDate();
        if (relieved != null && relieved.isBefore(last)) {
            last = relieved;
        }
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            if (!shift.holidays().contains(date)
                    && objection(shift, employee.name(), date).isEmpty()) {
                SimulatedAttendance attendance = add(
                        shift,
                        new Day(employee.name(), date),
                        "Absent",
                        new WorkingHours(0, null, null),
                        user,
                        messages);
                site.comment(attendance.name(), "Employee was marked Absent due to missing Employee Checkins.");
            }
        }
    }

    private static LocalDate latest(LocalDate... days) {
        return Collections.max(Arrays.asList(days));
    }

    /** Why HRMS makes no Attendance of a day, in its words. */
    private Optional<String> objection(SimulatedShift shift, String employee, LocalDate date) {
        return site.attendances()
                .standing(employee, date)
                .filter(row -> row.shift() == null || overlap(shift, row.shift()))
                .findFirst()
                .map(row -> "Attendance for employee <strong>" + employee + "</strong> is already marked for "
                        + (row.shift() == null || shift.name().equals(row.shift())
                                ? "the date <strong>" + DAY_FIRST.format(date) + "</strong>"
                                : "an overlapping shift <strong>" + row.shift() + "</strong>")
                        + ": " + Site.link("attendance", row.name()));
    }

    private boolean overlap(SimulatedShift shift, String otherName) {
        if (shift.name().equals(otherName)) {
            return true;
        }
        LocalDate day = LocalDate.EPOCH;
        return site.shifts()
                .find(otherName)
                .map(other -> other.on(day))
                .filter(other -> shift.on(day).start().isBefore(other.end())
                        && other.start().isBefore(shift.on(day).end()))
                .isPresent();
    }

    private SimulatedAttendance add(
            SimulatedShift shift, Day day, String status, WorkingHours worked, String user, List<String> messages) {
        Optional<SimulatedDocument> leave = site.documents().approvedLeave(day.employee, day.date);
        String finalStatus = leave.isPresent() ? "On Leave" : status;
        if (leave.isEmpty() && status.equals("Half Day")) {
            messages.add("{\"message\": "
                    + PythonJson.dumps(
                            "No leave record found for employee " + day.employee + " on " + DAY_FIRST.format(day.date))
                    + ", \"title\": \"Message\", \"alert\": 1}");
        }
        LocalDateTime now = site.now();
        boolean late = isLate(shift, day.date, worked.in());
        boolean early = isEarly(shift, day.date, worked.out());
        return site.attendances()
                .add(name -> new SimulatedAttendance(
                        name,
                        new Stamp(user, now, user, now),
                        day.employee,
                        site.employees()
                                .find(day.employee)
                                .map(SimulatedEmployee::employeeName)
                                .orElse(null),
                        day.date,
                        shift.name(),
                        finalStatus,
                        worked.hours(),
                        worked.in(),
                        worked.out(),
                        late,
                        early,
                        leave.map(each -> each.text("leave_type")).orElse(null),
                        leave.map(SimulatedDocument::name).orElse(null),
                        null,
                        null,
                        1));
    }

    private static boolean isLate(SimulatedShift shift, LocalDate date, @Nullable LocalDateTime in) {
        Integer grace = shift.lateGrace();
        return grace != null && in != null && in.isAfter(shift.on(date).start().plusMinutes(grace));
    }

    private static boolean isEarly(SimulatedShift shift, LocalDate date, @Nullable LocalDateTime out) {
        Integer grace = shift.earlyGrace();
        return grace != null && out != null && out.isBefore(shift.on(date).end().minusMinutes(grace));
    }
}
