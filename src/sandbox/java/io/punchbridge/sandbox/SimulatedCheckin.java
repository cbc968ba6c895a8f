package io.punchbridge.sandbox;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of Employee Checkin in the simulated site.
 *
 * @param employee as Frappe kept it: an unknown one stays as it was sent
 * @param employeeName null in an orphan row
 * @param logType IN, OUT or empty
 * @param time wall time of the site, whole seconds
 * @param punchKey {@code custom_cams_punch_key}, where the site has that field
 * @param shift null outside any shift
 */
public record SimulatedCheckin(
        String name,
        Stamp stamp,
        String employee,
        @Nullable String employeeName,
        String logType,
        LocalDateTime time,
        @Nullable String deviceId,
        @Nullable String punchKey,
        boolean skipAutoAttendance,
        Place place,
        @Nullable String shift)
        implements Columns {

    static final LocalTime SHIFT_START = LocalTime.of(9, 0);
    static final LocalTime SHIFT_END = LocalTime.of(18, 0);

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
            KEY_COLUMN,
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

    /** Who wrote a row and when, in the site's wall time. */
    public record Stamp(String owner, LocalDateTime creation, String modifiedBy, LocalDateTime modified) {}

    /** Where the employee stood; zero and null when nobody said. */
    public record Place(
            double latitude, double longitude, @Nullable String geolocation) {
        static final Place NOWHERE = new Place(0, 0, null);
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
            case "shift" -> shift;
            case "time" -> time;
            case "device_id" -> deviceId;
            case KEY_COLUMN -> punchKey;
            case "skip_auto_attendance" -> skipAutoAttendance ? 1 : 0;
            case "latitude" -> place.latitude();
            case "longitude" -> place.longitude();
            case "geolocation" -> place.geolocation();
            case "shift_start" -> shift == null ? null : time.with(SHIFT_START);
            case "shift_end" -> shift == null ? null : time.with(SHIFT_END);
            case "offshift" -> shift == null ? 1 : 0;
            case "shift_actual_start" -> shift == null ? null : time.with(SHIFT_START.minusHours(1));
            case "shift_actual_end" -> shift == null ? null : time.with(SHIFT_END.plusHours(1));
            default -> null;
        };
    }

    /** HRMS' own rule: the device doesn't count. */
    boolean isSamePunch(String otherEmployee, LocalDateTime otherTime, String otherLogType) {
        return time.equals(otherTime)
                && logType.equals(otherLogType)
                && employee.toLowerCase(Locale.ROOT).equals(otherEmployee.toLowerCase(Locale.ROOT));
    }
}
