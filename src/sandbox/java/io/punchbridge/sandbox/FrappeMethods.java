package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The whitelisted methods under {@code /api/method/}. */
final class FrappeMethods {
    private static final int MOST_DOCUMENTS = 200;
    private static final String ADD_LOG =
            "hrms.hr.doctype.employee_checkin.employee_checkin.add_log_based_on_employee_field";
    private static final String GUEST_ZONE = "Asia/Kolkata";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Site site;
    private final CheckinWriter writer;
    private final FrappeResources resources;
    private final FrappeTables tables;

    FrappeMethods(Site site, CheckinWriter writer, FrappeResources resources) {
        this.site = site;
        this.writer = writer;
        this.resources = resources;
        this.tables = new FrappeTables(site);
    }

    JsonNode call(String name, Call call, Caller caller, CheckinTable.Transaction transaction) {
        return switch (name) {
            case "ping" -> JSON.textNode("pong");
            case "frappe.client.get_time_zone" -> JSON.objectNode().put("time_zone", timeZone(caller.user()));
            case "frappe.auth.get_logged_user" ->
                JSON.textNode(known(name, caller).email());
            case "frappe.utils.change_log.get_versions" -> {
                known(name, caller);
                yield versions();
            }
            case "frappe.client.insert_many" -> insertMany(call, caller, transaction);
            case ADD_LOG -> addLog(call.arguments(), caller, transaction);
            case "frappe.client.get_list" -> tables.list(call.arguments(), caller);
            case "frappe.client.get_count" -> tables.count(call.arguments(), caller);
            case "frappe.client.get_value" -> tables.value(call.arguments(), caller);
            case "frappe.client.set_value" -> setValue(call, caller, transaction);
            case "frappe.client.get_single_value" -> singleValue(call.arguments(), caller);
            case "frappe.client.has_permission" ->
                JSON.objectNode().put("has_permission", hasPermission(call.arguments(), caller.user()));
            case "frappe.core.doctype.user.user.get_roles" -> roles(call.arguments());
            case "frappe.core.doctype.system_settings.system_settings.load" -> throw notPermitted("Not permitted");
            default ->
                throw FrappeError.validation(
                        "Failed to get method for command " + name + " with No module named '" + module(name) + "'");
        };
    }

    private static String module(String method) {
        String[] parts = method.split("\\.", -1);
        return parts.length > 1 ? parts[0] + "." + parts[1] : method;
    }

    private static SimulatedUser known(String method, Caller caller) {
        if (caller.email().equals("Guest")) {
            throw FrappeError.thrown(
                    403,
                    "frappe.exceptions.",
                    "PermissionError",
                    "<details><summary>You are not permitted to access this resource. Login to access</summary>"
                            + "Function <strong>" + method + "</strong> is not whitelisted.</details>",
                    "Method Not Allowed");
        }
        return caller.user();
    }

    private static FrappeError notPermitted(String words) {
        return FrappeError.thrown(403, "PermissionError", words);
    }

    private String timeZone(SimulatedUser user) {
        if (user.email().equals("Guest")) {
            return GUEST_ZONE;
        }
        ZoneId own = user.timeZone();
        return (own == null ? site.timeZone : own).getId();
    }

    /** Its shape is Frappe's, but for the branch's commit; no recording holds it. */
    private ObjectNode versions() {
        ObjectNode versions = JSON.objectNode();
        putVersion(versions, "frappe", "Frappe Framework", "Full stack web framework with Python, Javascript, MariaDB");
        putVersion(versions, "erpnext", "ERPNext", "ERP made simple");
        putVersion(versions, "hrms", "Frappe HR", "Modern HR and Payroll Software");
        return versions;
    }

    private void putVersion(ObjectNode versions, String app, String title, String description) {
        String version = site.versions.get(app);
        if (version != null) {
            versions.putObject(app)
                    .put("title", title)
                    .put("description", description)
                    .put("branch", "version-15")
                    .put("version", version);
        }
    }

    Attendances.Cancelled cancel(ObjectNode arguments, Caller caller) {
        String docType = arguments.path("doctype").asText();
        if (!docType.equals(FrappeTables.ATTENDANCE)) {
            throw FrappeResources.unknownDocType(docType);
        }
        return new Attendances(site).cancel(arguments.path("name").asText(), caller);
    }

