package io.punchbridge.attendance;

import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry.Said;
import java.util.Comparator;
import java.util.List;

/** What HRMS makes of the check-ins of one employee in one shift. */
final class ShiftRule {
    /** Frappe keeps nine decimals of a sum of numbers with two. */
    private static final double SAME_HOURS = 0.005;

    private ShiftRule() {}

    /** @param checkins at least one, in any order */
    static Said of(List<ShiftCheckin> checkins, ShiftType shiftType) {
        List<ShiftCheckin> inOrder = checkins.stream()
                .sorted(Comparator.comparing(ShiftCheckin::time))
                .toList();
        LateHours hours = LateHours.of(inOrder, shiftType);
        return new Said(status(hours.hours(), shiftType), hours.hours(), hours.inTime(), hours.outTime());
    }

    /** A threshold of 0 is none. */
    private static String status(double hours, ShiftType shiftType) {
        if (shiftType.absentBelow() != 0 && hours < shiftType.absentBelow()) {
            return "Absent";
        }
        return shiftType.halfDayBelow() != 0 && hours < shiftType.halfDayBelow() ? "Half Day" : "Present";
    }

    /** Whether two attendances say the same of a day's work. */
    static boolean same(Said one, Said other) {
        return one.status().equals(other.status()) && Math.abs(one.hours() - other.hours()) < SAME_HOURS;
    }

    /** Whether the first says more of a day's work than the second: by status, then by hours. */
    static boolean better(Said one, Said other) {
        int byStatus = Integer.compare(rank(one.status()), rank(other.status()));
        return byStatus > 0 || (byStatus == 0 && one.hours() >= other.hours() + SAME_HOURS);
    }

    private static int rank(String status) {
        return switch (status) {
            case "Absent" -> 0;
            case "Half Day" -> 1;
            default -> 2;
        };
    }
}
