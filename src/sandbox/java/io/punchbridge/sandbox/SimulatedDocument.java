package io.punchbridge.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A document of a kind of which the simulated site knows no rules; a field that it doesn't hold is NULL. */
record SimulatedDocument(String name, Map<String, Object> values) implements Columns {

    @Override
    public @Nullable Object value(String column) {
        return column.equals("name") ? name : values.get(column);
    }

    String text(String column) {
        return Objects.toString(values.get(column), "");
    }

    SimulatedDocument with(String column, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(column, value);
        return new SimulatedDocument(name, changed);
    }
}
