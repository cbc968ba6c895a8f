package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.punch.Device;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a device's log out of a reply. Rows are read as callbacks' rows are. Whoever proves that nothing is
 * missing builds on it, so that a reply which holds less than it says is no page.
 */
final class LogReader {
    private final CallbackReader rowReader;

    LogReader(boolean keepHealthData) {
        this.rowReader = new CallbackReader(keepHealthData);
    }

    /** @throws UnreadableReply if it holds no log, or less of it than it says */
    LogPage page(ObjectNode reply, Device device, @Nullable ZoneId zone, Instant receivedAt) {
        JsonNode log = log(reply);
        List<JsonNode> rows = rows(log);
        ObjectNode counts = log instanceof ObjectNode object ? object : reply;
        Integer returned = CamsJson.count(counts, "ReturnRowCount");
        if (returned != null && returned > rows.size()) {
            throw new UnreadableReply(
                    WhoActs.VENDOR,
                    "The gateway says that it gives " + returned + " rows of the log, and gives " + rows.size()
                            + ". The window counts as not read. Report it to the vendor.");
        }
        return new LogPage(
                rowReader.rows(rows, reply, device.serialNumber(), zone, receivedAt),
                rows.size(),
                CamsJson.count(counts, "ActualRowCount"),
                CamsJson.text(counts, "OffSet"));
    }

    private static JsonNode log(ObjectNode reply) {
        JsonNode log = CamsJson.field(reply, "PunchLog");
        if (log == null && CamsJson.field(reply, "Load") instanceof ObjectNode load) {
            log = CamsJson.field(load, "PunchLog");
        }
        if (log == null) {
            throw new UnreadableReply(
                    WhoActs.VENDOR,
                    "The gateway says that it is done, but sends no log, not even an empty one. The window counts as not"
                            + " read. Ask the vendor whether logs may be read over REST.");
        }
        return log;
    }

    private static List<JsonNode> rows(JsonNode log) {
        if (log instanceof ObjectNode object) {
            JsonNode rows = CamsJson.field(object, "Log");
            if (rows != null) {
                return list(rows);
            }
            return isOnlyCounts(object) ? List.of() : List.of(log);
        }
        return list(log);
    }

    /** One row may come as itself instead of as a list of one. */
    private static List<JsonNode> list(JsonNode rows) {
        if (rows instanceof ArrayNode array) {
            List<JsonNode> all = new ArrayList<>(array.size());
            array.forEach(all::add);
            return all;
        }
        return rows.isNull() || CamsJson.isEmpty(rows) ? List.of() : List.of(rows);
    }

    private static boolean isOnlyCounts(ObjectNode log) {
        return log.properties().stream().allMatch(field -> switch (CamsJson.fold(field.getKey())) {
            case "returnrowcount", "actualrowcount", "offset" -> true;
            default -> false;
        });
    }
}
