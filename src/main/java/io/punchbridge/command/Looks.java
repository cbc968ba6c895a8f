package io.punchbridge.command;

import static io.punchbridge.command.Printable.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.command.LookCommand.Look;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What can be looked at, and how it is shown to a person. */
final class Looks {
    static final Look SUMMARY = new Look(
            "summary",
            "How things stand, in one look: punches by state, delivery, warnings of devices, runs under way, alerts.",
            "summary",
            null,
            false,
            Looks::summary);

    static final Look HELD = new Look(
            "held",
            "For whom punches are held, by user id on the devices, those with most first.",
            "held",
            null,
            false,
            Looks::held);

    static final Look DEVICES =
            new Look("devices", "The declared devices, and how they do.", "devices", null, false, Looks::devices);

    static final Look WATERMARKS = new Look(
            "watermarks",
            "How far auto attendance of each shift type may go, and what holds it back.",
            "watermarks",
            null,
            false,
            Looks::watermarks);

    static final Look EVENTS = new Look(
            "events", "What devices told beside punches, newest first.", "events", "cursor", true, Looks::events);

    static final Look ACTIONS = new Look(
            "actions", "What persons did, when and why, newest first.", "actions", "before", false, Looks::actions);

    private Looks() {}

    private static void summary(JsonNode answer, PrintWriter out) {
        Table table = new Table("PUNCHES", "NUMBER");
        answer.path("punches")
                .properties()
                .forEach(count -> table.row(
                        Printable.plain(count.getKey()), count.getValue().asText()));
        table.print(out);
        JsonNode delivery = answer.path("delivery");
        out.println("Oldest that waits: " + text(answer, "oldestPending"));
        out.println("Frappe: " + text(delivery, "condition") + " since " + text(delivery, "since") + "; last delivery "
                + text(delivery, "lastDeliveryAt"));
        if (delivery.hasNonNull("reason")) {
            out.println("  " + text(delivery, "reason"));
        }
        if (delivery.hasNonNull("paused")) {
            JsonNode paused = delivery.path("paused");
            out.println("Delivery is paused since " + text(paused, "since") + " by " + text(paused, "by") + ": "
                    + text(paused, "reason"));
        }
        answer.path("warnings")
                .forEach(device -> out.println("Warning: " + text(device, "device") + ": " + list(device, "warnings")));
        answer.path("runs")
                .forEach(run -> out.println("Loading the log of " + text(run, "device") + ": "
                        + Math.round(run.path("share").asDouble() * 100) + " %, run " + text(run, "id")));
        alerts(answer.path("alerts"), out);
    }

    private static void alerts(JsonNode alerts, PrintWriter out) {
        JsonNode receiver = alerts.path("receiver");
        alerts.path("alerts")
                .forEach(alert -> out.println("Alert: " + text(alert, "alert") + " since " + text(alert, "since") + " ("
                        + text(alert, "severity") + ", " + text(alert, "told") + "): " + text(alert, "summary")));
        String state = receiver.path("state").asText();
        if (state.equals("away") || state.equals("refuses") || state.equals("gone")) {
            out.println("Alerts don't reach " + text(receiver, "host") + ": " + text(receiver, "words"));
        }
    }

    private static void held(JsonNode answer, PrintWriter out) {
        if (answer.path("users").isEmpty()) {
            out.println("No punch is held.");
            return;
        }
        Table table = new Table("USER", "PUNCHES", "OLDEST", "NEWEST", "DEVICES", "REASONS");
        answer.path("users")
                .forEach(user -> table.row(
                        text(user, "user"),
                        text(user, "punches"),
                        text(user, "oldest"),
                        text(user, "newest"),
                        list(user, "devices"),
                        list(user, "reasons")));
        table.print(out);
        if (!answer.path("complete").asBoolean()) {
            out.println("Only the newest punches were looked at, or users with few are left out.");
        }
    }

    private static void devices(JsonNode answer, PrintWriter out) {
        Table table =
                new Table("DEVICE", "LAST CALLBACK", "CLOCK", "LICENCE UNTIL", "VERIFIED UNTIL", "TODAY", "WARNINGS");
        answer.path("devices")
                .forEach(device -> table.row(
                        text(device, "name"),
                        text(device, "lastCallback"),
                        drift(device.path("drift")),
                        text(device.path("information"), "licensedUntil"),
                        text(device.path("verified"), "until"),
                        today(device.path("today")),
                        list(device, "warnings")));
        table.print(out);
    }

    private static String drift(JsonNode drift) {
        if (!drift.hasNonNull("secondsBehind")) {
            return "-";
        }
        long behind = drift.path("secondsBehind").asLong();
        return behind == 0 ? "right" : Math.abs(behind) + (behind > 0 ? " s behind" : " s ahead");
    }

    private static String today(JsonNode today) {
        return today.hasNonNull("stored")
                ? text(today, "stored") + ", " + text(today, "delivered") + " delivered"
                : "-";
    }

    private static void watermarks(JsonNode answer, PrintWriter out) {
        out.println("Mode: " + text(answer, "mode"));
        if (answer.path("watermarks").isEmpty()) {
            out.println("No shift type was looked at yet.");
            return;
        }
        Table table = new Table("SHIFT TYPE", "DECISION", "LAST SYNC", "PROVEN UNTIL", "WHY");
        answer.path("watermarks")
                .forEach(shift -> table.row(
                        text(shift, "shiftType"),
                        text(shift, "decision"),
                        text(shift, "lastSync"),
                        text(shift, "provenUntil"),
                        text(shift, "words")));
        table.print(out);
    }

    private static void events(JsonNode answer, PrintWriter out) {
        if (answer.path("events").isEmpty()) {
            out.println(answer.hasNonNull("next") ? "None among those that were looked at." : "No event is stored.");
            return;
        }
        Table table = new Table("CAME", "DEVICE", "EVENT", "USER", "CONTENT");
        answer.path("events")
                .forEach(event -> table.row(
                        text(event, "receivedAt"),
                        text(event, "device"),
                        text(event, "operation"),
                        text(event, "user"),
                        text(event, "content")));
        table.print(out);
    }

    private static void actions(JsonNode answer, PrintWriter out) {
        if (answer.path("actions").isEmpty()) {
            out.println("Nobody has done anything yet, as far as is recorded.");
            return;
        }
        Table table = new Table("WHEN", "WHAT", "WHO", "MEANT", "CHANGED", "WHY");
        answer.path("actions")
                .forEach(action -> table.row(
                        text(action, "at"),
                        text(action, "kind"),
                        text(action, "who") + " (" + text(action, "authority") + ")",
                        text(action, "what"),
                        text(action, "changed") + " of " + text(action, "wanted"),
                        text(action, "why")));
        table.print(out);
    }

    private static String list(JsonNode from, String member) {
        List<String> words = new ArrayList<>();
        from.path(member).forEach(word -> words.add(Printable.plain(word.asText())));
        return words.isEmpty() ? "-" : String.join(", ", words);
    }
}
