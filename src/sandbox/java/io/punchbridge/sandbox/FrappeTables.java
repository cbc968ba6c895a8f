package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reading lists and counts, with the caller's right to do so. */
final class FrappeTables {
    static final String EMPLOYEE = "Employee";
    static final String CUSTOM_FIELD = "Custom Field";

    private final Site site;

    FrappeTables(Site site) {
        this.site = site;
    }

    JsonNode list(ObjectNode arguments, Caller caller) {
        return list(arguments.path("doctype").asText(), arguments, caller);
    }

    ArrayNode list(String docType, ObjectNode arguments, Caller caller) {
        ListQuery query = query(docType, arguments, caller);
        return query.list(rows(docType, query));
    }

    JsonNode count(ObjectNode arguments, Caller caller) {
        String docType = arguments.path("doctype").asText();
        ListQuery query = query(docType, arguments, caller);
        return JsonNodeFactory.instance.numberNode(query.count(rows(docType, query)));
    }

    /** The first row, or an empty object. */
    JsonNode value(ObjectNode arguments, Caller caller) {
        ArrayNode rows =
                list(arguments.path("doctype").asText(), arguments.deepCopy().put("limit_page_length", 1), caller);
        return rows.isEmpty() ? JsonNodeFactory.instance.objectNode() : rows.get(0);
    }

    private ListQuery query(String docType, ObjectNode arguments, Caller caller) {
        SimulatedUser user = caller.user();
        return switch (docType) {
            case CheckinWriter.DOC_TYPE -> {
                require(user.mayRead(), docType, caller);
                yield new ListQuery(site.checkinColumns(), arguments);
            }
            case EMPLOYEE -> {
                require(user.mayReadEmployees(), docType, caller);
                yield new ListQuery(SimulatedEmployee.COLUMNS, arguments);
            }
            case CUSTOM_FIELD -> {
                require(user.isSystemManager(), docType, caller);
                yield new ListQuery(KeyField.COLUMNS, arguments);
            }
            default -> throw FrappeResources.unknownDocType(docType);
        };
    }

    private static void require(boolean right, String docType, Caller caller) {
        if (!right) {
            throw FrappeError.noAccessForListing(caller.email(), docType);
        }
    }

    private Collection<? extends Columns> rows(String docType, ListQuery query) {
        return switch (docType) {
            case EMPLOYEE -> site.employees().all();
            case CUSTOM_FIELD -> site.uniqueKey ? List.of(new KeyField()) : List.of();
            default -> checkins(query.filters());
        };
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
