package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Cancels Attendance as HRMS does: its check-ins forget it. */
final class Attendances {
    private static final String DOC_TYPE = FrappeTables.ATTENDANCE;

    private final Site site;

    Attendances(Site site) {
        this.site = site;
    }

    /** What Frappe answers: the document with its empty fields, and a message if there was one. */
    record Cancelled(ObjectNode document, List<String> messages) {}

    Cancelled cancel(String name, Caller caller) {
        SimulatedAttendance before =
                site.attendances().find(name).orElseThrow(() -> FrappeError.notFound(DOC_TYPE, name));
        caller.plan().requireWritable();
        if (!caller.user().may("cancel", DOC_TYPE)) {
            throw FrappeError.noAccessForWriting(caller.email(), DOC_TYPE);
        }
        // Neither of these is recorded; both are what Frappe's own source raises.
        if (before.docStatus() == 2) {
            throw FrappeError.unspoken(417, "ValidationError", "Cannot edit cancelled document");
        }
        if (before.docStatus() == 0) {
            throw FrappeError.unspoken(
                    417, "DocstatusTransitionError", "Cannot change docstatus from 0 (Draft) to 2 (Cancelled)");
        }
        Optional<String> unlinked = cancel(name, caller.email());
        SimulatedAttendance after = site.attendances().find(name).orElse(before);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        SimulatedAttendance.COLUMNS.forEach(column -> document.set(column, after.json(column)));
        return new Cancelled(
                document.put("doctype", DOC_TYPE), unlinked.map(List::of).orElse(List.of()));
    }

    /** Answers the message about the check-ins that were unlinked, if any were. */
    Optional<String> cancel(String name, String user) {
        LocalDateTime now = site.now();
        site.attendances().change(name, row -> row.withDocStatus(2).modified(user, now));
        List<String> links = new ArrayList<>();
        for (SimulatedCheckin checkin : site.checkins().all()) {
            if (name.equals(checkin.attendance())) {
                site.checkins().change(checkin.name(), row -> row.withAttendance(""));
                links.add(Site.link("employee-checkin", checkin.name()));
            }
        }
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of("{\"message\": "
                        + PythonJson.dumps(links.stream()
                                .collect(Collectors.joining(
                                        ", ", "Unlinked Attendance record from Employee Checkins: ", "")))
                        + ", \"title\": \"Unlinked logs\", \"indicator\": \"blue\", \"is_minimizable\": true,"
                        + " \"wide\": true}");
    }
}
