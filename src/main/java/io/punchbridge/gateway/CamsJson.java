package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.UserId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields as the gateway spells them: names in any case, numbers as texts and texts as numbers. */
final class CamsJson {
    /** Longest text that Frappe keeps in a Data field; a longer id is no id. */
    static final int LONGEST_ID = 140;

    private CamsJson() {}

    /** Field by name in any case and spelling of "ID", or null. */
    static @Nullable JsonNode field(ObjectNode node, String name) {
        JsonNode exact = node.get(name);
        if (exact != null) {
            return exact;
        }
        String folded = fold(name);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (foldsTo(field.getKey(), folded)) {
                return field.getValue();
            }
        }
        return null;
    }

    /** {@code fold(key).equals(folded)} without garbage: a hostile body has tens of thousands of keys. */
    static boolean foldsTo(String key, String folded) {
        int matched = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_') {
                continue;
            }
            if (matched == folded.length() || Character.toLowerCase(c) != folded.charAt(matched)) {
                return false;
            }
            matched++;
        }
        return matched == folded.length();
    }

    /** A non-blank text, trimmed; numbers and booleans as the text they would be; null for anything else. */
    static @Nullable String text(ObjectNode node, String name) {
        JsonNode value = field(node, name);
        if (value == null || value.isNull() || value.isContainerNode()) {
            return null;
        }
        if (value.isFloatingPointNumber()) {
            return number(value.doubleValue());
        }
        String text = clean(value.asText()).strip();
        return text.isEmpty() ? null : text;
    }

    /** {@code 12.0} is 12: a sender's JSON library, not a different id. */
    static @Nullable String number(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    static boolean isEmpty(JsonNode value) {
        return value.isTextual() && value.textValue().isBlank();
    }

    static String fold(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    static @Nullable String cut(@Nullable String text) {
        // Cleaned once more, because the cut may go through the middle of a surrogate pair.
        return text == null || text.length() <= LONGEST_ID ? text : clean(text.substring(0, LONGEST_ID));
    }

    static String write(JsonNode node) {
        return clean(node.toString());
    }

    /** No database keeps NUL or half of a surrogate pair in a text: they would turn a bad byte into a stalled queue. */
    static String clean(String text) {
        boolean dirty = false;
        for (int i = 0; i < text.length() && !dirty; i++) {
            char c = text.charAt(i);
            dirty = c == 0 || Character.isSurrogate(c);
        }
        if (!dirty) {
            return text;
        }
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString();
    }

    /** A user id that Frappe could hold, or null. */
    static @Nullable UserId userId(ObjectNode node) {
        String text = text(node, "UserID");
        return text == null || text.length() > LONGEST_ID ? null : new UserId(text);
    }

    /** A count, sent as a number or as a text; null where there is none. */
    static @Nullable Integer count(ObjectNode node, String name) {
        String text = text(node, name);
        return text == null || !text.matches("\\d{1,9}") ? null : Integer.valueOf(text);
    }
}
