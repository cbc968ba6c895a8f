package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of Attendance in the simulated site. All times are wall times of the site.
 *
 * @param shift null in what a person marked without one
 * @param status Present, Absent, Half Day, On Leave, Work From Home
 * @param docStatus 0 draft, 1 submitted, 2 cancelled
 */
public record SimulatedAttendance(
        String name,
        Stamp stamp,
        String employee,
        @Nullable String employeeName,
        LocalDate date,
        @Nullable String shift,
        String status,
        double workingHours,
        @Nullable LocalDateTime inTime,
        @Nullable LocalDateTime outTime,
        boolean lateEntry,
        boolean earlyExit,
        @Nullable String leaveType,
        @Nullable String leaveApplication,
        @Nullable String attendanceRequest,
        @Nullable String amendedFrom,
        int docStatus)
        implements Columns {

    static final List<String> COLUMNS = List.of(
            "name",
            "owner",
            "creation",
            "modified",
            "modified_by",
            "docstatus",
            "idx",
            "naming_series",
            "employee",
            "employee_name",
            "working_hours",
            "status",
            "leave_type",
            "leave_application",
            "attendance_date",
            "company",
            "department",
            "attendance_request",
            "half_day_status",
            "shift",
            "in_time",
            "out_time",
            "late_entry",
            "early_exit",
            "amended_from",
            "modify_half_day_status");

    /** The same with another state. */
    public SimulatedAttendance withDocStatus(int state) {
        return new SimulatedAttendance(
                name,
                stamp,
                employee,
                employeeName,
                date,
                shift,
                status,
                workingHours,
                inTime,
                outTime,
                lateEntry,
                earlyExit,
                leaveType,
                leaveApplication,
                attendanceRequest,
                amendedFrom,
                state);
    }

    /** The same with another status. */
    public SimulatedAttendance withStatus(String newStatus) {
        return new SimulatedAttendance(
                name,
                stamp,
                employee,
                employeeName,
                date,
                shift,
                newStatus,
                workingHours,
                inTime,
                outTime,
                lateEntry,
                earlyExit,
                leaveType,
                leaveApplication,
                attendanceRequest,
                amendedFrom,
                docStatus);
    }

    /** The same, resting on other documents. */
    public SimulatedAttendance restingOn(
            @Nullable String newLeaveType, @Nullable String newLeaveApplication, @Nullable String newRequest) {
        return new SimulatedAttendance(
                name,
                stamp,
                employee,
                employeeName,
                date,
                shift,
                status,
                workingHours,
                inTime,
                outTime,
                lateEntry,
                earlyExit,
                newLeaveType,
                newLeaveApplication,
                newRequest,
                amendedFrom,
                docStatus);
    }

    /** The same, changed by somebody. */
    SimulatedAttendance modified(String by, LocalDateTime when) {
        return new SimulatedAttendance(
                name,
                new Stamp(stamp.owner(), stamp.creation(), by, when),
                employee,
                employeeName,
                date,
                shift,
                status,
                workingHours,
                inTime,
                outTime,
                lateEntry,
                earlyExit,
                leaveType,
                leaveApplication,
                attendanceRequest,
                amendedFrom,
                docStatus);
    }

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name" -> name;
            case "owner" -> stamp.owner();
            case "creation" -> stamp.creation();
            case "modified" -> stamp.modified();
            case "modified_by" -> stamp.modifiedBy();
            case "docstatus" -> docStatus;
            case "naming_series" -> "HR-ATT-.YYYY.-";
            case "employee" -> employee;
            case "employee_name" -> employeeName;
            case "working_hours" -> workingHours;
            case "status" -> status;
            case "leave_type" -> leaveType;
            case "leave_application" -> leaveApplication;
            case "attendance_date" -> date;
            case "company" -> "Acme Kenya";
            case "department" -> "Operations";
            case "attendance_request" -> attendanceRequest;
            case "half_day_status" -> status.equals("Half Day") && leaveApplication == null ? "Absent" : null;
            case "shift" -> shift;
            case "in_time" -> inTime;
            case "out_time" -> outTime;
            case "late_entry" -> lateEntry ? 1 : 0;
            case "early_exit" -> earlyExit ? 1 : 0;
            case "amended_from" -> amendedFrom;
            case "idx", "modify_half_day_status" -> 0;
            default -> null;
        };
    }
}
