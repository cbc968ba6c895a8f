package io.punchbridge.sandbox;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tables whose rows are only read: what else may rest on an employee's day. */
final class DocumentTables {
    static final String SALARY_SLIP = "Salary Slip";
    static final String LEAVE_APPLICATION = "Leave Application";
    static final String ATTENDANCE_REQUEST = "Attendance Request";

    static final Map<String, List<String>> COLUMNS = Map.of(
            SALARY_SLIP,
            columns("start_date", "end_date", "posting_date", "status"),
            LEAVE_APPLICATION,
            columns("from_date", "to_date", "leave_type", "half_day", "half_day_date", "status"),
            ATTENDANCE_REQUEST,
            columns("from_date", "to_date", "half_day", "half_day_date", "reason", "shift"));

    private final Map<String, Map<String, SimulatedDocument>> tables = Map.of(
            SALARY_SLIP, new LinkedHashMap<>(),
            LEAVE_APPLICATION, new LinkedHashMap<>(),
            ATTENDANCE_REQUEST, new LinkedHashMap<>());

    private static List<String> columns(String... own) {
        return Stream.concat(
                        Stream.of(
                                "name",
                                "owner",
                                "creation",
                                "modified",
                                "modified_by",
                                "docstatus",
                                "idx",
                                "employee",
                                "employee_name",
                                "company"),
                        Stream.of(own))
                .toList();
    }

    synchronized Collection<SimulatedDocument> all(String docType) {
        return List.copyOf(table(docType).values());
    }

    synchronized Optional<SimulatedDocument> find(String docType, String name) {
        return Optional.ofNullable(table(docType).get(name));
    }

    /** A name of its own in the table. */
    synchronized SimulatedDocument add(String docType, String prefix, Map<String, Object> values) {
        SimulatedDocument document = new SimulatedDocument(
                prefix + String.format("%05d", table(docType).size() + 1), values);
        table(docType).put(document.name(), document);
        return document;
    }

    synchronized void change(String docType, String name, UnaryOperator<SimulatedDocument> change) {
        SimulatedDocument before = table(docType).get(name);
        if (before == null) {
            throw new IllegalArgumentException("There is no " + docType + " " + name);
        }
        table(docType).put(name, change.apply(before));
    }

    private Map<String, SimulatedDocument> table(String docType) {
        Map<String, SimulatedDocument> table = tables.get(docType);
        if (table == null) {
            throw new IllegalArgumentException("The simulated site has no " + docType);
        }
        return table;
    }

    /** The submitted, approved leave of an employee on a day. */
    synchronized Optional<SimulatedDocument> approvedLeave(String employee, LocalDate date) {
        return table(LEAVE_APPLICATION).values().stream()
                .filter(leave -> leave.text("employee").equals(employee))
                .filter(leave -> Integer.valueOf(1).equals(leave.value("docstatus")))
                .filter(leave -> leave.text("status").equals("Approved"))
                .filter(leave -> leave.value("from_date") instanceof LocalDate from
                        && leave.value("to_date") instanceof LocalDate to
                        && !date.isBefore(from)
                        && !date.isAfter(to))
                .findFirst();
    }
}
