package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Documents under {@code /api/resource/}. */
final class FrappeResources {
    private static final String HR_SETTINGS = "HR Settings";

    private final Site site;
    private final CheckinWriter writer;
    private final FrappeTables tables;
    private final ShiftTypes shiftTypes;

    FrappeResources(Site site, CheckinWriter writer) {
        this.site = site;
        this.writer = writer;
        this.tables = new FrappeTables(site);
        this.shiftTypes = new ShiftTypes(site);
    }

    static FrappeError unknownDocType(String docType) {
        return FrappeError.crash(
                "ImportError",
                "Error",
                "No module named 'frappe.core.doctype."
                        + docType.toLowerCase(Locale.ROOT).replace(' ', '_') + "'");
    }

    JsonNode list(String docType, Call call, Caller caller) {
        return tables.list(docType, call.arguments(), caller);
    }

    JsonNode read(String docType, String name, Caller caller) {
        if (docType.equals(FrappeTables.USER)) {
            return user(name, caller);
        }
        Collection<String> columns = tables.columns(docType);
        if (!caller.user().may("read", docType)) {
            throw FrappeError.noAccessToDocument(caller.email(), docType);
        }
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> CheckinWriter.json(checkin(name));
            case FrappeTables.EMPLOYEE -> row(docType, columns, site.employees().find(name), name);
            case FrappeTables.CUSTOM_FIELD -> row(docType, columns, field(name), name);
            case FrappeTables.SHIFT_TYPE -> row(docType, columns, site.shifts().find(name), name);
            case FrappeTables.ATTENDANCE ->
                row(docType, columns, site.attendances().find(name), name);
            default -> row(docType, columns, site.documents().find(docType, name), name);
        };
    }

    private Optional<CheckinField> field(String name) {
        return site.checkinFields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    /** A document as Frappe shows it: fields that hold nothing are left out. */
    private static ObjectNode row(
            String docType, Collection<String> columns, Optional<? extends Columns> row, String name) {
        Columns found = row.orElseThrow(() -> FrappeError.notFound(docType, name));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String column : columns) {
            JsonNode value = found.json(column);
            if (!value.isNull()) {
                json.set(column, value);
            }
        }
        return json.put("doctype", docType);
    }

    private ObjectNode user(String name, Caller caller) {
        SimulatedUser user = tables.users(caller).stream()
                .filter(each -> each.email().equals(name))
                .findFirst()
                .orElseThrow(() -> FrappeError.noAccessToDocument(caller.email(), FrappeTables.USER));
        ObjectNode json = row(FrappeTables.USER, SimulatedUser.COLUMNS, Optional.of(user), name);
        ArrayNode roles = json.putArray("roles");
        user.roles().forEach(role -> roles.addObject().put("role", role).put("doctype", "Has Role"));
        return json;
    }

    private SimulatedCheckin checkin(String name) {
        return site.checkins().find(name).orElseThrow(() -> FrappeError.notFound(CheckinWriter.DOC_TYPE, name));
    }

    JsonNode create(String docType, ObjectNode document, Caller caller, CheckinTable.Transaction transaction) {
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> {
                ObjectNode echo = writer.insert(transaction, document, caller);
                yield caller.plan().isAnsweringOtherNames() ? someoneElses(echo) : echo;
            }
            case FrappeTables.CUSTOM_FIELD -> createField(document, caller);
            default -> throw unknownDocType(docType);
        };
    }

    private ObjectNode someoneElses(ObjectNode echo) {
        return site.checkins().all().stream()
                .filter(row -> !row.name().equals(echo.path("name").asText()))
                .findFirst()
                .map(CheckinWriter::json)
                .orElseGet(() -> echo.put("name", "EMP-CKIN-01-1999-000000").put("employee", "HR-EMP-99999"));
    }

    private ObjectNode createField(ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        if (!caller.user().may("create", FrappeTables.CUSTOM_FIELD)) {
            throw FrappeError.noAccessForWriting(caller.email(), FrappeTables.CUSTOM_FIELD);
        }
        if (!document.path("dt").asText().equals(CheckinWriter.DOC_TYPE)
                || document.path("fieldname").asText().isEmpty()) {
            throw new UnsupportedOperationException(
                    "The simulated site knows custom fields of Employee Checkin, with their fieldname; not "
                            + document);
        }
        CheckinField field = CheckinField.of(document);
        if (SimulatedCheckin.COLUMNS.contains(field.fieldName()) || !site.addCheckinField(field)) {
            throw FrappeError.validation("A field with the name <strong>" + field.fieldName()
                    + "</strong> already exists in " + CheckinWriter.DOC_TYPE);
        }
        return CheckinField.created(document, caller.email(), FrappeTime.micros(site.now()));
    }

    JsonNode update(
            String docType, String name, ObjectNode document, Caller caller, CheckinTable.Transaction transaction) {
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> writer.update(transaction, checkin(name), document, caller);
            case FrappeTables.SHIFT_TYPE -> {
                SimulatedShift changed = shiftTypes.update(name, document, caller);
                yield row(docType, site.shiftColumns(), Optional.of(changed), name);
            }
            case HR_SETTINGS -> updateHrSettings(document, caller);
            default -> throw unknownDocType(docType);
        };
    }

    /** Runs a method of a document; answers the messages that go along with its result, each as JSON. */
    List<String> run(String docType, String name, ObjectNode arguments, Caller caller) {
        if (!arguments.has("run_method")) {
            throw FrappeError.crash("KeyError", "'run_method'");
        }
        if (!docType.equals(FrappeTables.SHIFT_TYPE)) {
            throw unknownDocType(docType);
        }
        return shiftTypes.run(name, arguments.path("run_method").asText(), caller);
    }

    private ObjectNode updateHrSettings(ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        if (!caller.user().isSystemManager()) {
            throw FrappeError.noAccessForWriting(caller.email(), HR_SETTINGS);
        }
        JsonNode geolocation = document.path("allow_geolocation_tracking");
        if (!geolocation.isMissingNode()) {
            site.geolocationRequired = geolocation.asInt() != 0;
        }
        return document.objectNode()
                .put("name", HR_SETTINGS)
                .put("owner", "Administrator")
                .put("modified", FrappeTime.micros(site.now()))
                .put("modified_by", caller.email())
                .put("docstatus", 0)
                .put("idx", "0")
                .put("allow_geolocation_tracking", site.geolocationRequired ? 1 : 0)
                .put("doctype", HR_SETTINGS);
    }

    void delete(String docType, String name, Caller caller) {
        if (!docType.equals(CheckinWriter.DOC_TYPE)) {
            throw unknownDocType(docType);
        }
        caller.plan().requireWritable();
        SimulatedCheckin checkin = checkin(name);
        if (!caller.user().mayDelete()) {
            throw FrappeError.noAccessForWriting(caller.email(), docType);
        }
        site.checkins().delete(checkin.name());
    }
}
