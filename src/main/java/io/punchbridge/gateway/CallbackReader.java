package io.punchbridge.gateway;

import static io.punchbridge.gateway.CamsJson.LONGEST_ID;
import static io.punchbridge.gateway.CamsJson.clean;
import static io.punchbridge.gateway.CamsJson.cut;
import static io.punchbridge.gateway.CamsJson.field;
import static io.punchbridge.gateway.CamsJson.fold;
import static io.punchbridge.gateway.CamsJson.isEmpty;
import static io.punchbridge.gateway.CamsJson.text;
import static io.punchbridge.gateway.CamsJson.userId;
import static io.punchbridge.gateway.CamsJson.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.gateway.LogRows.Stamp;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
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

/**
 * Turns the JSON of an authenticated callback, or the rows of a load log, into punches and events. Takes every shape and spelling that the gateway
 * is known to send; what it doesn't know becomes an event, what it can't read an {@link UnreadablePunch}: nothing is
 * dropped.
 */
final class CallbackReader {
    private static final Set<String> ENVELOPE =
            Set.of("operationid", "labelname", "serialnumber", "authtoken", "time", "stgid", "servicetagid");
    /**
     * Events beyond it become one, that holds them all: each is a row, and a callback with tens of thousands of fields must
     * not crowd others out of the inbox. The gateway sends one or two.
     */
    static final int MOST_EVENTS = 100;

    private final Redactor redactor;
    private final boolean keepHealthData;

    CallbackReader(boolean keepHealthData) {
        this.redactor = new Redactor(keepHealthData);
        this.keepHealthData = keepHealthData;
    }

    /** What a callback says of itself, before anything else of it is believed. */
    record Envelope(
            @Nullable String authToken,
            SerialNumber serialNumber,
            @Nullable String serviceTagId) {}

    Envelope envelope(ObjectNode root) {
        String serial = anywhere(root, "SerialNumber");
        String token = anywhere(root, "AuthToken");
        boolean usable = serial != null && serial.length() <= LONGEST_ID && !Redactor.holds(serial, token);
        return new Envelope(
                token,
                serial == null || !usable ? SerialNumber.UNKNOWN : new SerialNumber(serial),
                Optional.ofNullable(anywhere(root, "stgid")).orElseGet(() -> anywhere(root, "ServiceTagId")));
    }

    /**
     * Reads all that the callback brings.
     *
     * @param device whom it is kept under; unknown if several could have sent it, then no punch of it can be used
     * @param fallbackZone zone of a device time without an offset, or null if none is known
     */
    Arrival read(ObjectNode root, SerialNumber device, @Nullable ZoneId fallbackZone, Instant receivedAt) {
        Reading reading = new Reading(device, fallbackZone);
        reading.root(root);
        return reading.arrival(Source.CALLBACK, receivedAt);
    }

    /**
     * Reads the rows of a load log, each of which becomes a punch or an unreadable one.
     *
     * @param reply the whole answer, whose stamp the rows share
     */
    Arrival rows(
            List<JsonNode> rows,
            ObjectNode reply,
            SerialNumber device,
            @Nullable ZoneId fallbackZone,
            Instant receivedAt) {
        Reading reading = new Reading(device, fallbackZone);
        Stamp stamp = stamp(reply, new Stamp(null, null));
        rows.forEach(row -> reading.rows.add(row, stamp));
        return reading.arrival(Source.LOAD_LOG, receivedAt);
    }

    private static Stamp stamp(ObjectNode frame, Stamp otherwise) {
        String time = text(frame, "Time");
        String operationId = text(frame, "OperationID");
        return new Stamp(
                time == null
                        ? otherwise.gatewayTime()
                        : DeviceTime.parse(time, null).orElse(null),
                operationId == null ? otherwise.operationId() : cut(operationId));
    }

    private final class Reading {
        private final SerialNumber device;
        private final LogRows rows;
        private final List<DeviceEvent> events = new ArrayList<>();
        private final ArrayNode furtherEvents = JsonNodeFactory.instance.arrayNode();

        Reading(SerialNumber device, @Nullable ZoneId fallbackZone) {
            this.device = device;
            this.rows = new LogRows(device, fallbackZone, redactor, keepHealthData);
        }

