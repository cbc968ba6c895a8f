package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.sandbox.SimulatedCheckin.Place;
import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import io.punchbridge.sandbox.SimulatedShift.Window;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes an Employee Checkin with Frappe's and HRMS' own checks, in their order. */
final class CheckinWriter {
    static final String DOC_TYPE = "Employee Checkin";

    private static final int LONGEST_TEXT = 140;
    private static final Set<String> LOG_TYPES = Set.of("", "IN", "OUT");

    private final Site site;

    CheckinWriter(Site site) {
        this.site = site;
    }

    /** Frappe's echo of the row it is going to keep. */
    ObjectNode insert(CheckinTable.Transaction transaction, ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        if (!caller.user().mayCreate()) {
            throw FrappeError.noAccessForWriting(caller.email(), DOC_TYPE);
        }
        LocalDateTime now = site.now();
        FrappeTime time = timeToInsert(document, caller, now);
        String name = document.path("name").asText("").isEmpty()
                ? transaction.nextName(now)
                : document.path("name").asText();
        Stamp stamp = new Stamp(caller.email(), now, caller.email(), now);
        return write(transaction, name, stamp, time, document, null, caller);
    }

    ObjectNode update(
            CheckinTable.Transaction transaction, SimulatedCheckin before, ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        if (!caller.user().mayWrite()) {
            throw FrappeError.noAccessForWriting(caller.email(), DOC_TYPE);
        }
        String modified = FrappeTime.micros(before.stamp().modified());
        if (!document.path("modified").asText(modified).equals(modified)) {
            throw FrappeError.modifiedMeanwhile(before.stamp().modified(), site.now());
        }
        FrappeTime time = document.has("time") && caller.mayWriteTime()
                ? FrappeTime.of(document.get("time"))
                : new FrappeTime(before.time(), null);
        if (before.hasAttendance() && !time.wall().equals(before.time())) {
            throw FrappeError.thrown(
                    417,
                    "frappe.exceptions.",
                    "ValidationError",
                    "An attendance record is linked to this checkin. Please cancel the attendance before modifying time.",
                    "Cannot Modify Time");
        }
        Stamp stamp = new Stamp(before.stamp().owner(), before.stamp().creation(), caller.email(), site.now());
        return write(transaction, before.name(), stamp, time, document, before, caller);
    }

    private static FrappeTime timeToInsert(ObjectNode document, Caller caller, LocalDateTime now) {
        JsonNode sent = document.path("time");
        if (!caller.mayWriteTime() || sent.isMissingNode() || sent.isNull()) {
            return new FrappeTime(now.truncatedTo(ChronoUnit.SECONDS), null);
        }
        return FrappeTime.of(sent);
    }

    private ObjectNode write(
            CheckinTable.Transaction transaction,
            String name,
            Stamp stamp,
            FrappeTime time,
            ObjectNode document,
            @Nullable SimulatedCheckin before,
            Caller caller) {
        caller.plan().requireHealthy(document);
        String attendance = text(document, "attendance", null);
        if (attendance != null && !attendance.isEmpty()) {
            throw FrappeError.thrown(417, "LinkValidationError", "Could not find Attendance Marked: " + attendance);
        }
        String sentEmployee = text(document, "employee", before == null ? null : before.employee());
        Optional<SimulatedEmployee> employee = Optional.ofNullable(sentEmployee).flatMap(site.employees()::find);
        employee.ifPresent(CheckinWriter::requireNotInactive);
        String employeeId = employee.map(SimulatedEmployee::name).orElse(sentEmployee == null ? "" : sentEmployee);
        String logType = orEmpty(text(document, "log_type", before == null ? null : before.logType()));
        requireNoDuplicate(transaction, employeeId, time, logType, before, caller);
        Window window = before != null && before.hasAttendance() ? before.window() : window(employee, time);
        Place place = place(document, before);
        if (employeeId.isEmpty()) {
            throw FrappeError.printed(
                    417,
                    "MandatoryError",
                    "[" + DOC_TYPE + ", " + name + "]: employee",
                    FrappeError.Message.plain("Error: Value missing for " + DOC_TYPE + ": Employee"));
        }
        if (!LOG_TYPES.contains(logType)) {
            throw FrappeError.validation(
                    " Log Type cannot be \"" + logType + "\". It should be one of \"\", \"IN\", \"OUT\"");
        }
        String deviceId = text(document, "device_id", before == null ? null : before.deviceId());
        requireShort(name, "Location / Device ID", deviceId);
        Map<String, Object> fields = fields(name, document, before);
        if (time.offset() != null) {
            throw FrappeError.crash(
                    "pymysql.err.OperationalError",
                    "(1292, \"Incorrect datetime value: '" + FrappeTime.seconds(time.wall()) + time.offset()
                            + "' for column `frappe_hr`.`tabEmployee Checkin`.`time` at row 1\")");
        }
        if (before == null && transaction.isNameTaken(name)) {
            throw FrappeError.printed(
                    409,
                    "DuplicateEntryError",
                    integrityError(name, name, "PRIMARY"),
                    new FrappeError.Message(
                            DOC_TYPE + " <strong>" + name + "</strong> already exists",
                            "Duplicate Name",
                            "red",
                            false));
        }
        requireUnique(transaction, name, fields, before);
        SimulatedCheckin checkin = new SimulatedCheckin(
                name,
                stamp,
                employeeId,
                employee.map(SimulatedEmployee::employeeName).orElse(null),
                logType,
                time.wall(),
                deviceId,
                fields,
                isSet(document.path("skip_auto_attendance"), before != null && before.skipAutoAttendance()),
                before == null ? null : before.attendance(),
                place,
                window);
        transaction.write(checkin);
        ObjectNode echo = json(checkin);
        if (document.path("device_id").isNumber()) {
            echo.set("device_id", document.get("device_id"));
        }
        return echo;
    }

