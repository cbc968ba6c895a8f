package io.punchbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads JSON, and complains as Python does. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (!(node instanceof MissingNode)) {
                return node;
            }
        } catch (JsonProcessingException unreadable) {
            if (text.startsWith("{")) {
                throw FrappeError.crash(
                        "json.decoder.JSONDecodeError",
                        "Expecting property name enclosed in double quotes: line 1 column " + (text.length() + 1)
                                + " (char " + text.length() + ")");
            }
        }
        throw FrappeError.crash("json.decoder.JSONDecodeError", "Expecting value: line 1 column 1 (char 0)");
    }

    /** An argument that may come as JSON or as a string of JSON; nothing becomes an empty list. */
    static JsonNode parsed(JsonNode argument) {
        if (argument.isMissingNode() || argument.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        return argument.isTextual() ? read(argument.textValue()) : argument;
    }
}
