package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of JSON what must never be stored: tokens and keys, credentials, biometric templates, photos; and health
 * data unless the configuration keeps it. By name, and whatever the name, by length: nothing that a person would read
 * is that long, while templates and pictures are.
 */
final class Redactor {
    static final String REMOVED = "[removed]";

    private static final int LONGEST_KEPT = 256;
    private static final int SHORTEST_SOUGHT = 8;
    private static final Pattern SECRET = Pattern.compile(
            "token|secret|passw|pwd|(security|api|private|access|encryption).?key|credential|authorization");
    private static final Pattern BIOMETRIC = Pattern.compile(
            "template|photo|picture|image|avatar|biometric|base64|minutiae|^(face|fingerprint|finger|palm|vein|iris|retina|card|cardno|cardnumber|pin)$");
    private static final Set<String> HEALTH = Set.of("temperature", "bodytemperature", "facemask", "mask");

    private final boolean keepHealthData;

    Redactor(boolean keepHealthData) {
        this.keepHealthData = keepHealthData;
    }

    /** Whether a text gives the token away. One so short that it could be any text is not looked for. */
    static boolean holds(String text, @Nullable String token) {
        return token != null && token.length() >= SHORTEST_SOUGHT && text.contains(token);
    }

    /** Takes the token that authenticated a callback out of all its names and texts, in place: some shapes are unknown. */
    static void removeEverywhere(JsonNode node, @Nullable String token) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (holds(field.getKey(), token)) {
                    names.add(field.getKey());
                } else if (field.getValue().isTextual()
                        && holds(field.getValue().textValue(), token)) {
                    field.setValue(JsonNodeFactory.instance.textNode(REMOVED));
                } else {
                    removeEverywhere(field.getValue(), token);
                }
            }
            if (!names.isEmpty()) {
                object.remove(names);
                object.put(REMOVED, REMOVED);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode element = array.get(i);
                if (element.isTextual() && holds(element.textValue(), token)) {
                    array.set(i, REMOVED);
                } else {
                    removeEverywhere(element, token);
                }
            }
        }
    }

    /**
     * A redacted copy of what an operation brought, which the operation's own name may forbid: an unknown one may be a bare
     * value. One that is called after templates or photos, and brings an object or a list, says of whom they are.
     */
    JsonNode redact(String operation, JsonNode content) {
        String name = operation.toLowerCase(Locale.ROOT);
        if (!isForbidden(name, content)) {
            return redact(content);
        }
        if (SECRET.matcher(name).find() || isHealth(name)) {
            return JsonNodeFactory.instance.textNode(REMOVED);
        }
        if (content instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(redact(operation, element)));
            return copy;
        }
        return content instanceof ObjectNode object ? redactObject(object) : JsonNodeFactory.instance.textNode(REMOVED);
    }

    /** A redacted copy; the original is left as it is. */
    JsonNode redact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return redactObject(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(redact(element)));
            return copy;
        }
        if (node.isTextual() && node.textValue().length() > LONGEST_KEPT) {
            return JsonNodeFactory.instance.textNode(REMOVED);
        }
        return node;
    }

    private ObjectNode redactObject(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey().length() > LONGEST_KEPT ? REMOVED : field.getKey();
            if (isForbidden(name.toLowerCase(Locale.ROOT), field.getValue())) {
                copy.put(name, REMOVED);
            } else {
                copy.set(name, redact(field.getValue()));
            }
        }
        return copy;
    }

    private boolean isForbidden(String name, JsonNode value) {
        return SECRET.matcher(name).find()
                || BIOMETRIC.matcher(name).find()
                || (name.equals("data") && value.isTextual()) // where the vendor puts templates and pictures
                || isHealth(name);
    }

    private boolean isHealth(String name) {
        return !keepHealthData && HEALTH.contains(name.replaceAll("[^a-z]", ""));
    }
}
