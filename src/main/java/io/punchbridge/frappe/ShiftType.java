package io.punchbridge.frappe;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Shift Type as the site has it. All times are wall times of the site.
 *
 * @param lastSync {@code last_sync_of_checkin}: HRMS processes each shift whose {@link #actualEnd} lies strictly before it
 * @param processAfter {@code process_attendance_after}: the first day that HRMS processes
 * @param end before {@code start} in a shift that passes midnight
 * @param beforeStart {@code begin_check_in_before_shift_start_time}
 * @param afterEnd {@code allow_check_out_after_shift_end_time}
 * @param autoUpdateLastSync HRMS' own "Auto Update Last Sync"; false where the version has no such field
 * @param byLogType whether IN and OUT are believed ("Strictly based on Log Type"), not alternated
 * @param everyPair whether hours are summed over every valid pair, not first to last
 * @param halfDayBelow hours below which a day is a half one; 0 where none is set, which HRMS takes for no threshold
 * @param absentBelow hours below which a day is an absence; 0 where none is set
 * @param lateGrace minutes, null where late entries are not marked
 * @param earlyGrace minutes, null where early exits are not marked
 * @param modified Frappe's stamp of this state, which a conditional write names
 */
public record ShiftType(
        String name,
        boolean autoAttendance,
        @Nullable LocalDateTime lastSync,
        @Nullable LocalDate processAfter,
        LocalTime start,
        LocalTime end,
        Duration beforeStart,
        Duration afterEnd,
        boolean autoUpdateLastSync,
        boolean byLogType,
        boolean everyPair,
        double halfDayBelow,
        double absentBelow,
        @Nullable Integer lateGrace,
        @Nullable Integer earlyGrace,
        String modified) {

    /** When the window of the shift that starts on a day opens. */
    public LocalDateTime actualStart(LocalDate day) {
        return day.atTime(start).minus(beforeStart);
    }

    /** When the window of the shift that starts on a day closes. */
    public LocalDateTime actualEnd(LocalDate day) {
        LocalDate endDay = end.isAfter(start) ? day : day.plusDays(1);
        return endDay.atTime(end).plus(afterEnd);
    }

    /** Whether HRMS has processed the shift of a day, or will at its next run. */
    public boolean covers(LocalDate day) {
        return autoAttendance
                && lastSync != null
                && processAfter != null
                && !day.isBefore(processAfter)
                && actualEnd(day).isBefore(lastSync);
    }

    /**
     * The day of the latest shift that HRMS would process if the watermark were moved to an instant, and doesn't now;
     * empty if the move would change nothing.
     */
    public Optional<LocalDate> newlyCovered(LocalDateTime moved) {
        if (!autoAttendance || processAfter == null) {
            return Optional.empty();
        }
        // Two days before: a window may close on the day after its shift's end, itself a day after its start.
        for (LocalDate day = moved.toLocalDate();
                !day.isBefore(moved.toLocalDate().minusDays(3));
                day = day.minusDays(1)) {
            if (actualEnd(day).isBefore(moved)) {
                return day.isBefore(processAfter) || covers(day) ? Optional.empty() : Optional.of(day);
            }
        }
        return Optional.empty();
    }
}
