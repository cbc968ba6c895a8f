package io.punchbridge.attendance;

import io.punchbridge.frappe.ShiftType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;

/** Which day of a shift type HRMS comes to next. Only for one that has a first day. */
record ShiftDays(ShiftType shift) {

    /** The first day whose shift HRMS has not processed, nor will at its next run. */
    LocalDate firstOpen() {
        LocalDate first = Objects.requireNonNull(shift.processAfter(), "a shift type that is led has a first day");
        LocalDateTime lastSync = shift.lastSync();
        if (lastSync == null) {
            return first;
        }
        LocalDate day = lastSync.toLocalDate().minusDays(3 + shift.afterEnd().toDays());
        while (shift.actualEnd(day).isBefore(lastSync)) {
            day = day.plusDays(1);
        }
        return day.isBefore(first) ? first : day;
    }

    /**
     * The first day of which HRMS makes any more attendance. Of the last shift that it has processed it marks who has no
     * punches at all only when it goes past the next one.
     */
    LocalDate firstUnfinished() {
        LocalDate first = Objects.requireNonNull(shift.processAfter(), "a shift type that is led has a first day");
        LocalDate before = firstOpen().minusDays(1);
        return before.isBefore(first) ? first : before;
    }

    /** The first day whose window opens at a wall time or after it. */
    LocalDate firstFrom(LocalDateTime wallTime) {
        LocalDate day = wallTime.toLocalDate();
        while (shift.actualStart(day).isBefore(wallTime)) {
            day = day.plusDays(1);
        }
        return day;
    }
}
