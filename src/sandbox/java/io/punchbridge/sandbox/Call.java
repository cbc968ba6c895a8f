package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came in. Header names are in lower case, the path is decoded. */
record Call(String method, String path, @Nullable String query, Map<String, String> headers, String body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean wantsHtml() {
        return header("accept").startsWith("text/html");
    }

    /** French where the request asks for it, or the site speaks it and the request doesn't say. */
    boolean isFrench(String siteLanguage) {
        String wanted = headers.getOrDefault("accept-language", siteLanguage);
        return wanted.toLowerCase(Locale.ROOT).startsWith("fr");
    }

    private boolean isForm() {
        return header("content-type").startsWith("application/x-www-form-urlencoded");
    }

    private boolean isJson() {
        return header("content-type").startsWith(Reply.JSON);
    }

    /** Arguments of a method: with a JSON body Frappe forgets the query, and a body of no known type it ignores. */
    ObjectNode arguments() {
        if (isJson() && !body.isBlank()) {
            return Json.read(body) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        }
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        readPairs(query, arguments);
        if (isForm()) {
            readPairs(body, arguments);
        }
        return arguments;
    }

    /** A document to write: JSON whatever the type says, unless it is a form. */
    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (isForm()) {
            readPairs(body, document);
            return document;
        }
        if (body.isBlank()) {
            return document;
        }
        if (Json.read(body) instanceof ObjectNode object) {
            return object;
        }
        throw FrappeError.crash("TypeError", "pop expected at most 1 argument, got 2");
    }

    private static void readPairs(@Nullable String pairs, ObjectNode into) {
        if (pairs == null || pairs.isEmpty()) {
            return;
        }
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            into.put(decoded(name), decoded(value));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
