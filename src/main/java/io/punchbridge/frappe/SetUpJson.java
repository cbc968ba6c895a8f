package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.frappe.SetUpSite.Sight;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a look at the set-up asks in Frappe's JSON, and what it reads there. */
final class SetUpJson {
    static final String CUSTOM_FIELD = "Custom Field";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm:ss[.SSSSSS]", Locale.ROOT);

    private SetUpJson() {}

    static byte[] rolesOf(String user) {
        return bytes(MAPPER.createObjectNode().put("uid", user));
    }

    static byte[] permission(String doctype, String action) {
        return bytes(MAPPER.createObjectNode()
                .put("doctype", doctype)
                .put("docname", "")
                .put("perm_type", action));
    }

    static byte[] newestCheckin(String field) {
        ObjectNode body = list(FrappeJson.CHECKIN, "creation desc", 1);
        body.putArray("fields").add("name").add(field);
        return bytes(body);
    }

    static byte[] idHolders(int offset, int pageSize) {
        ObjectNode body = list(FrappeJson.EMPLOYEE, "name asc", pageSize).put("limit_start", offset);
        body.putArray("fields").add("name").add("status").add("attendance_device_id");
        return bytes(body);
    }

    /** All fields, since Frappe refuses a list that names one which its version doesn't have. */
    static byte[] shiftTypes() {
        ObjectNode body = list("Shift Type", "name asc", 0);
        body.putArray("fields").add("*");
        return bytes(body);
    }

    static byte[] create(CheckinField field) {
        return bytes(MAPPER.createObjectNode()
                .put("dt", FrappeJson.CHECKIN)
                .put("fieldname", field.fieldName())
                .put("label", field.label())
                .put("fieldtype", "Data")
                .put("insert_after", "device_id")
                .put("unique", field.unique() ? 1 : 0)
                .put("no_copy", 1)
                .put("read_only", 1));
    }

    private static ObjectNode list(String doctype, String order, int pageSize) {
        return MAPPER.createObjectNode()
                .put("doctype", doctype)
                .put("order_by", order)
                .put("limit_page_length", pageSize);
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", impossible);
        }
    }

    static Sight sight(JsonNode list, String field) {
        JsonNode row = list.path(0);
        if (row.isMissingNode()) {
            return Sight.NO_ROW;
        }
        return row.has(field) ? Sight.SHOWN : Sight.HIDDEN;
    }

    static Map<String, String> versions(JsonNode message) {
        Map<String, String> versions = new TreeMap<>();
        message.properties()
                .forEach(app -> versions.put(
                        app.getKey(), app.getValue().path("version").asText("")));
        if (versions.isEmpty()) {
            throw new UnreadableAnswer("no applications");
        }
        return versions;
    }

    static List<String> texts(JsonNode message) {
        if (!message.isArray()) {
            throw new UnreadableAnswer("no list");
        }
        List<String> texts = new ArrayList<>();
        message.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    static boolean permission(JsonNode message) {
        JsonNode has = message.path("has_permission");
        if (!has.isBoolean() && !has.isInt()) {
            throw new UnreadableAnswer("no permission named");
        }
        return has.asBoolean();
    }

    static boolean flag(JsonNode value) {
        return value.isTextual() ? value.textValue().strip().equals("1") : value.asBoolean();
    }

    static List<IdHolder> idHolders(JsonNode list) {
        List<IdHolder> holders = new ArrayList<>();
        for (JsonNode node : list) {
            String deviceId = node.path("attendance_device_id").asText("");
            holders.add(new IdHolder(
                    required(node, "name"),
                    node.path("status").asText("").equals("Active"),
                    deviceId.isBlank() ? null : deviceId));
        }
        return holders;
    }

    static List<ShiftType> shiftTypes(JsonNode list) {
        List<ShiftType> types = new ArrayList<>();
        list.forEach(node -> types.add(shiftType(node)));
        return List.copyOf(types);
    }

    private static ShiftType shiftType(JsonNode node) {
        return new ShiftType(
                required(node, "name"),
                flag(node.path("enable_auto_attendance")),
                parsed(node, "last_sync_of_checkin", text -> LocalDateTime.parse(text.replace(' ', 'T')))
                        .orElse(null),
                parsed(node, "process_attendance_after", LocalDate::parse).orElse(null),
                parsed(node, "start_time", SetUpJson::time).orElse(LocalTime.MIDNIGHT),
                parsed(node, "end_time", SetUpJson::time).orElse(LocalTime.MIDNIGHT),
                Duration.ofMinutes(
                        node.path("begin_check_in_before_shift_start_time").asLong()),
                Duration.ofMinutes(
                        node.path("allow_check_out_after_shift_end_time").asLong()),
                flag(node.path("auto_update_last_sync")),
                node.path("determine_check_in_and_check_out").asText("").startsWith("Strictly"),
                node.path("working_hours_calculation_based_on").asText("").startsWith("Every"),
                node.path("working_hours_threshold_for_half_day").asDouble(),
                node.path("working_hours_threshold_for_absent").asDouble(),
                grace(node, "enable_late_entry_marking", "late_entry_grace_period"),
                grace(node, "enable_early_exit_marking", "early_exit_grace_period"),
                node.path("modified").asText(""));
    }

    /** Before version 15 one switch stood for both markings. */
    private static @Nullable Integer grace(JsonNode node, String marking, String minutes) {
        JsonNode marks = node.has(marking) ? node.path(marking) : node.path("enable_entry_grace_period");
        return flag(marks) ? Integer.valueOf(node.path(minutes).asInt()) : null;
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text, CLOCK);
    }

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new UnreadableAnswer("a document without " + field);
        }
        return text;
    }

    private static <T> Optional<T> parsed(JsonNode node, String field, Function<String, T> reader) {
        String text = node.path(field).asText("").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (DateTimeException unreadable) {
            throw new UnreadableAnswer("a " + field + " that can't be read", unreadable);
        }
    }
}
