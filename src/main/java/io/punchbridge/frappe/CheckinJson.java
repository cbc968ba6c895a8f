package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchKey;
import org.jspecify.annotations.Nullable;

/** A check-in as Frappe's document. */
final class CheckinJson {
    private static final int LONGEST_DATA = 140;

    private CheckinJson() {}

    static ObjectNode write(ObjectNode node, Checkin checkin) {
        node.put("employee", checkin.employee()).put("time", FrappeJson.SECONDS.format(checkin.time()));
        if (checkin.logType() != LogType.NONE) {
            node.put("log_type", checkin.logType().name());
        }
        node.put("device_id", checkin.deviceId());
        if (checkin.skipAutoAttendance()) {
            node.put("skip_auto_attendance", 1);
        }
        extras(node, checkin.extras());
        return node;
    }

    private static void extras(ObjectNode node, Checkin.Extras extras) {
        Coordinates coordinates = extras.coordinates();
        if (coordinates != null) {
            node.put("latitude", coordinates.latitude()).put("longitude", coordinates.longitude());
        }
        PunchKey key = extras.key();
        put(node, CheckinField.PUNCH_KEY, key == null ? null : key.value());
        put(node, CheckinField.ORIGINAL_TIME, extras.originalTime());
        put(node, CheckinField.INPUT_TYPE, extras.inputType());
        put(node, CheckinField.TEMPERATURE, extras.temperature());
        put(node, CheckinField.PUNCH_TYPE, extras.punchType());
        Boolean faceMask = extras.faceMask();
        if (faceMask != null) {
            // As a number: a field of the type Check takes a text for no.
            node.put(CheckinField.FACE_MASK.fieldName(), faceMask ? 1 : 0);
        }
    }

    /** Cut to what a field of the type Data takes: Frappe refuses the whole document for a longer value. */
    private static void put(ObjectNode node, CheckinField field, @Nullable String value) {
        if (value != null) {
            node.put(field.fieldName(), cut(value));
        }
    }

    private static String cut(String value) {
        if (value.length() <= LONGEST_DATA) {
            return value;
        }
        return value.substring(
                0, Character.isHighSurrogate(value.charAt(LONGEST_DATA - 1)) ? LONGEST_DATA - 1 : LONGEST_DATA);
    }
}
