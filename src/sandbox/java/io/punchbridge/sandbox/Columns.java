package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A database row, read by column name. */
interface Columns {
    /** A String, Integer, Double, LocalDate, LocalDateTime, or null for NULL. */
    @Nullable Object value(String column);

    default JsonNode json(String column) {
        Object value = value(column);
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        } else if (value instanceof Integer number) {
            return json.numberNode(number);
        } else if (value instanceof Double number) {
            return json.numberNode(number);
        } else if (value instanceof LocalDateTime wall) {
            boolean stamp = column.equals("creation") || column.equals("modified");
            return json.textNode(stamp ? FrappeTime.micros(wall) : FrappeTime.seconds(wall));
        }
        return json.textNode(value.toString());
    }
}
