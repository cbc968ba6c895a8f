package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.frappe.Attendance.DocStatus;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shift types, attendance, and check-ins as attendance sees them, in Frappe's JSON. */
final class AttendanceJson {
    static final String SHIFT_TYPE = "Shift Type";
    static final String ATTENDANCE = "Attendance";

    /** Those that a document may lack because they are empty; a list shows them even so. */
    static final List<String> NULLABLE_OF_SHIFT_TYPE = List.of("last_sync_of_checkin", "process_attendance_after");

    static final List<String> CHECKIN_FIELDS = List.of(
            "name",
            "employee",
            "time",
            "log_type",
            "device_id",
            "shift",
            "shift_start",
            "shift_actual_start",
            "shift_actual_end",
            "attendance",
            "skip_auto_attendance");
    static final List<String> ATTENDANCE_FIELDS = List.of(
            "name",
            "employee",
            "attendance_date",
            "shift",
            "status",
            "working_hours",
            "in_time",
            "out_time",
            "docstatus",
            "owner",
            "modified_by",
            "leave_type",
            "leave_application",
            "attendance_request",
            "amended_from");

    private static final List<String> ALWAYS_IN_SHIFT_TYPE =
            List.of("enable_auto_attendance", "start_time", "end_time", "modified");

    /** What auto attendance goes by: where it is on, none of these may be guessed. */
    private static final List<String> RULES_OF_SHIFT_TYPE = List.of(
            "begin_check_in_before_shift_start_time",
            "allow_check_out_after_shift_end_time",
            "determine_check_in_and_check_out",
            "working_hours_calculation_based_on",
            "working_hours_threshold_for_half_day",
            "working_hours_threshold_for_absent");

    private AttendanceJson() {}

    /** Something that may rest on an employee's day. */
    enum Resting {
        SALARY_SLIP("Salary Slip", "start_date", "end_date"),
        LEAVE_APPLICATION("Leave Application", "from_date", "to_date"),
        ATTENDANCE_REQUEST("Attendance Request", "from_date", "to_date");

        private final String doctype;
        private final String from;
        private final String to;

        Resting(String doctype, String from, String to) {
            this.doctype = doctype;
            this.from = from;
            this.to = to;
        }

        String doctype() {
            return doctype;
        }

        /** What of this kind rests on a day: neither cancelled nor, where it can be, rejected. */
        byte[] on(String employee, LocalDate day) {
            ObjectNode body = FrappeJson.list(doctype, List.of("name"), "name asc", 0);
            ArrayNode filters = body.putArray("filters");
            compare(filters, "employee", "=", employee);
            compare(filters, from, "<=", day.toString());
            compare(filters, to, ">=", day.toString());
            filters.addArray().add("docstatus").add("<").add(2);
            if (this == LEAVE_APPLICATION) {
                filters.addArray()
                        .add("status")
                        .add("not in")
                        .addArray()
                        .add("Rejected")
                        .add("Cancelled");
            }
            return FrappeJson.bytes(body);
        }
    }

    /** Names alone: a list that asks for a field which an older HRMS doesn't have fails as a whole. */
    static byte[] shiftTypeNames() {
        return FrappeJson.bytes(FrappeJson.list(SHIFT_TYPE, List.of("name"), "name asc", 0));
    }

    static byte[] nullablesOf(String shiftType) {
        ObjectNode body = FrappeJson.list(SHIFT_TYPE, NULLABLE_OF_SHIFT_TYPE, "name asc", 0);
        compare(body.putArray("filters"), "name", "=", shiftType);
        return FrappeJson.bytes(body);
    }

    /** Frappe refuses the write unless {@code modified} is still what it has. */
    static byte[] lastSync(ShiftType asRead, LocalDateTime to) {
        return FrappeJson.bytes(object().put("last_sync_of_checkin", FrappeJson.SECONDS.format(to))
                .put("modified", asRead.modified()));
    }

    static byte[] processAutoAttendance() {
        return FrappeJson.bytes(object().put("run_method", "process_auto_attendance"));
    }

    static byte[] checkins(Collection<String> names) {
        ObjectNode body = FrappeJson.list(FrappeJson.CHECKIN, CHECKIN_FIELDS, "name asc", 0);
        FrappeJson.in(body.putArray("filters"), "name", names);
        return FrappeJson.bytes(body);
    }

    static byte[] checkinsOf(Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        ObjectNode body = FrappeJson.list(FrappeJson.CHECKIN, CHECKIN_FIELDS, "time asc", 0);
        ArrayNode filters = body.putArray("filters");
        FrappeJson.in(filters, "employee", employees);
        compare(filters, "time", ">=", FrappeJson.SECONDS.format(from));
        compare(filters, "time", "<", FrappeJson.SECONDS.format(until));
        return FrappeJson.bytes(body);
    }

    static byte[] attendances(Collection<String> names) {
        ObjectNode body = FrappeJson.list(ATTENDANCE, ATTENDANCE_FIELDS, "name asc", 0);
        FrappeJson.in(body.putArray("filters"), "name", names);
        return FrappeJson.bytes(body);
    }

    static byte[] attendancesOf(Collection<String> employees, LocalDate from, LocalDate to) {
        ObjectNode body = FrappeJson.list(ATTENDANCE, ATTENDANCE_FIELDS, "attendance_date asc", 0);
        ArrayNode filters = body.putArray("filters");
        FrappeJson.in(filters, "employee", employees);
        compare(filters, "attendance_date", ">=", from.toString());
        compare(filters, "attendance_date", "<=", to.toString());
        filters.addArray().add("docstatus").add("=").add(1);
        return FrappeJson.bytes(body);
    }

