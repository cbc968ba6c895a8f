package io.punchbridge.frappe;

import io.punchbridge.punch.LogType;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An Employee Checkin as Frappe says it stands. A field that the API user may not read is null.
 *
 * @param employeeName null in an orphan row (the employee doesn't exist)
 * @param deviceId what {@code device_id} says: a configured device's name where we made the row, null where a person did
 * @param creation wall time of the insert in the site's zone
 */
public record CheckinRow(
        String name,
        @Nullable String employee,
        @Nullable String employeeName,
        @Nullable LocalDateTime time,
        LogType logType,
        @Nullable String deviceId,
        @Nullable LocalDateTime creation) {

    /** Whether this row is what was to be inserted. */
    public boolean holds(Checkin checkin) {
        return checkin.employee().equals(employee) && checkin.time().equals(time) && checkin.logType() == logType;
    }
}
