package io.punchbridge.frappe;

import io.punchbridge.punch.LogType;
import java.time.LocalDateTime;

/**
 * An Employee Checkin that is to be inserted.
 *
 * @param employee name of an Employee that exists (Frappe would keep an orphan row without a word)
 * @param time wall time in the site's zone, whole seconds
 * @param deviceId the configured name of the device
 */
public record Checkin(
        String employee, LocalDateTime time, LogType logType, String deviceId, boolean skipAutoAttendance) {

    /** Frappe's own duplicate rule: it refuses a second row with the same three values. */
    public Identity identity() {
        return new Identity(employee, time, logType);
    }

    public record Identity(String employee, LocalDateTime time, LogType logType) {}
}
