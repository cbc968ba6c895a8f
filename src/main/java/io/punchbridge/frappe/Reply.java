package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer as it came.
 *
 * @param json the body, where it is a JSON object; whatever the content type says
 */
record Reply(
        int status,
        Map<String, String> headers,
        String body,
        @Nullable JsonNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Reply of(int status, Map<String, String> headers, String body) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new Reply(status, anyCase, body, jsonObject(body));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isHtml() {
        String start = body.stripLeading().toLowerCase(Locale.ROOT);
        return header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html")
                || start.startsWith("<!doctype html")
                || start.startsWith("<html");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The {@code Date} of whoever answered; empty where it has none that can be read. */
    Optional<Instant> date() {
        try {
            return header("Date")
                    .map(date -> ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** HTTP has each cache that answers say how old the answer is. */
    boolean isFromACache() {
        return header("Age").isPresent();
    }

    private static @Nullable JsonNode jsonObject(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException cutOff) {
            return null;
        }
    }
}
