package io.punchbridge.gateway;

import static io.punchbridge.gateway.CamsJson.cut;
import static io.punchbridge.gateway.CamsJson.fold;
import static io.punchbridge.gateway.CamsJson.text;
import static io.punchbridge.gateway.CamsJson.userId;
import static io.punchbridge.gateway.CamsJson.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a device's punch log, in a callback or a load log. Each becomes a punch, or an unreadable one with the reason. */
final class LogRows {
    private static final Set<String> PUNCH_FIELDS =
            Set.of("userid", "logtime", "type", "attendancetype", "inputtype", "temperature", "facemask");

    private final SerialNumber device;
    private final @Nullable ZoneId fallbackZone;
    private final Redactor redactor;
    private final boolean keepHealthData;
    private final List<Punch> punches = new ArrayList<>();
    private final List<UnreadablePunch> unreadable = new ArrayList<>();

    /**
     * @param device whom they are kept under; if it is unknown, none of them can be used
     * @param fallbackZone zone of a time without an offset, or null if none is known
     */
    LogRows(SerialNumber device, @Nullable ZoneId fallbackZone, Redactor redactor, boolean keepHealthData) {
        this.device = device;
        this.fallbackZone = fallbackZone;
        this.redactor = redactor;
        this.keepHealthData = keepHealthData;
    }

    /** What a frame says once for all that it brings. Read once: it may bring thousands of rows. */
    record Stamp(@Nullable Instant gatewayTime, @Nullable String operationId) {}

    List<Punch> punches() {
        return punches;
    }

    List<UnreadablePunch> unreadable() {
        return unreadable;
    }

    boolean isEmpty() {
        return punches.isEmpty() && unreadable.isEmpty();
    }

    void add(JsonNode row, Stamp stamp) {
        if (!(row instanceof ObjectNode entry)) {
            unreadable(row, null, null, "It is no JSON object, so it has neither user nor time.");
            return;
        }
        UserId user = userId(entry);
        String logTime = text(entry, "LogTime");
        Instant at =
                logTime == null ? null : DeviceTime.parse(logTime, fallbackZone).orElse(null);
        if (!device.isKnown()) {
            unreadable(
                    row,
                    user,
                    at,
                    "Several devices share this token, and the callback names neither serial number nor service"
                            + " tag. Give each device its own token, or let the callback URL carry ?stgid=.");
        } else if (user == null) {
            unreadable(row, null, at, "It has no usable user id.");
        } else if (logTime == null) {
            unreadable(row, user, null, "It has no time.");
        } else if (at == null && DeviceTime.lacksOffset(logTime)) {
            unreadable(
                    row,
                    user,
                    null,
                    "Its time has no zone offset, and no zone is known for the device. Set"
                            + " punchbridge.devices.<name>.time-zone.");
        } else if (at == null) {
            unreadable(row, user, null, "Its time is in no form that we know.");
        } else {
            punches.add(Punch.of(device, user, at, type(entry), details(entry, stamp, logTime)));
        }
    }

    private void unreadable(JsonNode row, @Nullable UserId user, @Nullable Instant at, String reason) {
        String content = write(redactor.redact(row));
        unreadable.add(UnreadablePunch.of(device, user, at, reason, content));
    }

    private PunchDetails details(ObjectNode entry, Stamp stamp, String logTime) {
        return new PunchDetails(
                cut(logTime),
                stamp.gatewayTime(),
                stamp.operationId(),
                cut(text(entry, "InputType")),
                keepHealthData ? cut(text(entry, "Temperature")) : null,
                keepHealthData ? faceMask(entry) : null,
                extra(entry));
    }

    private static @Nullable String type(ObjectNode entry) {
        return cut(Optional.ofNullable(text(entry, "Type")).orElseGet(() -> text(entry, "AttendanceType")));
    }

    private static @Nullable Boolean faceMask(ObjectNode entry) {
        String sent = text(entry, "FaceMask");
        return sent == null ? null : Boolean.valueOf(sent.equalsIgnoreCase("true") || sent.equals("1"));
    }

    private @Nullable String extra(ObjectNode entry) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            if (!PUNCH_FIELDS.contains(fold(field.getKey()))
                    && !field.getValue().isNull()) {
                extra.set(field.getKey(), field.getValue());
            }
        }
        return extra.isEmpty() ? null : write(redactor.redact(extra));
    }
}
