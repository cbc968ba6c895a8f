package io.punchbridge.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.UserId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stored event says of a user of a device.
 *
 * @param name first and last name in one; null if the event names none
 * @param admin whether the user administers the device; null if the event doesn't say, as after an enrolment
 */
public record UserChange(
        UserId user,
        boolean deleted,
        @Nullable String name,
        @Nullable Boolean admin) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Empty for an event that is about something else, or that names no user. Never throws, whatever the content. */
    public static Optional<UserChange> of(DeviceEvent event) {
        UserId user = event.user();
        String operation = event.operation().replace("_", "").toLowerCase(Locale.ROOT);
        if (user == null || !(operation.equals("userupdated") || operation.equals("userdeleted"))) {
            return Optional.empty();
        }
        if (operation.equals("userdeleted")) {
            return Optional.of(new UserChange(user, true, null, null));
        }
        JsonNode content = read(event.content());
        return Optional.of(new UserChange(user, false, name(content), admin(content)));
    }

    private static JsonNode read(String content) {
        try {
            return MAPPER.readTree(content);
        } catch (JsonProcessingException cutOff) {
            return MAPPER.missingNode();
        }
    }

    private static @Nullable String name(JsonNode content) {
        String name = (text(content, "firstname") + " " + text(content, "lastname")).strip();
        return name.isEmpty() ? null : name;
    }

    private static @Nullable Boolean admin(JsonNode content) {
        String type = text(content, "usertype").toLowerCase(Locale.ROOT);
        if (type.contains("admin")) {
            return true;
        }
        return type.equals("user") ? false : null;
    }

    private static String text(JsonNode content, String name) {
        return content.properties().stream()
                .filter(field -> field.getKey().replace("_", "").equalsIgnoreCase(name))
                .map(field -> field.getValue())
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(value -> value.asText().strip())
                .filter(text -> !text.equals(Redactor.REMOVED))
                .findFirst()
                .orElse("");
    }
}
