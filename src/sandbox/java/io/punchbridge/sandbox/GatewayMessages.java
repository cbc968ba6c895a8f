package io.punchbridge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The gateway's callbacks as JSON, in the shapes that the vendor publishes. */
final class GatewayMessages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'GMT' xx");
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String NORMAL_TEMPERATURE = "36.8";

    /** A callback without the gateway's clock, which is read at each attempt. */
    interface Message {
        ObjectNode at(Instant now);
    }

    private GatewayMessages() {}

    static Message punch(SimulatedDevice device, LoggedPunch punch) {
        ObjectNode log = JsonNodeFactory.instance
                .objectNode()
                .put("Type", punch.type())
                .put("Temperature", NORMAL_TEMPERATURE)
                .put("FaceMask", false)
                .put("InputType", punch.inputType())
                .put("UserId", punch.userId())
                .put("LogTime", time(punch.time(), device.zone()));
        return realTime(device, "PunchLog", log);
    }

    static Message userUpdated(SimulatedDevice device, String userId, String firstName, String lastName, Instant at) {
        ObjectNode user = JsonNodeFactory.instance
                .objectNode()
                .put("UserID", userId)
                .put("FirstName", firstName)
                .put("LastName", lastName)
                .put("UserType", "User")
                .put("OperationTime", time(at, device.zone()));
        String template = Base64.getEncoder().encodeToString(("simulated template of " + userId).getBytes(UTF_8));
        user.putArray("Template")
                .addObject()
                .put("Type", "Fingerprint")
                .put("UserID", userId)
                .put("Size", String.valueOf(template.length()))
                .put("Index", "0")
                .put("Data", template);
        user.putObject("Photo")
                .put("Type", "Base64")
                .put("UserID", userId)
                .put("Size", String.valueOf(template.length()))
                .put("Data", template);
        return realTime(device, "UserUpdated", user);
    }

    static Message userDeleted(SimulatedDevice device, String userId) {
        return realTime(
                device, "UserDeleted", JsonNodeFactory.instance.objectNode().put("UserID", userId));
    }

    static Message unknown(SimulatedDevice device, String operation) {
        return realTime(device, operation, JsonNodeFactory.instance.objectNode().put("Reason", "simulated"));
    }

    /** A page of what "resend all attendance data" brings. */
    static Message resent(SimulatedDevice device, List<LoggedPunch> punches) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode log = body.putObject("PunchLog").put("ReturnRowCount", String.valueOf(punches.size()));
        ArrayNode rows = log.putArray("Log");
        for (LoggedPunch punch : punches) {
            rows.addObject()
                    .put("Type", punch.type())
                    .put("UserID", punch.userId())
                    .put("LogTime", time(punch.time(), device.zone()))
                    .put("InputType", punch.inputType())
                    .put("Temperature", Double.parseDouble(NORMAL_TEMPERATURE))
                    .put("FaceMask", false);
        }
        body.put("AuthToken", device.authToken()).put("SerialNumber", device.serialNumber());
        return now -> body.deepCopy().put("Time", time(now, ZoneOffset.UTC));
    }

    private static Message realTime(SimulatedDevice device, String operation, ObjectNode content) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("RealTime")
                .put("OperationID", operationId())
                .put("LabelName", device.label())
                .put("SerialNumber", device.serialNumber())
                .<ObjectNode>set(operation, content)
                .put("AuthToken", device.authToken());
        return now -> {
            ObjectNode attempt = body.deepCopy();
            attempt.withObject("/RealTime").put("Time", time(now, ZoneOffset.UTC));
            return attempt;
        };
    }

    private static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    private static String operationId() {
        StringBuilder id = new StringBuilder();
        ThreadLocalRandom.current()
                .ints(12, 0, ALPHABET.length())
                .forEach(letter -> id.append(ALPHABET.charAt(letter)));
        return id.toString();
    }
}
