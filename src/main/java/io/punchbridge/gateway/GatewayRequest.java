package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.UserId;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a device is asked, before it gets token and time. Made by its factories alone, none of which writes a user's id
 * anywhere but inside an object: {@code "User":"All"}, which deletes every user, can't be said.
 */
final class GatewayRequest {
    private static final String ALL = "all";

    private final String operation;
    private final ObjectNode content;

    private GatewayRequest(String operation, ObjectNode content) {
        this.operation = operation;
        this.content = content;
    }

    /** In CAMS' words, as the record of calls and the metrics have it. */
    String operation() {
        return operation;
    }

    /** The times are written in the device's zone: whole seconds, so that an end within a second is moved up to the next. */
    static GatewayRequest loadLog(Instant from, Instant until, ZoneId zone, @Nullable String offset) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        Instant second = until.truncatedTo(ChronoUnit.SECONDS);
        Instant end = until.equals(second) ? until : second.plusSeconds(1);
        ObjectNode filter = content.putObject("Load")
                .putObject("PunchLog")
                .putObject("Filter")
                .put("StartTime", DeviceTime.format(from, zone))
                .put("EndTime", DeviceTime.format(end, zone));
        if (offset != null) {
            filter.put("OffSet", offset);
        }
        return new GatewayRequest("Load.PunchLog", content);
    }

    static GatewayRequest deviceInformation() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject("Load").put("DeviceInformation", "All");
        return new GatewayRequest("Load.DeviceInformation", content);
    }

    static GatewayRequest loadUsers() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject("Load").putArray("UserInfo");
        return new GatewayRequest("Load.UserInfo", content);
    }

    static GatewayRequest putUser(DeviceUser user) {
        return new GatewayRequest(UserRequests.ADD, UserRequests.put(user));
    }

    /** @throws IllegalArgumentException if the id {@link #readsAsAll} */
    static GatewayRequest deleteUser(UserId user) {
        return new GatewayRequest(UserRequests.DELETE, UserRequests.delete(user));
    }

    /**
     * Whether an id reads as the gateway's word for every user. Its JSON is ours, what it makes of it isn't: such an id
     * is never sent. Looks through case, blanks, invisible and look-alike wide characters.
     */
    static boolean readsAsAll(UserId user) {
        String letters =
                Normalizer.normalize(user.value(), Normalizer.Form.NFKC).replaceAll("[^\\p{L}\\p{N}]", "");
        return letters.equalsIgnoreCase(ALL);
    }

    /** The whole body as JSON. */
    String body(String operationId, String authToken, Instant now) {
        ObjectNode body = content.deepCopy();
        body.put("OperationID", operationId)
                .put("AuthToken", authToken)
                .put("Time", DeviceTime.format(now, ZoneOffset.UTC));
        refuseToDeleteAll(body);
        return body.toString();
    }

    /** A last look at what is really sent, whoever changes the factories. */
    private static void refuseToDeleteAll(ObjectNode body) {
        JsonNode delete = body.path("Delete");
        JsonNode user = delete.path("User");
        if (!delete.isMissingNode() && !(user.isObject() && user.path("UserID").isTextual())) {
            throw new IllegalStateException("a request to delete that names no single user");
        }
    }
}
