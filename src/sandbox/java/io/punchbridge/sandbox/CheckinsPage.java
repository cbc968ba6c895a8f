package io.punchbridge.sandbox;

import java.util.List;
import java.util.Map;

/** The simulated site's front page: its check-ins, newest first. */
final class CheckinsPage {
    private static final int SHOWN = 200;

    private CheckinsPage() {}

    static Reply of(List<SimulatedCheckin> checkins) {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
                + "<meta http-equiv=refresh content=5>\n<title>Simulated Frappe HR: Employee Checkin</title>\n"
                + "<style>body{font:14px sans-serif;margin:2em}td,th{padding:2px 12px;text-align:left}</style>\n"
                + "<h1>Employee Checkin</h1>\n<p>" + checkins.size()
                + " rows in this simulated site, the newest first.</p>\n<table>\n"
                + "<tr><th>ID<th>Employee<th>Name<th>Log type<th>Time<th>Device<th>Shift<th>Created\n");
        for (int i = checkins.size() - 1; i >= Math.max(0, checkins.size() - SHOWN); i--) {
            SimulatedCheckin row = checkins.get(i);
            html.append("<tr>");
            for (String column : List.of(
                    "name", "employee", "employee_name", "log_type", "time", "device_id", "shift", "creation")) {
                Object value = row.value(column);
                html.append("<td>")
                        .append(value == null ? "" : escaped(row.json(column).asText()));
            }
            html.append('\n');
        }
        return new Reply(200, Reply.HTML, html.append("</table>\n").toString(), Map.of());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
