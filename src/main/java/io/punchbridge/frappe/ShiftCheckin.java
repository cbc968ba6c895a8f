package io.punchbridge.frappe;

import io.punchbridge.punch.LogType;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An Employee Checkin as auto attendance sees it. All times are wall times of the site.
 *
 * @param shift the Shift Type that Frappe found for it, null outside of every shift
 * @param shiftStart start of that shift, whose date is that of the attendance
 * @param actualEnd when the shift's window closes
 * @param attendance the Attendance that was made of it, null if none was, or it was cancelled
 * @param skipAutoAttendance whether auto attendance passes it over; a run sets it on a check-in that came too late
 */
public record ShiftCheckin(
        String name,
        String employee,
        LocalDateTime time,
        LogType logType,
        @Nullable String deviceId,
        @Nullable String shift,
        @Nullable LocalDateTime shiftStart,
        @Nullable LocalDateTime actualStart,
        @Nullable LocalDateTime actualEnd,
        @Nullable String attendance,
        boolean skipAutoAttendance) {}
