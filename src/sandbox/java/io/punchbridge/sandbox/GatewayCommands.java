package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.punchbridge.sandbox.SimulatedDevice.User;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What the gateway lets a device do, as far as it is published. Field names of the device information are made up. */
final class GatewayCommands {
    static final int DONE = 0;
    static final int INVALID_REQUEST = 1;
    static final int INVALID_OPERATION = 6;
    static final int INVALID_START_TIME = 9;
    static final int INVALID_USER_ID = 10;
    static final int INVALID_OPERATION_DATA = 14;
    static final int USER_INFO_NOT_ENABLED = 33;
    static final int NOT_ALLOWED = 35;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'GMT' xx");
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    /**
     * What came of a command.
     *
     * @param content fields of the reply beside its status
     */
    record Outcome(int statusCode, ObjectNode content) {
        static Outcome of(int statusCode) {
            return new Outcome(statusCode, JsonNodeFactory.instance.objectNode());
        }
    }

    private GatewayCommands() {}

    static Outcome run(SimulatedDevice device, JsonNode request, int pageSize) {
        if (!device.connection().answersRequests()) {
            return Outcome.of(NOT_ALLOWED);
        }
        JsonNode load = request.path("Load");
        if (load.has("PunchLog")) {
            return log(device, load.path("PunchLog").path("Filter"), pageSize);
        }
        if (load.path("DeviceInformation").asText().equals("All")) {
            return information(device);
        }
        if (load.has("UserInfo")) {
            return users(device);
        }
        if (request.path("Add").has("User")) {
            return add(device, request.path("Add").path("User"));
        }
        if (request.path("Delete").has("User")) {
            return delete(device, request.path("Delete").path("User"));
        }
        return Outcome.of(INVALID_OPERATION);
    }

    private static Outcome log(SimulatedDevice device, JsonNode filter, int pageSize) {
        Optional<Instant> from = time(filter.path("StartTime"));
        Optional<Instant> to = time(filter.path("EndTime"));
        if (from.isEmpty()
                || to.isEmpty()
                || to.get().isBefore(from.get())
                || Duration.between(from.get(), to.get()).compareTo(LONGEST_WINDOW) > 0) {
            return Outcome.of(INVALID_START_TIME);
        }
        String offset = filter.path("OffSet").asText("");
        if (!offset.matches("\\d{0,9}")) {
            return Outcome.of(INVALID_REQUEST);
        }
        List<LoggedPunch> window = device.log().stream()
                .filter(punch ->
                        !punch.time().isBefore(from.get()) && !punch.time().isAfter(to.get()))
                .toList();
        int first = Math.min(window.size(), offset.isEmpty() ? 0 : Integer.parseInt(offset));
        int end = Math.min(window.size(), first + pageSize);
        Outcome outcome = Outcome.of(DONE);
        ObjectNode log = outcome.content()
                .putObject("PunchLog")
                .put("ReturnRowCount", String.valueOf(end - first))
                .put("ActualRowCount", String.valueOf(window.size()))
                .put("OffSet", end < window.size() ? String.valueOf(end) : "");
        ArrayNode rows = log.putArray("Log");
        window.subList(first, end)
                .forEach(punch -> rows.addObject()
                        .put("Type", punch.type())
                        .put("UserID", punch.userId())
                        .put("LogTime", time(punch.time(), device.zone()))
                        .put("InputType", punch.inputType())
                        .put("Temperature", 36.8)
                        .put("FaceMask", false));
        return outcome;
    }

    private static Outcome information(SimulatedDevice device) {
        Outcome outcome = Outcome.of(DONE);
        outcome.content()
                .putObject("DeviceInformation")
                .put("DeviceModel", "Simulated F38+")
                .put("MAC", "00:17:61:00:00:01")
                .put("LicenseStartDate", "2020-01-01")
                .put("LicenseEndDate", device.licensedUntil().toString())
                .put("UserCount", String.valueOf(device.users().size()))
                .put("LogCount", String.valueOf(device.log().size()));
        return outcome;
    }

    private static Outcome users(SimulatedDevice device) {
        if (!device.userInfoEnabled()) {
            return Outcome.of(USER_INFO_NOT_ENABLED);
        }
        Outcome outcome = Outcome.of(DONE);
        ArrayNode users = outcome.content().putArray("UserInfo");
        for (User user : device.users()) {
            ObjectNode row = users.addObject()
                    .put("UserID", user.id())
                    .put("FirstName", user.firstName())
                    .put("LastName", user.lastName())
                    .put("UserType", user.admin() ? "Admin" : "User");
            row.putArray("Template")
                    .addObject()
                    .put("Type", "Fingerprint")
                    .put("UserID", user.id())
                    .put("Data", "c2ltdWxhdGVk");
        }
        return outcome;
    }

    /** As the real one: who isn't said to be an administrator is none from now on. */
    private static Outcome add(SimulatedDevice device, JsonNode user) {
        String id = user.path("UserID").asText("");
        if (!user.isObject() || user.path("FirstName").isMissingNode()) {
            return Outcome.of(INVALID_OPERATION_DATA);
        }
        if (id.isBlank()) {
            return Outcome.of(INVALID_USER_ID);
        }
        device.putUser(new User(
                id,
                user.path("FirstName").asText(""),
                user.path("LastName").asText(""),
                user.path("UserType").asText("").equals("Admin")));
        return Outcome.of(DONE);
    }

    /** As the real one: a mere {@code "All"} deletes everybody. */
    private static Outcome delete(SimulatedDevice device, JsonNode user) {
        if (user.asText("").equals("All")) {
            device.removeAllUsers();
            return Outcome.of(DONE);
        }
        return Outcome.of(device.removeUser(user.path("UserID").asText("")) ? DONE : INVALID_USER_ID);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asText(), TIME).toInstant());
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    private static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }
}
