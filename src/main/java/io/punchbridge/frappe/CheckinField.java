package io.punchbridge.frappe;

/** A field that a site may have added to Employee Checkin, and that is filled where it exists. Text, as all of them. */
public enum CheckinField {
    /** A second check-in of one punch is impossible then, whoever sends it. */
    PUNCH_KEY("custom_cams_punch_key", "CAMS Punch Key", true, false),
    ORIGINAL_TIME("custom_original_time", "Original Time", false, false),
    INPUT_TYPE("custom_input_type", "Input Type", false, false),
    PUNCH_TYPE("custom_punch_type", "Punch Type", false, false),
    TEMPERATURE("custom_temperature", "Temperature", false, true),
    FACE_MASK("custom_face_mask", "Face Mask", false, true);

    private final String fieldName;
    private final String label;
    private final boolean unique;
    private final boolean health;

    CheckinField(String fieldName, String label, boolean unique, boolean health) {
        this.fieldName = fieldName;
        this.label = label;
        this.unique = unique;
        this.health = health;
    }

    /** Frappe's {@code fieldname}. */
    public String fieldName() {
        return fieldName;
    }

    /** What people see of it in Frappe. */
    public String label() {
        return label;
    }

    /** Whether no two rows may have the same value. */
    public boolean unique() {
        return unique;
    }

    /** Whether it says something of a person's health. */
    public boolean health() {
        return health;
    }
}
