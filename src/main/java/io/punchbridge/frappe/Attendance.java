package io.punchbridge.frappe;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An Attendance as Frappe says it stands.
 *
 * @param date the day that the shift starts on
 * @param status Frappe's word: Present, Absent, Half Day, On Leave, Work From Home
 * @param inTime wall time of the site
 * @param modifiedBy who changed it last; HRMS' own runs are the API user or Administrator
 */
public record Attendance(
        String name,
        String employee,
        LocalDate date,
        @Nullable String shift,
        String status,
        double workingHours,
        @Nullable LocalDateTime inTime,
        @Nullable LocalDateTime outTime,
        DocStatus docStatus,
        String owner,
        String modifiedBy,
        @Nullable String leaveType,
        @Nullable String leaveApplication,
        @Nullable String attendanceRequest,
        @Nullable String amendedFrom) {

    public enum DocStatus {
        DRAFT,
        SUBMITTED,
        CANCELLED
    }
}
