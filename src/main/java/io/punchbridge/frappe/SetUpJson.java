package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.frappe.SetUpSite.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a look at the set-up asks in Frappe's JSON, and what it reads there. */
final class SetUpJson {
    static final String CUSTOM_FIELD = "Custom Field";

    private static final ObjectMapper MAPPER = new ObjectMapper();

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

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new UnreadableAnswer("a document without " + field);
        }
        return text;
    }
}
