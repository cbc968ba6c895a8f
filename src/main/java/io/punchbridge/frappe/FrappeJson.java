package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.UserId;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our records in Frappe's JSON, and back. */
final class FrappeJson {
    static final String CHECKIN = "Employee Checkin";
    static final String EMPLOYEE = "Employee";

    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final List<String> CHECKIN_FIELDS =
            List.of("name", "employee", "employee_name", "time", "log_type", "device_id", "creation");
    private static final List<String> NEIGHBOUR_FIELDS = List.of("name", "employee", "time", "log_type", "device_id");
    private static final List<String> EMPLOYEE_FIELDS =
            List.of("name", "employee_name", "attendance_device_id", "status", "relieving_date", "modified");

    private FrappeJson() {}

    static byte[] insert(Checkin checkin) {
        return bytes(CheckinJson.write(MAPPER.createObjectNode(), checkin));
    }

    static byte[] insertMany(List<Checkin> checkins) {
        ObjectNode body = MAPPER.createObjectNode();
        ArrayNode docs = body.putArray("docs");
        checkins.forEach(checkin -> CheckinJson.write(docs.addObject().put("doctype", CHECKIN), checkin));
        return bytes(body);
    }

    static byte[] time(LocalDateTime time) {
        return bytes(MAPPER.createObjectNode().put("time", SECONDS.format(time)));
    }

    static byte[] rowsByName(Collection<String> names) {
        ObjectNode body = list(CHECKIN, CHECKIN_FIELDS, "name asc", 0);
        in(body.putArray("filters"), "name", names);
        return bytes(body);
    }

    static byte[] rowsWithKeys(Collection<String> keys) {
        List<String> fields = new ArrayList<>(CHECKIN_FIELDS);
        fields.add(CheckinField.PUNCH_KEY.fieldName());
        ObjectNode body = list(CHECKIN, fields, "name asc", 0);
        in(body.putArray("filters"), CheckinField.PUNCH_KEY.fieldName(), keys);
        return bytes(body);
    }

    /** One row that shows these fields, if there is any row. */
    static byte[] anyWith(List<String> fields) {
        return bytes(list(CHECKIN, fields, "name desc", 1));
    }

    /** Asks for every row of these employees at these times; more rows than are meant, but one index serves them. */
    static byte[] rowsLike(Collection<Checkin> checkins) {
        ObjectNode body = list(CHECKIN, CHECKIN_FIELDS, "time asc", 0);
        ArrayNode filters = body.putArray("filters");
        in(
                filters,
                "employee",
                checkins.stream().map(Checkin::employee).distinct().toList());
        in(
                filters,
                "time",
                checkins.stream()
                        .map(Checkin::time)
                        .distinct()
                        .map(SECONDS::format)
                        .toList());
        return bytes(body);
    }

    /** By comparisons, since {@code between} adds a day to its end on older versions of Frappe. */
    static byte[] rowsBetween(Collection<String> employees, LocalDateTime from, LocalDateTime until, int most) {
        ObjectNode body = list(CHECKIN, NEIGHBOUR_FIELDS, "time asc", most);
        ArrayNode filters = body.putArray("filters");
        in(filters, "employee", employees);
        filters.addArray().add("time").add(">=").add(SECONDS.format(from));
        filters.addArray().add("time").add("<").add(SECONDS.format(until));
        return bytes(body);
    }

    static byte[] employees(@Nullable LocalDateTime modifiedSince, int offset, int pageSize) {
        ObjectNode body = list(EMPLOYEE, EMPLOYEE_FIELDS, "name asc", pageSize);
        body.put("limit_start", offset);
        if (modifiedSince != null) {
            body.putArray("filters").addArray().add("modified").add(">=").add(MICROSECONDS.format(modifiedSince));
        }
        return bytes(body);
    }

    static byte[] employees(EmployeeFilter filter, int offset, int pageSize) {
        ObjectNode body = list(EMPLOYEE, EMPLOYEE_FIELDS, "name asc", pageSize);
        body.put("limit_start", offset).set("filters", filter.conditions());
        return bytes(body);
    }

    static ObjectNode list(String doctype, List<String> fields, String order, int pageSize) {
        ObjectNode body = MAPPER.createObjectNode().put("doctype", doctype);
        ArrayNode wanted = body.putArray("fields");
        fields.forEach(wanted::add);
        return body.put("order_by", order).put("limit_page_length", pageSize);
    }

