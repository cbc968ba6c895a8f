package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Custom Field of Employee Checkin, as a row. */
record CheckinField(String fieldName, String label, String fieldType, boolean unique) implements Columns {
    static final List<String> COLUMNS =
            List.of("name", "dt", "fieldname", "label", "fieldtype", "insert_after", "unique");

    /** The field that holds the unique key of a punch. */
    static final CheckinField PUNCH_KEY = new CheckinField(SimulatedCheckin.KEY_COLUMN, "CAMS Punch Key", "Data", true);

    private static final Set<String> LIMITED = Set.of("Data", "Select", "Link");

    private static final List<String> FIELDS = List.of(
            "is_system_generated",
            "dt",
            "label",
            "fieldname",
            "insert_after",
            "length",
            "fieldtype",
            "precision",
            "hide_seconds",
            "hide_days",
            "sort_options",
            "fetch_if_empty",
            "collapsible",
            "non_negative",
            "reqd",
            "unique",
            "is_virtual",
            "read_only",
            "ignore_user_permissions",
            "hidden",
            "print_hide",
            "print_hide_if_no_value",
            "no_copy",
            "allow_on_submit",
            "in_list_view",
            "in_standard_filter",
            "in_global_search",
            "in_preview",
            "bold",
            "report_hide",
            "search_index",
            "allow_in_quick_entry",
            "ignore_xss_filter",
            "translatable",
            "hide_border",
            "show_dashboard",
            "permlevel",
            "columns");

    static CheckinField of(ObjectNode document) {
        String fieldName = document.path("fieldname").asText();
        return new CheckinField(
                fieldName,
                document.path("label").asText(fieldName),
                document.path("fieldtype").asText("Data"),
                document.path("unique").asInt() != 0);
    }

    String name() {
        return CheckinWriter.DOC_TYPE + "-" + fieldName;
    }

    /** Whether MariaDB keeps at most 140 characters of it. */
    boolean isLimited() {
        return LIMITED.contains(fieldType);
    }

    /** What a row keeps of a value that was sent. Numbers are never NULL in Frappe's tables; an empty unique text is. */
    @Nullable Object kept(JsonNode sent) {
        boolean nothing = sent.isMissingNode() || sent.isNull();
        return switch (fieldType) {
            case "Float", "Currency", "Percent" -> nothing ? 0.0 : sent.asDouble();
            case "Int", "Check" -> nothing ? 0 : sent.asInt();
            case "Datetime" ->
                (nothing || sent.asText().isEmpty())
                        ? null
                        : FrappeTime.of(sent).wall();
            default -> nothing || (unique && sent.asText().isEmpty()) ? null : sent.asText();
        };
    }

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name" -> name();
            case "dt" -> CheckinWriter.DOC_TYPE;
            case "fieldname" -> fieldName;
            case "label" -> label;
            case "fieldtype" -> fieldType;
            case "insert_after" -> "device_id";
            case "unique" -> unique ? 1 : 0;
            default -> null;
        };
    }

    /** As Frappe echoes it when it has been created. */
    static ObjectNode created(ObjectNode document, String user, String now) {
        ObjectNode echo = document.objectNode()
                .put("name", CheckinField.of(document).name())
                .put("owner", user)
                .put("creation", now)
                .put("modified", now)
                .put("modified_by", user)
                .put("docstatus", 0)
                .put("idx", 7);
        for (String field : FIELDS) {
            JsonNode otherwise = field.equals("precision") ? document.textNode("") : document.numberNode(0);
            echo.set(field, document.has(field) ? document.get(field) : otherwise);
        }
        return echo.put("doctype", FrappeTables.CUSTOM_FIELD);
    }
}