    private static void requireNotInactive(SimulatedEmployee employee) {
        if (employee.status().equals("Inactive")) {
            throw FrappeError.thrown(
                    417,
                    "erpnext.setup.doctype.employee.employee.",
                    "InactiveEmployeeStatusError",
                    "Transactions cannot be created for an Inactive Employee <a href=\"http://" + Site.HOST
                            + ":8000/app/employee/" + employee.name() + "\">" + employee.name() + "</a>.",
                    "Message");
        }
    }

    private static void requireNoDuplicate(
            CheckinTable.Transaction transaction,
            String employee,
            FrappeTime time,
            String logType,
            @Nullable SimulatedCheckin before,
            Caller caller) {
        if (time.offset() != null || employee.isEmpty()) {
            return;
        }
        transaction
                .duplicate(employee, time.wall(), logType, before == null ? null : before.name())
                .ifPresent(row -> {
                    String words = caller.french()
                            ? "Cet employé a déjà un journal avec le même horodatage. "
                            : "This employee already has a log with the same timestamp.";
                    String docType = caller.french() ? "Enregistrement des employés" : DOC_TYPE;
                    throw FrappeError.validation(words + "<Br><a href=\"/app/Form/" + DOC_TYPE + "/" + row.name()
                            + "\" style=\"font-weight: bold;\">" + docType + " "
                            + orEmpty(row.employeeName()) + "</a>");
                });
    }

    private @Nullable Window window(Optional<SimulatedEmployee> employee, FrappeTime time) {
        if (employee.isEmpty()) {
            return null;
        }
        if (time.offset() != null && employee.get().shift() != null) {
            throw FrappeError.crash("TypeError", "can't compare offset-naive and offset-aware datetimes");
        }
        return site.window(employee.get(), time.wall());
    }

    /** What the site's custom fields hold; a field that it doesn't have is forgotten without a word. */
    private Map<String, Object> fields(String name, ObjectNode document, @Nullable SimulatedCheckin before) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (CheckinField field : site.checkinFields()) {
            String fieldName = field.fieldName();
            Object value = before != null && !document.has(fieldName)
                    ? before.fields().get(fieldName)
                    : field.kept(document.path(fieldName));
            if (field.isLimited()) {
                requireShort(name, field.label(), value == null ? null : value.toString());
            }
            if (value != null) {
                fields.put(fieldName, value);
            }
        }
        return fields;
    }

    private void requireUnique(
            CheckinTable.Transaction transaction,
            String name,
            Map<String, Object> fields,
            @Nullable SimulatedCheckin before) {
        for (CheckinField field : site.checkinFields()) {
            Object value = fields.get(field.fieldName());
            if (field.unique()
                    && value != null
                    && transaction.isTaken(
                            field.fieldName(), value.toString(), before == null ? null : before.name())) {
                throw FrappeError.printed(
                        417,
                        "UniqueValidationError",
                        integrityError(name, value.toString(), field.fieldName()),
                        FrappeError.Message.plain(field.label() + " must be unique"));
            }
        }
    }

    private Place place(ObjectNode document, @Nullable SimulatedCheckin before) {
        if (before != null && !document.has("latitude") && !document.has("longitude")) {
            return before.place();
        }
        double latitude = document.path("latitude").asDouble();
        double longitude = document.path("longitude").asDouble();
        if (!site.geolocationRequired) {
            return new Place(latitude, longitude, null);
        }
        if (latitude == 0 || longitude == 0) {
            throw FrappeError.validation("Latitude and longitude values are required for checking in.");
        }
        return new Place(
                latitude,
                longitude,
                "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {},"
                        + " \"geometry\": {\"type\": \"Point\", \"coordinates\": [" + document.get("longitude") + ", "
                        + document.get("latitude") + "]}}]}");
    }

    private static void requireShort(String name, String label, @Nullable String value) {
        if (value != null && value.length() > LONGEST_TEXT) {
            throw FrappeError.thrown(
                    417,
                    "frappe.exceptions.",
                    "CharacterLengthExceededError",
                    DOC_TYPE + " " + name + ": '<strong>" + label + "</strong>' (" + value
                            + ") will get truncated, as max characters allowed is " + LONGEST_TEXT,
                    "Value too big");
        }
    }

    private static String integrityError(String name, String value, String index) {
        return "('" + DOC_TYPE + "', '" + name + "', IntegrityError(1062, \"Duplicate entry '" + value + "' for key '"
                + index + "'\"))";
    }

    private static @Nullable String text(ObjectNode document, String field, @Nullable String otherwise) {
        JsonNode value = document.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        return value.isNull() ? null : value.asText();
    }

    private static boolean isSet(JsonNode check, boolean otherwise) {
        return check.isMissingNode() ? otherwise : check.asBoolean() || check.asInt() != 0;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A document as Frappe shows it: fields that hold nothing are left out. */
    static ObjectNode json(SimulatedCheckin checkin) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String column : SimulatedCheckin.columns(checkin.fields().keySet())) {
            JsonNode value = checkin.json(column);
            if (!value.isNull()) {
                json.set(column, value);
            }
        }
        return json.put("doctype", DOC_TYPE);
    }
}
