package io.punchbridge.doctor;

import io.punchbridge.frappe.CheckinField;

/** A change of the site that is ours to make: a field of our own on Employee Checkin. */
public record Fix(CheckinField field) {
    /** What it is about, in a word. */
    public String subject() {
        return field.fieldName();
    }

    /** What would be done, for a person who is asked. */
    public String what() {
        return "Create the field " + field.fieldName() + " (\"" + field.label() + "\", text"
                + (field.unique() ? ", unique" : "") + ") on Employee Checkin";
    }
}
