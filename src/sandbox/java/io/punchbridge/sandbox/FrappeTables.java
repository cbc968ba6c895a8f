package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reading lists and counts, with the caller's right to do so. */
final class FrappeTables {
    static final String EMPLOYEE = "Employee";
    static final String CUSTOM_FIELD = "Custom Field";
    static final String SHIFT_TYPE = "Shift Type";
    static final String SHIFT_ASSIGNMENT = "Shift Assignment";
    static final String ATTENDANCE = "Attendance";
    static final String USER = "User";

    /** What a System Manager may do anything with. */
    static final Set<String> OF_SYSTEM_MANAGERS = Set.of(CUSTOM_FIELD, USER);

    private static final List<String> ASSIGNMENT_COLUMNS =
            List.of("name", "employee", "employee_name", "shift_type", "start_date", "end_date", "status", "docstatus");

    private final Site site;

    FrappeTables(Site site) {
        this.site = site;
    }

    JsonNode list(ObjectNode arguments, Caller caller) {
        return list(arguments.path("doctype").asText(), arguments, caller);
    }

    ArrayNode list(String docType, ObjectNode arguments, Caller caller) {
        ListQuery query = query(docType, arguments, caller);
        return query.list(rows(docType, query, caller));
    }

    JsonNode count(ObjectNode arguments, Caller caller) {
        String docType = arguments.path("doctype").asText();
        ListQuery query = query(docType, arguments, caller);
        return JsonNodeFactory.instance.numberNode(query.count(rows(docType, query, caller)));
    }

    /** The first row, or an empty object. */
    JsonNode value(ObjectNode arguments, Caller caller) {
        ArrayNode rows =
                list(arguments.path("doctype").asText(), byName(arguments).put("limit_page_length", 1), caller);
        return rows.isEmpty() ? JsonNodeFactory.instance.objectNode() : rows.get(0);
    }

    /** A filter that is no filter but a name stands for that document. */
    private static ObjectNode byName(ObjectNode arguments) {
        ObjectNode copy = arguments.deepCopy();
        JsonNode filters = arguments.path("filters");
        if (filters.isTextual()
                && !filters.textValue().startsWith("[")
                && !filters.textValue().startsWith("{")) {
            copy.putObject("filters").put("name", filters.textValue());
        }
        return copy;
    }

    private ListQuery query(String docType, ObjectNode arguments, Caller caller) {
        Collection<String> columns = columns(docType);
        boolean oneself = docType.equals(USER) && !caller.email().equals("Guest");
        if (!oneself && !caller.user().may("read", docType)) {
            throw FrappeError.noAccessForListing(caller.email(), docType);
        }
        return new ListQuery(
                columns,
                arguments,
                docType.equals(ATTENDANCE) ? "attendance_date desc, employee" : "name",
                column -> caller.user().maySee(docType, column));
    }

    Collection<String> columns(String docType) {
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> site.checkinColumns();
            case EMPLOYEE -> SimulatedEmployee.COLUMNS;
            case CUSTOM_FIELD -> CheckinField.COLUMNS;
            case SHIFT_TYPE -> site.shiftColumns();
            case SHIFT_ASSIGNMENT -> ASSIGNMENT_COLUMNS;
            case ATTENDANCE -> SimulatedAttendance.COLUMNS;
            case USER -> SimulatedUser.COLUMNS;
            default -> {
                List<String> columns = DocumentTables.COLUMNS.get(docType);
                if (columns == null) {
                    throw FrappeResources.unknownDocType(docType);
                }
                yield columns;
            }
        };
    }

    private Collection<? extends Columns> rows(String docType, ListQuery query, Caller caller) {
        return switch (docType) {
            case EMPLOYEE -> site.employees().all();
            case CUSTOM_FIELD -> site.checkinFields();
            case SHIFT_TYPE -> site.shifts().all();
            case SHIFT_ASSIGNMENT -> assignments();
            case ATTENDANCE -> site.attendances().all();
            case USER -> users(caller);
            case CheckinWriter.DOC_TYPE -> checkins(query.filters());
            default -> site.documents().all(docType);
        };
    }

    /** Who isn't a System Manager sees himself alone. */
    Collection<SimulatedUser> users(Caller caller) {
        return caller.user().may("read", USER) ? site.users() : List.of(caller.user());
    }

    private List<SimulatedDocument> assignments() {
        List<SimulatedDocument> rows = new ArrayList<>();
        for (SimulatedEmployee employee : site.employees().all()) {
            String shift = employee.shift();
            if (shift != null) {
                rows.add(new SimulatedDocument(
                        String.format("HR-SHA-26-11-%05d", rows.size() + 1),
                        Map.of(
                                "employee",
                                employee.name(),
                                "employee_name",
                                employee.employeeName(),
                                "shift_type",
                                shift,
                                "start_date",
                                site.shiftsAssignedFrom,
                                "status",
                                "Active",
                                "docstatus",
                                1)));
            }
        }
        return rows;
    }

    /** The check-ins that may match: found by name or time where the filters give one, as a database would by index. */
    private Collection<SimulatedCheckin> checkins(Filters filters) {
        Optional<List<String>> names = filters.exactly("name");
        if (names.isPresent()) {
            return names.get().stream()
                    .distinct()
                    .flatMap(name -> site.checkins().find(name).stream())
                    .toList();
        }
        Optional<List<String>> times = filters.exactly("time");
        if (times.isPresent()) {
            List<SimulatedCheckin> rows = new ArrayList<>();
            TreeSet<LocalDateTime> walls = new TreeSet<>();
            times.get().stream()
                    .flatMap(time -> Optional.ofNullable(FrappeTime.lenient(time)).stream())
                    .forEach(walls::add);
            walls.forEach(wall -> rows.addAll(site.checkins().between(wall, wall)));
            return rows;
        }
        return filters.span("time")
                .map(span -> site.checkins().between(span.first(), span.last()))
                .orElseGet(() -> site.checkins().all());
    }
}
