package io.punchbridge.frappe;

import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchKey;
import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An Employee Checkin that is to be inserted.
 *
 * @param employee name of an Employee that exists (Frappe would keep an orphan row without a word)
 * @param time wall time in the site's zone, whole seconds
 * @param deviceId the configured name of the device
 */
public record Checkin(
        String employee,
        LocalDateTime time,
        LogType logType,
        String deviceId,
        boolean skipAutoAttendance,
        Extras extras) {

    public Checkin(String employee, LocalDateTime time, LogType logType, String deviceId, boolean skipAutoAttendance) {
        this(employee, time, logType, deviceId, skipAutoAttendance, Extras.NONE);
    }

    public Checkin with(Extras others) {
        return new Checkin(employee, time, logType, deviceId, skipAutoAttendance, others);
    }

    /** Frappe's own duplicate rule: it refuses a second row with the same three values. */
    public Identity identity() {
        return new Identity(employee, time, logType);
    }

    public record Identity(String employee, LocalDateTime time, LogType logType) {}

    /**
     * What goes along; null is not sent. All but the coordinates are for fields that a site may have added.
     *
     * @param key of the punch
     * @param coordinates of the device
     * @param originalTime the device's own time as it was sent
     * @param temperature as sent, in the device's unit
     * @param punchType the gateway's word
     */
    public record Extras(
            @Nullable PunchKey key,
            @Nullable Coordinates coordinates,
            @Nullable String originalTime,
            @Nullable String inputType,
            @Nullable String temperature,
            @Nullable Boolean faceMask,
            @Nullable String punchType) {

        public static final Extras NONE = new Extras(null, null, null, null, null, null, null);

        public Extras withKey(PunchKey other) {
            return new Extras(other, coordinates, originalTime, inputType, temperature, faceMask, punchType);
        }

        /** Without what the site has no field for. */
        public Extras on(Set<CheckinField> fields) {
            return new Extras(
                    fields.contains(CheckinField.PUNCH_KEY) ? key : null,
                    coordinates,
                    fields.contains(CheckinField.ORIGINAL_TIME) ? originalTime : null,
                    fields.contains(CheckinField.INPUT_TYPE) ? inputType : null,
                    fields.contains(CheckinField.TEMPERATURE) ? temperature : null,
                    fields.contains(CheckinField.FACE_MASK) ? faceMask : null,
                    fields.contains(CheckinField.PUNCH_TYPE) ? punchType : null);
        }
    }
}
