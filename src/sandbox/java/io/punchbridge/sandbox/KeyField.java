package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Custom Field that holds the unique key of a punch, as a row. */
final class KeyField implements Columns {
    static final String NAME = CheckinWriter.DOC_TYPE + "-" + SimulatedCheckin.KEY_COLUMN;
    static final List<String> COLUMNS = List.of("name", "dt", "fieldname", "label", "fieldtype", "unique");

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

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name" -> NAME;
            case "dt" -> CheckinWriter.DOC_TYPE;
            case "fieldname" -> SimulatedCheckin.KEY_COLUMN;
            case "label" -> "CAMS Punch Key";
            case "fieldtype" -> "Data";
            case "unique" -> 1;
            default -> null;
        };
    }

    /** As Frappe echoes it when it has been created. */
    static ObjectNode created(ObjectNode document, String user, String now) {
        ObjectNode echo = document.objectNode()
                .put("name", NAME)
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
