package io.punchbridge.sandbox;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An employee of the simulated site.
 *
 * @param name Frappe's id, as {@code HR-EMP-00001}
 * @param deviceId {@code attendance_device_id}; unique over all employees, or null
 * @param status Active, Inactive, Suspended or Left
 * @param shift name of the Shift Type to which the employee is assigned from {@link #JOINED} on, or null
 * @param branch where the employee works, or null
 * @param modified wall time of the site
 */
public record SimulatedEmployee(
        String name,
        String employeeName,
        @Nullable String deviceId,
        String status,
        @Nullable LocalDate relievingDate,
        @Nullable String shift,
        @Nullable String branch,
        LocalDateTime modified)
        implements Columns {

    /** Without a branch. */
    public SimulatedEmployee(
            String name,
            String employeeName,
            @Nullable String deviceId,
            String status,
            @Nullable LocalDate relievingDate,
            @Nullable String shift,
            LocalDateTime modified) {
        this(name, employeeName, deviceId, status, relievingDate, shift, null, modified);
    }

    public static final LocalDate JOINED = LocalDate.of(2025, 1, 1);

    static final List<String> COLUMNS = List.of(
            "name",
            "owner",
            "creation",
            "modified",
            "modified_by",
            "docstatus",
            "idx",
            "employee",
            "naming_series",
            "first_name",
            "last_name",
            "employee_name",
            "gender",
            "date_of_birth",
            "date_of_joining",
            "status",
            "company",
            "branch",
            "department",
            "designation",
            "default_shift",
            "relieving_date",
            "attendance_device_id",
            "holiday_list");

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name", "employee" -> name;
            case "owner", "modified_by" -> "Administrator";
            case "creation", "modified" -> modified;
            case "docstatus", "idx" -> 0;
            case "naming_series" -> "HR-EMP-";
            case "first_name" -> employeeName.split(" ", 2)[0];
            case "last_name" -> employeeName.contains(" ") ? employeeName.split(" ", 2)[1] : "";
            case "employee_name" -> employeeName;
            case "gender" -> "Male";
            case "date_of_birth" -> "1990-01-01";
            case "date_of_joining" -> JOINED.toString();
            case "status" -> status;
            case "company" -> "Acme Kenya";
            case "branch" -> branch;
            case "department" -> "Operations";
            case "designation" -> "Operator";
            case "relieving_date" -> relievingDate == null ? null : relievingDate.toString();
            case "attendance_device_id" -> deviceId;
            case "holiday_list" -> "Kenya 2026";
            default -> null;
        };
    }

    /** The same, at another branch. */
    public SimulatedEmployee at(@Nullable String otherBranch) {
        return new SimulatedEmployee(name, employeeName, deviceId, status, relievingDate, shift, otherBranch, modified);
    }

    /** The same, assigned to another shift, or to none. */
    public SimulatedEmployee inShift(@Nullable String otherShift) {
        return new SimulatedEmployee(name, employeeName, deviceId, status, relievingDate, otherShift, branch, modified);
    }
}
