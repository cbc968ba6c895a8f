package io.punchbridge.frappe;

/**
 * A field of our own on Employee Checkin, text as all of them.
 *
 * @param unique whether no two rows may have the same value
 * @param health whether it says something of a person's health
 */
public record CheckinField(String name, String label, boolean unique, boolean health) {
    public static final CheckinField PUNCH_KEY =
            new CheckinField("custom_cams_punch_key", "CAMS Punch Key", true, false);

    public static final CheckinField ORIGINAL_TIME =
            new CheckinField("custom_original_time", "Original Time", false, false);

    public static final CheckinField INPUT_TYPE = new CheckinField("custom_input_type", "Input Type", false, false);

    public static final CheckinField PUNCH_TYPE = new CheckinField("custom_punch_type", "Punch Type", false, false);

    public static final CheckinField TEMPERATURE = new CheckinField("custom_temperature", "Temperature", false, true);

    public static final CheckinField FACE_MASK = new CheckinField("custom_face_mask", "Face Mask", false, true);
}