    static byte[] cancel(String attendance) {
        return FrappeJson.bytes(object().put("doctype", ATTENDANCE).put("name", attendance));
    }

    static byte[] countAgain() {
        return FrappeJson.bytes(object().put("skip_auto_attendance", 0));
    }

    static byte[] devicesOf(String shiftType, LocalDateTime since) {
        ObjectNode body = FrappeJson.list(FrappeJson.CHECKIN, List.of("device_id"), "device_id asc", 0);
        ArrayNode filters = body.putArray("filters");
        compare(filters, "shift", "=", shiftType);
        compare(filters, "time", ">=", FrappeJson.SECONDS.format(since));
        return FrappeJson.bytes(body.put("group_by", "device_id"));
    }

    private static void compare(ArrayNode filters, String field, String comparison, String value) {
        filters.addArray().add(field).add(comparison).add(value);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Fields without which a Shift Type can't be judged, and which it doesn't show. */
    static List<String> hiddenOfShiftType(JsonNode document) {
        Stream<String> needed = JsonFields.flag(document, "enable_auto_attendance")
                ? Stream.concat(ALWAYS_IN_SHIFT_TYPE.stream(), RULES_OF_SHIFT_TYPE.stream())
                : ALWAYS_IN_SHIFT_TYPE.stream();
        return JsonFields.notShown(document, needed.toList());
    }

    static ShiftType shiftType(JsonNode document) {
        return new ShiftType(
                JsonFields.name(document),
                JsonFields.flag(document, "enable_auto_attendance"),
                JsonFields.wallTime(document, "last_sync_of_checkin"),
                JsonFields.date(document, "process_attendance_after"),
                JsonFields.timeOfDay(document, "start_time"),
                JsonFields.timeOfDay(document, "end_time"),
                minutes(document, "begin_check_in_before_shift_start_time"),
                minutes(document, "allow_check_out_after_shift_end_time"),
                JsonFields.flag(document, "auto_update_last_sync"),
                "Strictly based on Log Type in Employee Checkin"
                        .equals(JsonFields.text(document, "determine_check_in_and_check_out")),
                "Every Valid Check-in and Check-out"
                        .equals(JsonFields.text(document, "working_hours_calculation_based_on")),
                JsonFields.number(document, "working_hours_threshold_for_half_day"),
                JsonFields.number(document, "working_hours_threshold_for_absent"),
                grace(document, "enable_late_entry_marking", "late_entry_grace_period"),
                grace(document, "enable_early_exit_marking", "early_exit_grace_period"),
                JsonFields.required(JsonFields.text(document, "modified"), "modified"));
    }

    private static Duration minutes(JsonNode document, String field) {
        return Duration.ofMinutes((long) JsonFields.number(document, field));
    }

    private static @Nullable Integer grace(JsonNode document, String switchedBy, String field) {
        return JsonFields.flag(document, switchedBy) ? (int) JsonFields.number(document, field) : null;
    }

    /** Leaves out rows that say nothing of whose or when they are. */
    static List<ShiftCheckin> checkinRows(JsonNode list) {
        List<ShiftCheckin> rows = new ArrayList<>();
        for (JsonNode node : JsonFields.array(list)) {
            String employee = JsonFields.text(node, "employee");
            LocalDateTime time = JsonFields.wallTime(node, "time");
            if (employee != null && time != null) {
                rows.add(new ShiftCheckin(
                        JsonFields.name(node),
                        employee,
                        time,
                        JsonFields.logType(node),
                        JsonFields.text(node, "device_id"),
                        JsonFields.text(node, "shift"),
                        JsonFields.wallTime(node, "shift_start"),
                        JsonFields.wallTime(node, "shift_actual_start"),
                        JsonFields.wallTime(node, "shift_actual_end"),
                        JsonFields.text(node, "attendance"),
                        JsonFields.flag(node, "skip_auto_attendance")));
            }
        }
        return List.copyOf(rows);
    }

    static List<Attendance> attendanceRows(JsonNode list) {
        List<Attendance> rows = new ArrayList<>();
        JsonFields.array(list).forEach(node -> rows.add(attendance(node)));
        return List.copyOf(rows);
    }

    private static Attendance attendance(JsonNode node) {
        return new Attendance(
                JsonFields.name(node),
                JsonFields.required(JsonFields.text(node, "employee"), "employee"),
                JsonFields.required(JsonFields.date(node, "attendance_date"), "attendance_date"),
                JsonFields.text(node, "shift"),
                JsonFields.required(JsonFields.text(node, "status"), "status"),
                JsonFields.number(node, "working_hours"),
                JsonFields.wallTime(node, "in_time"),
                JsonFields.wallTime(node, "out_time"),
                docStatus(node),
                JsonFields.required(JsonFields.text(node, "owner"), "owner"),
                JsonFields.required(JsonFields.text(node, "modified_by"), "modified_by"),
                JsonFields.text(node, "leave_type"),
                JsonFields.text(node, "leave_application"),
                JsonFields.text(node, "attendance_request"),
                JsonFields.text(node, "amended_from"));
    }

    /** @throws UnreadableAnswer if it is missing: a draft must not be guessed */
    static DocStatus docStatus(JsonNode node) {
        String status = JsonFields.required(JsonFields.text(node, "docstatus"), "docstatus");
        return switch (status) {
            case "0" -> DocStatus.DRAFT;
            case "1" -> DocStatus.SUBMITTED;
            case "2" -> DocStatus.CANCELLED;
            default -> throw new UnreadableAnswer("a docstatus that isn't 0, 1 or 2");
        };
    }
}
