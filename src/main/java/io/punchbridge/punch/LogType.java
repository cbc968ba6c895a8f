package io.punchbridge.punch;

/** Frappe's {@code log_type} of an Employee Checkin. {@link #NONE} is its empty value. */
public enum LogType {
    IN,
    OUT,
    NONE
}
