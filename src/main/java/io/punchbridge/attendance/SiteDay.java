package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the site has of some employees' day.
 *
 * @param attendances submitted ones
 * @param checkins those of the day and of the days beside it, since a shift may pass midnight
 */
record SiteDay(List<Attendance> attendances, List<ShiftCheckin> checkins) {

    static FrappeAnswer<SiteDay> read(AttendanceSite site, Collection<String> employees, LocalDate day) {
        return site.attendances(employees, day, day)
                .fold(
                        attendances -> site.checkinsOf(
                                        employees,
                                        day.minusDays(1).atStartOfDay(),
                                        day.plusDays(3).atStartOfDay())
                                .map(checkins -> new SiteDay(attendances, checkins)),
                        Failure::new);
    }

    Optional<Attendance> standing(LateEntry entry) {
        return standing(attendances, entry.employee(), entry.day(), entry.shift());
    }

    /**
     * The attendance of an employee's day that HRMS finds in the way of another: of the same shift, else without any;
     * else one of another shift, which may overlap.
     */
    static Optional<Attendance> standing(List<Attendance> attendances, String employee, LocalDate day, String shift) {
        return attendances.stream()
                .filter(attendance -> attendance.docStatus() == Attendance.DocStatus.SUBMITTED
                        && attendance.employee().equals(employee)
                        && attendance.date().equals(day))
                .min(Comparator.comparingInt(attendance -> distance(attendance, shift)));
    }

    private static int distance(Attendance attendance, String shift) {
        if (shift.equals(attendance.shift())) {
            return 0;
        }
        return isOfOtherShift(attendance, shift) ? 2 : 1;
    }

    static boolean isOfOtherShift(Attendance attendance, String shift) {
        String its = attendance.shift();
        return its != null && !its.isEmpty() && !its.equals(shift);
    }

    /** The check-ins that Frappe counts for an entry's shift of its day. */
    List<ShiftCheckin> checkins(LateEntry entry) {
        return checkins.stream()
                .filter(checkin -> checkin.employee().equals(entry.employee())
                        && entry.shift().equals(checkin.shift())
                        && checkin.shiftStart() != null
                        && checkin.shiftStart().toLocalDate().equals(entry.day()))
                .toList();
    }

    static Said said(Attendance attendance) {
        return new Said(attendance.status(), attendance.workingHours(), attendance.inTime(), attendance.outTime());
    }
}