    static void in(ArrayNode filters, String field, Collection<String> values) {
        ArrayNode list = filters.addArray().add(field).add("in").addArray();
        values.forEach(list::add);
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", impossible);
        }
    }

    /** @throws UnreadableAnswer if it isn't a row */
    static CheckinRow row(JsonNode node) {
        return new CheckinRow(
                JsonFields.name(node),
                JsonFields.text(node, "employee"),
                JsonFields.text(node, "employee_name"),
                JsonFields.wallTime(node, "time"),
                JsonFields.logType(node),
                JsonFields.text(node, "device_id"),
                JsonFields.wallTime(node, "creation"));
    }

    static List<CheckinRow> rows(JsonNode list) {
        List<CheckinRow> rows = new ArrayList<>();
        for (JsonNode node : JsonFields.array(list)) {
            rows.add(row(node));
        }
        return List.copyOf(rows);
    }

    /** Leaves out rows that say nothing of whose or when they are: they stand near nothing. */
    static List<Neighbour> neighbours(JsonNode list) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode node : JsonFields.array(list)) {
            String employee = JsonFields.text(node, "employee");
            LocalDateTime time = JsonFields.wallTime(node, "time");
            if (employee != null && time != null) {
                String logType = JsonFields.text(node, "log_type");
                neighbours.add(new Neighbour(
                        JsonFields.name(node),
                        employee,
                        time,
                        logType == null ? "" : logType,
                        JsonFields.text(node, "device_id")));
            }
        }
        return List.copyOf(neighbours);
    }

    /** @throws UnreadableAnswer if there aren't exactly so many names */
    static List<String> names(JsonNode list, int count) {
        List<String> names = new ArrayList<>();
        for (JsonNode node : JsonFields.array(list)) {
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw new UnreadableAnswer("a name that isn't a text");
            }
            names.add(node.textValue());
        }
        if (names.size() != count || names.stream().distinct().count() != count) {
            throw new UnreadableAnswer(names.size() + " names for " + count + " documents");
        }
        return List.copyOf(names);
    }

    static EmployeePage employeePage(JsonNode list, int pageSize) {
        List<Employee> employees = new ArrayList<>();
        List<WithoutDeviceId> withoutDeviceId = new ArrayList<>();
        LocalDateTime newest = null;
        for (JsonNode node : JsonFields.array(list)) {
            String deviceId = JsonFields.text(node, "attendance_device_id");
            if (deviceId == null) {
                withoutDeviceId.add(new WithoutDeviceId(JsonFields.name(node), employeeName(node), status(node)));
            } else {
                employees.add(employee(node, new UserId(deviceId)));
            }
            LocalDateTime modified = JsonFields.wallTime(node, "modified");
            if (modified != null && (newest == null || modified.isAfter(newest))) {
                newest = modified;
            }
        }
        return new EmployeePage(
                List.copyOf(employees), List.copyOf(withoutDeviceId), list.size(), list.size() < pageSize, newest);
    }

    private static Employee employee(JsonNode node, UserId userId) {
        return new Employee(
                JsonFields.name(node),
                employeeName(node),
                userId,
                status(node),
                JsonFields.date(node, "relieving_date"));
    }

    private static String employeeName(JsonNode node) {
        String employeeName = JsonFields.text(node, "employee_name");
        return employeeName == null ? JsonFields.name(node) : employeeName;
    }

    private static String status(JsonNode node) {
        return node.path("status").asText("");
    }

    /** Whether every row shows these fields; Frappe leaves out, without a word, those that the user may not read. */
    static boolean allShow(JsonNode list, String... fields) {
        for (JsonNode node : list) {
            for (String field : fields) {
                if (!node.has(field)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Leaves out rows with a value that the site has added to the field's choice: they equal nothing of ours. */
    static JsonNode withoutOwnLogTypes(JsonNode list) {
        ArrayNode kept = MAPPER.createArrayNode();
        for (JsonNode node : list) {
            String value = JsonFields.text(node, "log_type");
            if (value == null || value.equals("IN") || value.equals("OUT")) {
                kept.add(node);
            }
        }
        return kept;
    }

    /** A 200 that doesn't say what such a 200 says. Never leaves this package. */
    static final class UnreadableAnswer extends RuntimeException {
        UnreadableAnswer(String what) {
            super(what);
        }

        UnreadableAnswer(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
