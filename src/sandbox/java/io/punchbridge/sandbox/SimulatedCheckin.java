package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedShift.Window;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of Employee Checkin in the simulated site.
 *
 * @param employee as Frappe kept it: an unknown one stays as it was sent
 * @param employeeName null in an orphan row
 * @param logType IN, OUT or empty
 * @param time wall time of the site, whole seconds
 * @param fields what the site's custom fields hold; a field that is NULL is missing
 * @param attendance name of the Attendance that was made of it; null before that, empty once it was cancelled
 * @param window the shift in whose window it falls; null outside any shift
 */
public record SimulatedCheckin(
        String name,
        Stamp stamp,
        String employee,
        @Nullable String employeeName,
        String logType,
        LocalDateTime time,
        @Nullable String deviceId,
        Map<String, Object> fields,
        boolean skipAutoAttendance,
        @Nullable String attendance,
        Place place,
        @Nullable Window window)
        implements Columns {

    static final String KEY_COLUMN = "custom_cams_punch_key";
    static final List<String> COLUMNS = List.of(
            "name",
            "owner",
            "creation",
            "modified",
            "modified_by",
            "docstatus",
            "idx",
            "employee",
            "employee_name",
            "log_type",
            "shift",
            "time",
            "device_id",
            "skip_auto_attendance",
            "attendance",
            "latitude",
            "longitude",
            "geolocation",
            "shift_start",
            "shift_end",
            "offshift",
            "shift_actual_start",
            "shift_actual_end");

    public SimulatedCheckin {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Who wrote a row and when, in the site's wall time. */
    public record Stamp(String owner, LocalDateTime creation, String modifiedBy, LocalDateTime modified) {}

    /** Where the employee stood; zero and null when nobody said. */
    public record Place(
            double latitude, double longitude, @Nullable String geolocation) {
        static final Place NOWHERE = new Place(0, 0, null);
    }

    /** {@code custom_cams_punch_key}; null where the site lacks that field. */
    public @Nullable String punchKey() {
        return fields.get(KEY_COLUMN) instanceof String key ? key : null;
    }

    /** Name of the shift; null outside any. */
    public @Nullable String shift() {
        return window == null ? null : window.shift();
    }

    boolean hasAttendance() {
        return attendance != null && !attendance.isEmpty();
    }

    SimulatedCheckin withAttendance(String newAttendance) {
        return new SimulatedCheckin(
                name,
                stamp,
                employee,
                employeeName,
                logType,
                time,
                deviceId,
                fields,
                skipAutoAttendance,
                newAttendance,
                place,
                window);
    }

    SimulatedCheckin skipped() {
        return new SimulatedCheckin(
                name, stamp, employee, employeeName, logType, time, deviceId, fields, true, attendance, place, window);
    }

    /** All columns of a site with these custom fields, which stand behind the device. */
    static List<String> columns(Collection<String> customFields) {
        List<String> columns = new ArrayList<>(COLUMNS);
        columns.addAll(columns.indexOf("device_id") + 1, customFields);
        return columns;
    }

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name" -> name;
            case "owner" -> stamp.owner();
            case "creation" -> stamp.creation();
            case "modified" -> stamp.modified();
            case "modified_by" -> stamp.modifiedBy();
            case "docstatus", "idx" -> 0;
            case "employee" -> employee;
            case "employee_name" -> employeeName;
            case "log_type" -> logType;
            case "shift" -> shift();
            case "time" -> time;
            case "device_id" -> deviceId;
            case "skip_auto_attendance" -> skipAutoAttendance ? 1 : 0;
            case "attendance" -> attendance;
            case "latitude" -> place.latitude();
            case "longitude" -> place.longitude();
            case "geolocation" -> place.geolocation();
            case "shift_start" -> window == null ? null : window.start();
            case "shift_end" -> window == null ? null : window.end();
            case "offshift" -> window == null ? 1 : 0;
            case "shift_actual_start" -> window == null ? null : window.actualStart();
            case "shift_actual_end" -> window == null ? null : window.actualEnd();
            default -> fields.get(column);
        };
    }

    /** HRMS' own rule: the device doesn't count. */
    boolean isSamePunch(String otherEmployee, LocalDateTime otherTime, String otherLogType) {
        return time.equals(otherTime)
                && logType.equals(otherLogType)
                && employee.toLowerCase(Locale.ROOT).equals(otherEmployee.toLowerCase(Locale.ROOT));
    }
}
