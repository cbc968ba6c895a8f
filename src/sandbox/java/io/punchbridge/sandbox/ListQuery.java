package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code frappe.get_list} over one table: fields, filters, or_filters, group_by one column, order_by, limit_start,
 * limit_page_length.
 */
final class ListQuery {
    private static final int DEFAULT_PAGE = 20;

    private final Collection<String> columns;
    private final JsonNode arguments;
    private final String defaultOrder;
    private final Predicate<String> isShown;

    ListQuery(Collection<String> columns, JsonNode arguments) {
        this(columns, arguments, "name", column -> true);
    }

    /**
     * @param isShown whether the caller may see a column; another is left out of the rows without a word
     */
    ListQuery(Collection<String> columns, JsonNode arguments, String defaultOrder, Predicate<String> isShown) {
        this.columns = columns;
        this.arguments = arguments;
        this.defaultOrder = defaultOrder;
        this.isShown = isShown;
    }

    /** The rows asked for, in the table's own order if none is asked for. */
    ArrayNode list(Collection<? extends Columns> table) {
        List<String> fields = fields().stream().filter(isShown).toList();
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        Stream<? extends Columns> page =
                groups(table.stream().filter(predicate())).sorted(order());
        long start = number("limit_start", 0);
        long length = number(arguments.has("limit_page_length") ? "limit_page_length" : "limit", DEFAULT_PAGE);
        page = page.skip(start);
        if (length > 0) {
            page = page.limit(length);
        }
        page.forEach(row -> {
            ObjectNode json = rows.addObject();
            fields.forEach(field -> json.set(field, row.json(field)));
        });
        return rows;
    }

    /** The first row of each group; groups are what the collation takes for equal. */
    private Stream<? extends Columns> groups(Stream<? extends Columns> rows) {
        String column = arguments.path("group_by").asText("").replaceAll(".*\\.|`", "");
        if (column.isBlank()) {
            return rows;
        }
        if (!columns.contains(column)) {
            throw Filters.unknownColumn(column, "GROUP BY");
        }
        TreeMap<Columns, Columns> groups = new TreeMap<>(by(column));
        rows.forEach(row -> groups.putIfAbsent(row, row));
        return groups.values().stream();
    }

    long count(Collection<? extends Columns> table) {
        return table.stream().filter(predicate()).count();
    }

    Filters filters() {
        return Filters.allOf(columns, Json.parsed(arguments.path("filters")));
    }

    private Predicate<Columns> predicate() {
        Predicate<Columns> all = filters();
        JsonNode alternatives = Json.parsed(arguments.path("or_filters"));
        return alternatives.isEmpty() ? all : all.and(Filters.anyOf(columns, alternatives));
    }

    private List<String> fields() {
        JsonNode sent = arguments.path("fields");
        if (sent instanceof MissingNode) {
            sent = arguments.path("fieldname");
        }
        List<String> names = new ArrayList<>();
        if (sent.isTextual() && !sent.textValue().startsWith("[")) {
            Arrays.stream(sent.textValue().split(",", -1)).map(String::strip).forEach(names::add);
        } else {
            Json.parsed(sent).forEach(field -> names.add(field.asText()));
        }
        if (names.isEmpty()) {
            return List.of("name");
        }
        if (names.contains("*")) {
            return List.copyOf(columns);
        }
        for (String name : names) {
            if (!columns.contains(name)) {
                throw FrappeError.thrown(417, "DataError", "Field not permitted in query: " + name);
            }
        }
        return names;
    }

    private Comparator<Columns> order() {
        String asked = arguments.path("order_by").asText("");
        String sent = asked.isBlank() ? defaultOrder : asked;
        Comparator<Columns> order = null;
        for (String part : sent.split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            String column = words[0].replaceAll(".*\\.|`", "");
            Comparator<Columns> next = by(column);
            if (words.length > 1 && words[1].equalsIgnoreCase("desc")) {
                next = next.reversed();
            }
            order = order == null ? next : order.thenComparing(next);
        }
        return order == null ? by("name") : order;
    }

    private Comparator<Columns> by(String column) {
        if (!columns.contains(column)) {
            throw Filters.unknownColumn(column, "ORDER BY");
        }
        return (left, right) -> Filters.compare(left.value(column), right.value(column));
    }

    private long number(String argument, long otherwise) {
        return arguments.path(argument).asLong(otherwise);
    }
}
