package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What an answer says, wherever Frappe, or something before it, has put it. */
final class FrappeWords {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FrappeWords() {}

    /** All of it; never empty. */
    static String words(Reply reply) {
        JsonNode json = reply.json();
        String said = json == null ? pageWords(reply) : jsonWords(reply, json);
        return said.isEmpty() ? "HTTP " + reply.status() + " without a word" : said;
    }

    private static String jsonWords(Reply reply, JsonNode json) {
        Set<String> messages = serverMessages(json);
        String said = messages.isEmpty()
                ? firstError(reply, "message")
                        .or(() -> field(reply, "_error_message"))
                        .or(() -> field(reply, "exception"))
                        .or(() -> field(reply, "message"))
                        .or(() -> field(reply, "exc_type"))
                        .orElse("")
                : String.join("; ", messages);
        return PlainText.of(said);
    }

    private static String pageWords(Reply reply) {
        if (reply.status() >= 300 && reply.status() < 400) {
            return redirect(reply);
        }
        return reply.isHtml() ? PlainText.ofPage(reply.body()) : PlainText.of(reply.body());
    }

    private static String redirect(Reply reply) {
        return reply.header("Location")
                .flatMap(FrappeWords::origin)
                .map(origin -> "The site sends us on to " + origin + "; set punchbridge.frappe.url to " + origin
                        + " if that is the site")
                .orElse("The site sends us on to another page; punchbridge.frappe.url must be the address that answers"
                        + " by itself");
    }

    /** Scheme and host only: the rest may carry a token. */
    private static Optional<String> origin(String location) {
        try {
            URI uri = URI.create(location.strip());
            return uri.getScheme() == null || uri.getHost() == null
                    ? Optional.empty()
                    : Optional.of(
                            uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** {@code _server_messages} is a JSON string that holds a list of JSON strings. */
    static Set<String> serverMessages(JsonNode json) {
        Set<String> messages = new LinkedHashSet<>();
        for (JsonNode entry : inner(json.path("_server_messages"))) {
            JsonNode message = inner(entry);
            String text = message.isObject() ? message.path("message").asText("") : entry.asText("");
            if (!text.isBlank()) {
                messages.add(text);
            }
        }
        return messages;
    }

    /** JSON inside a JSON string; the node itself where there is none. */
    private static JsonNode inner(JsonNode node) {
        if (!node.isTextual()) {
            return node;
        }
        try {
            return MAPPER.readTree(node.textValue());
        } catch (JsonProcessingException plainText) {
            return node;
        }
    }

    static Optional<String> field(Reply reply, String name) {
        JsonNode json = reply.json();
        return json == null ? Optional.empty() : text(json.path(name));
    }

    /** API v2 lists its errors; v1 never does. */
    static Optional<String> firstError(Reply reply, String name) {
        JsonNode json = reply.json();
        return json == null
                ? Optional.empty()
                : text(json.path("errors").path(0).path(name));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
