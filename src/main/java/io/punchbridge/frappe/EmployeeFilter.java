package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some of the employees, by Frappe's own filters: a list of conditions, all of which must hold, e.g.
 * {@code [["branch", "=", "Nairobi"]]}. Checked for its form; whether the site has such a field, only the site can tell.
 *
 * @param json the conditions as Frappe takes them
 */
public record EmployeeFilter(String json) {
    /** No condition. */
    public static final EmployeeFilter EVERYBODY = new EmployeeFilter("[]");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> LISTS = Set.of("in", "not in", "between");
    private static final Set<String> OPERATORS = Set.of(
            "=",
            "!=",
            ">",
            "<",
            ">=",
            "<=",
            "like",
            "not like",
            "is",
            "descendants of",
            "descendants of (inclusive)",
            "not descendants of",
            "ancestors of",
            "not ancestors of");

    /**
     * Reads a filter as a person wrote it.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong and what is wanted
     */
    public static EmployeeFilter parse(String text) {
        JsonNode read;
        try {
            read = MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw wrong("is no JSON", notJson);
        }
        if (read == null || !read.isArray()) {
            throw wrong("is no list", null);
        }
        for (JsonNode condition : read) {
            check(condition);
        }
        return read.isEmpty() ? EVERYBODY : new EmployeeFilter(read.toString());
    }

    private static void check(JsonNode condition) {
        boolean ofEmployee = condition.size() == 4 && condition.path(0).asText().equals(FrappeJson.EMPLOYEE);
        if (!condition.isArray() || !(condition.size() == 3 || ofEmployee)) {
            throw wrong("has a condition that is no list of field, operator and value", null);
        }
        int first = condition.size() - 3;
        JsonNode field = condition.get(first);
        if (!field.isTextual() || !FIELD.matcher(field.textValue()).matches()) {
            throw wrong("has a condition whose field is no field name of Employee", null);
        }
        String operator = condition.get(first + 1).asText().toLowerCase(Locale.ROOT);
        JsonNode value = condition.get(first + 2);
        if (LISTS.contains(operator)) {
            boolean scalars = value.isArray() && !value.isEmpty();
            for (JsonNode each : value) {
                scalars &= each.isValueNode() && !each.isNull();
            }
            if (!scalars) {
                throw wrong("has a condition with \"" + operator + "\" whose value is no list of values", null);
            }
        } else if (!OPERATORS.contains(operator)) {
            throw wrong("has an operator that Frappe doesn't know: \"" + operator + "\"", null);
        } else if (!value.isValueNode() || value.isNull()) {
            throw wrong("has a condition without a value", null);
        }
    }

    private static IllegalArgumentException wrong(String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                what + "; wanted is a list of conditions, e.g. [[\"branch\", \"=\", \"Nairobi\"]].", cause);
    }

    ArrayNode conditions() {
        try {
            return (ArrayNode) MAPPER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a filter is checked when it is made", impossible);
        }
    }
}
