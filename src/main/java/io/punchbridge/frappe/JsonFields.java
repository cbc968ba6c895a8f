package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import io.punchbridge.punch.LogType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of Frappe's fields, as it writes them into JSON. */
final class JsonFields {
    /** Frappe writes the time of day as Python writes a duration: without a leading zero. */
    private static final Pattern TIME_OF_DAY = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?");

    private JsonFields() {}

    static JsonNode array(JsonNode list) {
        if (!list.isArray()) {
            throw new UnreadableAnswer("no list");
        }
        return list;
    }

    static String name(JsonNode node) {
        return required(text(node, "name"), "name");
    }

    static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new UnreadableAnswer("a document without a " + field);
        }
        return value;
    }

    /** Null if missing or blank. A number is taken as it is written: custom fields may hold one. */
    static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    static @Nullable LocalDateTime wallTime(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(value.strip().replace(' ', 'T'));
        } catch (DateTimeException unreadable) {
            throw new UnreadableAnswer("a " + field + " that is no date and time", unreadable);
        }
    }

    static @Nullable LocalDate date(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            return null;
        }
        try {
            return LocalDate.parse(value.strip());
        } catch (DateTimeException unreadable) {
            throw new UnreadableAnswer("a " + field + " that is no date", unreadable);
        }
    }

    static LocalTime timeOfDay(JsonNode node, String field) {
        String value = required(text(node, field), field).strip();
        Matcher parts = TIME_OF_DAY.matcher(value);
        if (!parts.matches()) {
            throw new UnreadableAnswer("a " + field + " that is no time of day");
        }
        try {
            int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
            return LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), second);
        } catch (DateTimeException outOfRange) {
            throw new UnreadableAnswer("a " + field + " that is no time of day", outOfRange);
        }
    }

    /** 0 if missing; Frappe writes decimals as numbers or, where the database gave them so, as texts. */
    static double number(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            return 0;
        }
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException unreadable) {
            throw new UnreadableAnswer("a " + field + " that is no number", unreadable);
        }
    }

    /** A field of the type Check; false if missing. */
    static boolean flag(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? value.booleanValue() : number(node, field) != 0;
    }

    static LogType logType(JsonNode node) {
        String value = text(node, "log_type");
        if ("IN".equals(value)) {
            return LogType.IN;
        }
        return "OUT".equals(value) ? LogType.OUT : LogType.NONE;
    }

    static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        array(list).forEach(node -> names.add(name(node)));
        return List.copyOf(names);
    }

    /** Which of these fields a document doesn't show, or, of a list, any of its documents. */
    static List<String> notShown(JsonNode documents, List<String> fields) {
        List<JsonNode> all = new ArrayList<>();
        if (documents.isArray()) {
            documents.forEach(all::add);
        } else {
            all.add(documents);
        }
        return fields.stream()
                .filter(field -> all.stream().anyMatch(document -> !document.has(field)))
                .toList();
    }
}
