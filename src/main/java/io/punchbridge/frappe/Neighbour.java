package io.punchbridge.frappe;

import io.punchbridge.punch.LogType;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An Employee Checkin that stands in Frappe, whoever made it.
 *
 * @param time wall time in the site's zone; another program may have kept parts of a second
 * @param logType in the site's own words, which may be more than IN and OUT; empty if none
 * @param deviceId what {@code device_id} says: a configured device's name where we made the row, null where a person did
 */
public record Neighbour(
        String name,
        String employee,
        LocalDateTime time,
        String logType,
        @Nullable String deviceId) {

    /** Whether Frappe would refuse this check-in as a duplicate of the row. */
    public boolean holds(Checkin checkin) {
        return employee.equals(checkin.employee())
                && time.equals(checkin.time())
                && logType.equals(written(checkin.logType()));
    }

    /** A log type as Frappe keeps it. */
    public static String written(LogType logType) {
        return logType == LogType.NONE ? "" : logType.name();
    }
}