    /** One field and its value, or an object of fields. */
    private JsonNode setValue(Call call, Caller caller, CheckinTable.Transaction transaction) {
        if (call.method().equals("GET")) {
            throw notPermitted("Not permitted");
        }
        ObjectNode arguments = call.arguments();
        ObjectNode fields = JSON.objectNode();
        if (arguments.path("fieldname") instanceof ObjectNode several) {
            fields.setAll(several);
        } else {
            fields.set(arguments.path("fieldname").asText(), arguments.path("value"));
        }
        return resources.update(
                arguments.path("doctype").asText(), arguments.path("name").asText(), fields, caller, transaction);
    }

    private ArrayNode insertMany(Call call, Caller caller, CheckinTable.Transaction transaction) {
        if (call.method().equals("GET")) {
            throw notPermitted("Not permitted");
        }
        JsonNode sent = call.arguments().path("docs");
        if (sent.isMissingNode() || sent.isNull()) {
            throw FrappeError.crash("TypeError", "object of type 'NoneType' has no len()");
        }
        JsonNode documents = Json.parsed(sent);
        if (documents.size() > MOST_DOCUMENTS) {
            throw FrappeError.validation("Only " + MOST_DOCUMENTS + " inserts allowed in one request");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode document : documents) {
            String docType = document.path("doctype").asText("");
            if (docType.isEmpty()) {
                throw FrappeError.crash("ValueError", "\"doctype\" is a required key");
            }
            if (!docType.equals(CheckinWriter.DOC_TYPE) || !(document instanceof ObjectNode fields)) {
                throw FrappeResources.unknownDocType(docType);
            }
            names.add(writer.insert(transaction, fields, caller).path("name").asText());
        }
        ArrayNode message = JSON.arrayNode();
        (caller.plan().isAnsweringOtherNames() ? otherNames(names) : names).forEach(message::add);
        return message;
    }

    private List<String> otherNames(List<String> names) {
        List<String> others = new ArrayList<>(site.checkins().all().stream()
                .map(SimulatedCheckin::name)
                .filter(name -> !names.contains(name))
                .limit(names.size())
                .toList());
        for (int i = others.size(); i < names.size(); i++) {
            others.add("EMP-CKIN-01-1999-" + String.format("%06d", i));
        }
        return others;
    }

    private ObjectNode addLog(ObjectNode arguments, Caller caller, CheckinTable.Transaction transaction) {
        List<String> missing = new ArrayList<>();
        for (String required : List.of("employee_field_value", "timestamp")) {
            if (!arguments.has(required)) {
                missing.add("'" + required + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw FrappeError.crash(
                    "TypeError",
                    "add_log_based_on_employee_field() missing " + missing.size() + " required positional argument"
                            + (missing.size() == 1 ? "" : "s") + ": " + String.join(" and ", missing));
        }
        String value = arguments.get("employee_field_value").asText();
        SimulatedEmployee employee = site.employees()
                .withDeviceId(value)
                .orElseThrow(() -> FrappeError.validation((caller.french()
                                ? "Aucun employé trouvé pour la valeur de champ d'employé donnée."
                                : "No Employee found for the given employee field value.")
                        + " 'attendance_device_id': " + value));
        ObjectNode document = JSON.objectNode().put("employee", employee.name());
        document.set("time", arguments.get("timestamp"));
        for (String field : List.of("device_id", "log_type", "skip_auto_attendance", "latitude", "longitude")) {
            if (arguments.has(field)) {
                document.set(field, arguments.get(field));
            }
        }
        return writer.insert(transaction, document, caller);
    }

    private JsonNode singleValue(ObjectNode arguments, Caller caller) {
        String docType = arguments.path("doctype").asText();
        boolean allowed = switch (docType) {
            case "System Settings" -> caller.user().isSystemManager();
            case "HR Settings" -> caller.user().mayReadHrSettings();
            default -> false;
        };
        if (!allowed) {
            throw notPermitted("No permission for " + docType);
        }
        return switch (arguments.path("field").asText()) {
            case "time_zone" -> JSON.textNode(site.timeZone.getId());
            case "language" -> JSON.textNode(site.language);
            case "allow_geolocation_tracking" -> JSON.numberNode(site.geolocationRequired ? 1 : 0);
            default -> JSON.nullNode();
        };
    }

    private ArrayNode roles(ObjectNode arguments) {
        ArrayNode roles = JSON.arrayNode();
        site.users().stream()
                .filter(user -> user.email().equals(arguments.path("uid").asText()))
                .forEach(user -> user.roles().forEach(roles::add));
        return roles.add("All").add("Guest").add("Desk User");
    }

    private static boolean hasPermission(ObjectNode arguments, SimulatedUser user) {
        return user.may(
                arguments.path("perm_type").asText("read"),
                arguments.path("doctype").asText());
    }
}