        Arrival arrival(Source source, Instant receivedAt) {
            if (!furtherEvents.isEmpty()) {
                keep("", "Unknown", furtherEvents, null);
            }
            return new Arrival(source, receivedAt, rows.punches(), rows.unreadable(), events);
        }

        void root(ObjectNode root) {
            Stamp rootStamp = stamp(root, new Stamp(null, null));
            JsonNode realTime = field(root, "RealTime");
            if (realTime instanceof ObjectNode frame) {
                frame(frame, rootStamp, "");
            } else if (realTime instanceof ArrayNode frames && !frames.isEmpty()) {
                frames.forEach(each -> {
                    if (each instanceof ObjectNode frame) {
                        frame(frame, rootStamp, "");
                    } else {
                        event("", "RealTime", each, rootStamp);
                    }
                });
            } else {
                frame(root, rootStamp, "");
            }
            JsonNode load = field(root, "Load");
            if (realTime != null && !realTime.isNull() && load instanceof ObjectNode frame) {
                frame(frame, rootStamp, "Load.");
            }
            if (rows.isEmpty() && events.isEmpty()) {
                event("", "Unknown", root, rootStamp);
            }
        }

        /** One object whose fields are operations, beside those of the envelope. */
        private void frame(ObjectNode frame, Stamp rootStamp, String prefix) {
            Stamp stamp = stamp(frame, rootStamp);
            for (Map.Entry<String, JsonNode> field : frame.properties()) {
                String name = fold(field.getKey());
                JsonNode value = field.getValue();
                if (ENVELOPE.contains(name) || value.isNull()) {
                    continue;
                }
                if (name.equals("punchlog")) {
                    punchLog(value, stamp);
                } else if (name.equals("load") && value instanceof ObjectNode load) {
                    frame(load, rootStamp, "Load.");
                } else if (value.isContainerNode() || !isEmpty(value)) {
                    event(prefix, field.getKey(), value, stamp);
                }
            }
        }

        private void punchLog(JsonNode log, Stamp stamp) {
            if (log instanceof ArrayNode many) {
                many.forEach(row -> rows.add(row, stamp));
                return;
            }
            JsonNode inside = log instanceof ObjectNode object ? field(object, "Log") : null;
            if (inside instanceof ArrayNode) {
                inside.forEach(row -> rows.add(row, stamp));
            } else if (inside instanceof ObjectNode) {
                rows.add(inside, stamp);
            } else {
                rows.add(log, stamp);
            }
        }

        private void event(String prefix, String field, JsonNode content, Stamp stamp) {
            if (events.size() < MOST_EVENTS) {
                keep(prefix, field, content, stamp.operationId());
            } else {
                furtherEvents.addObject().set(field, content);
            }
        }

        private void keep(String prefix, String field, JsonNode content, @Nullable String operationId) {
            String operation = prefix + field;
            String named = operation.length() > LONGEST_ID ? operation.substring(0, LONGEST_ID) : operation;
            String kept = write(redactor.redact(field, content));
            events.add(DeviceEvent.of(device, clean(named), eventUser(content), operationId, kept));
        }
    }

    /** After an enrolment the user id may stand only inside {@code Template[]}. */
    private static @Nullable UserId eventUser(JsonNode content) {
        if (!(content instanceof ObjectNode object)) {
            return null;
        }
        UserId own = userId(object);
        if (own != null) {
            return own;
        }
        for (String holder : List.of("Template", "Photo", "User")) {
            JsonNode nested = field(object, holder);
            JsonNode first = nested instanceof ArrayNode array ? array.path(0) : nested;
            if (first instanceof ObjectNode inner) {
                UserId inside = userId(inner);
                if (inside != null) {
                    return inside;
                }
            }
        }
        return null;
    }

    /** A field of the root, or of an object directly inside. */
    private static @Nullable String anywhere(ObjectNode root, String name) {
        String top = text(root, name);
        if (top != null) {
            return top;
        }
        for (String holder : List.of("RealTime", "Load", "PunchLog")) {
            JsonNode nested = field(root, holder);
            JsonNode object = nested instanceof ArrayNode array ? array.path(0) : nested;
            if (object instanceof ObjectNode inner) {
                String found = text(inner, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
