package io.punchbridge.frappe;

/** A field that a site may have added to Employee Checkin, and that is filled where it exists. */
public enum CheckinField {
    /** Unique in the site's database: a second check-in of one punch is impossible then, whoever sends it. */
    PUNCH_KEY("custom_cams_punch_key"),
    ORIGINAL_TIME("custom_original_time"),
    INPUT_TYPE("custom_input_type"),
    TEMPERATURE("custom_temperature"),
    FACE_MASK("custom_face_mask"),
    PUNCH_TYPE("custom_punch_type");

    private final String fieldName;

    CheckinField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** Frappe's {@code fieldname}. */
    public String fieldName() {
        return fieldName;
    }
}
