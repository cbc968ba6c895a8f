package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Documents under {@code /api/resource/}. */
final class FrappeResources {
    private static final String HR_SETTINGS = "HR Settings";

    private final Site site;
    private final CheckinWriter writer;
    private final FrappeTables tables;

    FrappeResources(Site site, CheckinWriter writer) {
        this.site = site;
        this.writer = writer;
        this.tables = new FrappeTables(site);
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
        SimulatedUser user = caller.user();
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> {
                requireRight(user.mayRead(), docType, caller);
                yield CheckinWriter.json(checkin(name));
            }
            case FrappeTables.EMPLOYEE -> {
                requireRight(user.mayReadEmployees(), docType, caller);
                yield employee(name);
            }
            case FrappeTables.CUSTOM_FIELD -> {
                requireRight(user.isSystemManager(), docType, caller);
                yield keyField(name);
            }
            default -> throw unknownDocType(docType);
        };
    }

    private ObjectNode keyField(String name) {
        if (!site.uniqueKey || !name.equals(KeyField.NAME)) {
            throw FrappeError.notFound(FrappeTables.CUSTOM_FIELD, name);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        KeyField.COLUMNS.forEach(column -> json.set(column, new KeyField().json(column)));
        return json.put("doctype", FrappeTables.CUSTOM_FIELD);
    }

    private static void requireRight(boolean right, String docType, Caller caller) {
        if (!right) {
            throw FrappeError.noAccessToDocument(caller.email(), docType);
        }
    }

    private SimulatedCheckin checkin(String name) {
        return site.checkins().find(name).orElseThrow(() -> FrappeError.notFound(CheckinWriter.DOC_TYPE, name));
    }

    private ObjectNode employee(String name) {
        SimulatedEmployee employee =
                site.employees().find(name).orElseThrow(() -> FrappeError.notFound(FrappeTables.EMPLOYEE, name));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String column : SimulatedEmployee.COLUMNS) {
            JsonNode value = employee.json(column);
            if (!value.isNull()) {
                json.set(column, value);
            }
        }
        return json.put("doctype", FrappeTables.EMPLOYEE);
    }

    JsonNode create(String docType, ObjectNode document, Caller caller, CheckinTable.Transaction transaction) {
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> {
                ObjectNode echo = writer.insert(transaction, document, caller);
                yield caller.plan().isAnsweringOtherNames() ? someoneElses(echo) : echo;
            }
            case FrappeTables.CUSTOM_FIELD -> createKeyField(document, caller);
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

    private ObjectNode createKeyField(ObjectNode document, Caller caller) {
        caller.plan().requireWritable();
        if (!caller.user().isSystemManager()) {
            throw FrappeError.noAccessForWriting(caller.email(), FrappeTables.CUSTOM_FIELD);
        }
        String fieldName = document.path("fieldname").asText();
        if (!document.path("dt").asText().equals(CheckinWriter.DOC_TYPE)
                || !fieldName.equals(SimulatedCheckin.KEY_COLUMN)) {
            throw new UnsupportedOperationException(
                    "The simulated site knows one custom field, " + KeyField.NAME + ", not " + document);
        }
        if (site.uniqueKey) {
            throw FrappeError.validation("A field with the name <strong>" + fieldName + "</strong> already exists in "
                    + CheckinWriter.DOC_TYPE);
        }
        site.uniqueKey = true;
        return KeyField.created(document, caller.email(), FrappeTime.micros(site.now()));
    }

    JsonNode update(
            String docType, String name, ObjectNode document, Caller caller, CheckinTable.Transaction transaction) {
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> writer.update(transaction, checkin(name), document, caller);
            case HR_SETTINGS -> updateHrSettings(document, caller);
            default -> throw unknownDocType(docType);
        };
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
