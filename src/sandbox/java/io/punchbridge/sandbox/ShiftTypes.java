package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes Shift Types over the API, and runs auto attendance for them. */
final class ShiftTypes {
    private static final String DOC_TYPE = FrappeTables.SHIFT_TYPE;

    private final Site site;

    ShiftTypes(Site site) {
        this.site = site;
    }

    SimulatedShift update(String name, ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        SimulatedShift before = find(name);
        if (!caller.user().may("write", DOC_TYPE)) {
            throw FrappeError.noAccessForWriting(caller.email(), DOC_TYPE);
        }
        String modified = FrappeTime.micros(before.stamp().modified());
        if (!document.path("modified").asText(modified).equals(modified)) {
            throw FrappeError.modifiedMeanwhile(before.stamp().modified(), site.now());
        }
        return site.changeShift(name, caller.email(), shift -> changed(shift, document));
    }

    private SimulatedShift find(String name) {
        return site.shifts().find(name).orElseThrow(() -> FrappeError.notFound(DOC_TYPE, name));
    }

    private static SimulatedShift changed(SimulatedShift before, ObjectNode document) {
        SimulatedShift shift = before;
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            JsonNode value = field.getValue();
            shift = switch (field.getKey()) {
                case "last_sync_of_checkin" -> shift.lastSync(time(field.getKey(), value));
                case "process_attendance_after" -> {
                    LocalDateTime time = time(field.getKey(), value);
                    yield shift.processAfter(time == null ? null : time.toLocalDate());
                }
                case "enable_auto_attendance" -> shift.autoAttendance(value.asInt() != 0);
                case "auto_update_last_sync" -> shift.autoUpdateLastSync(value.asInt() != 0);
                case "working_hours_threshold_for_half_day" -> shift.thresholds(value.asDouble(), shift.absentBelow());
                case "working_hours_threshold_for_absent" -> shift.thresholds(shift.halfDayBelow(), value.asDouble());
                default -> {
                    // The stamp is compared before; what Shift Type doesn't have Frappe forgets without a word.
                    if (SimulatedShift.COLUMNS.contains(field.getKey())
                            && !field.getKey().equals("modified")
                            && !field.getKey().equals("name")) {
                        throw new UnsupportedOperationException("Changing " + field.getKey() + " of a Shift Type");
                    }
                    yield shift;
                }
            };
        }
        return shift;
    }

    private static @Nullable LocalDateTime time(String column, JsonNode value) {
        if (value.isNull() || value.asText().isEmpty()) {
            return null;
        }
        LocalDateTime time = FrappeTime.withoutOffset(value.asText());
        if (time == null) {
            throw FrappeError.crash(
                    "pymysql.err.OperationalError",
                    "(1292, \"Incorrect datetime value: '" + value.asText()
                            + "' for column `frappe_hr`.`tabShift Type`.`" + column + "` at row 1\")");
        }
        return time;
    }

    List<String> run(String name, String method, Caller caller) {
        SimulatedShift shift = find(name);
        caller.plan().requireWritable();
        if (!caller.user().may("write", DOC_TYPE)) {
            throw FrappeError.thrown(403, "PermissionError", "Not permitted");
        }
        if (!method.equals("process_auto_attendance")) {
            throw new UnsupportedOperationException("The method " + method + " of a Shift Type");
        }
        return site.autoAttendance().process(shift, caller.email());
    }
}
