package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Frappe's filters, compared as MariaDB's default collation does: case and trailing blanks don't count. */
final class Filters implements Predicate<Columns> {
    private final List<Condition> conditions;
    private final boolean all;

    private Filters(List<Condition> conditions, boolean all) {
        this.conditions = conditions;
        this.all = all;
    }

    static Filters allOf(Collection<String> columns, JsonNode sent) {
        return new Filters(conditions(columns, sent), true);
    }

    static Filters anyOf(Collection<String> columns, JsonNode sent) {
        return new Filters(conditions(columns, sent), false);
    }

    @Override
    public boolean test(Columns row) {
        return all
                ? conditions.stream().allMatch(condition -> condition.test(row))
                : conditions.stream().anyMatch(condition -> condition.test(row));
    }

    /** The values that a column must have by an equality or a list, if there is such a condition. */
    Optional<List<String>> exactly(String column) {
        return conditions.stream()
                .filter(condition -> condition.column.equals(column))
                .filter(condition -> condition.operator.equals("=") || condition.operator.equals("in"))
                .map(condition -> condition.values)
                .findFirst();
    }

    /** Both inclusive; every row that passes lies within. */
    record Span(LocalDateTime first, LocalDateTime last) {}

    /** Between which times a column must lie by comparisons, if there is such a condition. */
    Optional<Span> span(String column) {
        LocalDateTime first = LocalDateTime.MIN;
        LocalDateTime last = LocalDateTime.MAX;
        for (Condition condition : conditions) {
            if (condition.column.equals(column)) {
                LocalDateTime from = condition.earliest();
                LocalDateTime until = condition.latest();
                first = from != null && from.isAfter(first) ? from : first;
                last = until != null && until.isBefore(last) ? until : last;
            }
        }
        boolean bounded = all && (first.isAfter(LocalDateTime.MIN) || last.isBefore(LocalDateTime.MAX));
        return bounded ? Optional.of(new Span(first, last)) : Optional.empty();
    }

    private static List<Condition> conditions(Collection<String> columns, JsonNode sent) {
        List<Condition> conditions = new ArrayList<>();
        if (sent.isObject()) {
            sent.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                conditions.add(
                        value.isArray()
                                ? new Condition(
                                        columns, entry.getKey(), value.path(0).asText(), value.path(1))
                                : new Condition(columns, entry.getKey(), "=", value));
            });
        } else if (sent.path(0).isTextual()) {
            conditions.add(condition(columns, sent));
        } else {
            sent.forEach(filter -> conditions.add(condition(columns, filter)));
        }
        return conditions;
    }

    private static Condition condition(Collection<String> columns, JsonNode filter) {
        return switch (filter.size()) {
            case 2 -> new Condition(columns, filter.get(0).asText(), "=", filter.get(1));
            case 3 ->
                new Condition(columns, filter.get(0).asText(), filter.get(1).asText(), filter.get(2));
            default ->
                new Condition(columns, filter.path(1).asText(), filter.path(2).asText(), filter.path(3));
        };
    }

    static FrappeError unknownColumn(String column, String clause) {
        return FrappeError.crash(
                "pymysql.err.OperationalError", "(1054, \"Unknown column '" + column + "' in '" + clause + "'\")");
    }

    /** NULL first, as MariaDB sorts it. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        if (left instanceof LocalDateTime wall && right instanceof LocalDateTime otherWall) {
            return wall.compareTo(otherWall);
        }
        if (left instanceof Number number && right instanceof Number otherNumber) {
            return Double.compare(number.doubleValue(), otherNumber.doubleValue());
        }
        return canonical(left.toString()).compareTo(canonical(right.toString()));
    }

    private static String canonical(String text) {
        return text.stripTrailing().toLowerCase(Locale.ROOT);
    }

    private static final class Condition implements Predicate<Columns> {
        private final String column;
        private final String operator;
        private final List<String> values;
        private final Set<String> canonicalValues;

        Condition(Collection<String> columns, String column, String operator, JsonNode value) {
            if (!columns.contains(column)) {
                throw unknownColumn(column, "WHERE");
            }
            this.column = column;
            this.operator = operator.strip().toLowerCase(Locale.ROOT);
            this.values = values(this.operator, value);
            this.canonicalValues = values.stream().map(Filters::canonical).collect(Collectors.toUnmodifiableSet());
        }

        private @Nullable LocalDateTime earliest() {
            return switch (operator) {
                case ">", ">=", "between" -> FrappeTime.lenient(values.get(0));
                default -> null;
            };
        }

        private @Nullable LocalDateTime latest() {
            return switch (operator) {
                case "<", "<=" -> FrappeTime.lenient(values.get(0));
                case "between" -> FrappeTime.lenient(endOfDay(values.get(1)));
                default -> null;
            };
        }

        private static List<String> values(String operator, JsonNode value) {
            if (value.isArray()) {
                List<String> values = new ArrayList<>();
                value.forEach(each -> values.add(each.asText()));
                return values;
            }
            boolean list = operator.equals("in") || operator.equals("not in") || operator.equals("between");
            return list
                    ? Arrays.stream(value.asText().split(",", -1))
                            .map(String::strip)
                            .toList()
                    : List.of(value.isNull() ? "" : value.asText());
        }

        @Override
        public boolean test(Columns row) {
            Object value = row.value(column);
            return switch (operator) {
                case "=" -> value != null && matches(value, values.get(0));
                case "!=" -> !matches(orEmpty(value), values.get(0));
                case "in" -> value != null && isOneOf(value);
                case "not in" -> values.stream().noneMatch(each -> matches(orEmpty(value), each));
                case ">" -> value != null && order(value, values.get(0)) > 0;
                case ">=" -> value != null && order(value, values.get(0)) >= 0;
                case "<" -> value != null && order(value, values.get(0)) < 0;
                case "<=" -> value != null && order(value, values.get(0)) <= 0;
                case "between" ->
                    value != null && order(value, values.get(0)) >= 0 && order(value, endOfDay(values.get(1))) <= 0;
                case "is" ->
                    values.get(0).equalsIgnoreCase("set") != orEmpty(value).equals("");
                case "like" -> value != null && like(value.toString(), values.get(0));
                case "not like" -> value == null || !like(value.toString(), values.get(0));
                default -> throw FrappeError.validation("Invalid filter operator: " + operator);
            };
        }

        /** Texts by their hash: a list of hundreds is asked of thousands of rows. */
        private boolean isOneOf(Object value) {
            return value instanceof String text
                    ? canonicalValues.contains(canonical(text))
                    : values.stream().anyMatch(each -> matches(value, each));
        }

        private static Object orEmpty(@Nullable Object value) {
            return Objects.requireNonNullElse(value, "");
        }

        private static boolean matches(Object value, String wanted) {
            return order(value, wanted) == 0;
        }

        private static int order(Object value, String other) {
            if (value instanceof LocalDateTime) {
                LocalDateTime wall = FrappeTime.lenient(other);
                return wall == null ? -1 : compare(value, wall);
            }
            if (value instanceof LocalDate date) {
                return order(date.atStartOfDay(), other);
            }
            if (value instanceof Number) {
                try {
                    return compare(value, Double.valueOf(other));
                } catch (NumberFormatException noNumber) {
                    return compare(value, 0);
                }
            }
            return compare(value, other);
        }

        private static String endOfDay(String last) {
            return last.length() == 10 ? last + " 23:59:59.999999" : last;
        }

        private static boolean like(String value, String pattern) {
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                    .matcher(value)
                    .matches();
        }
    }
}
