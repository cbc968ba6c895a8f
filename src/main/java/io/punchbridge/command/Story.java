package io.punchbridge.command;

import static io.punchbridge.command.Printable.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The story of one punch, for a person. */
final class Story {
    private Story() {}

    static void print(JsonNode story, PrintWriter out) {
        JsonNode punch = story.path("punch");
        JsonNode sent = story.path("sent");
        out.println("Punch " + text(punch, "key"));
        line(
                out,
                "punched",
                text(punch, "localTime") + ", " + text(punch, "type") + ", by user " + text(punch, "user") + " at "
                        + text(punch, "device"));
        line(out, "sent as", "log time " + text(sent, "logTime") + ", input " + text(sent, "inputType"));
        line(out, "came", text(punch, "receivedLocally") + " by " + text(punch, "source"));
        line(
                out,
                "state",
                text(punch, "state") + (punch.hasNonNull("settledAt") ? " since " + text(punch, "settledAt") : ""));
        optional(out, "reason", punch, "reason");
        optional(out, "employee", punch, "employee");
        optional(out, "check-in", punch, "checkin");
        optional(out, "see", story, "checkinUrl");
        if (story.path("beingDelivered").asBoolean()) {
            line(out, "now", "a delivery is under way");
        }
        if (story.hasNonNull("possiblySentAt")) {
            line(
                    out,
                    "perhaps",
                    "sent " + text(story, "possiblySentAt")
                            + ", without an answer; Frappe is asked for it before it is sent again");
        }
        if (story.hasNonNull("notBefore")) {
            line(out, "next try", "not before " + text(story, "notBefore"));
        }
        JsonNode near = story.path("foundNear");
        if (near.isObject()) {
            line(
                    out,
                    "near",
                    "was not sent: another program's check-in " + text(near, "checkin") + " stands "
                            + text(near, "secondsLater") + " s later; " + text(near, "foundLogType") + " there, "
                            + text(near, "logType") + " here");
        }
        optional(out, "content", story, "content");
        for (JsonNode attempt : story.path("attempts")) {
            line(out, "attempt", attempt(attempt));
        }
        for (JsonNode done : story.path("actions")) {
            JsonNode action = done.path("action");
            line(
                    out,
                    "action",
                    text(action, "at") + " " + text(action, "kind") + " by " + text(action, "who") + " ("
                            + text(action, "authority") + "), was " + text(done, "stateBefore") + "; why: "
                            + text(action, "why"));
        }
    }

    /** E.g. {@code 3 at 2026-01-05T09:00:00Z refused (HTTP 417, 12 ms, 4 punches in the request): The words.} */
    private static String attempt(JsonNode attempt) {
        StringBuilder told = new StringBuilder(
                text(attempt, "number") + " at " + text(attempt, "at") + " " + text(attempt, "outcome"));
        if (attempt.hasNonNull("checkin")) {
            told.append(' ').append(text(attempt, "checkin"));
        }
        List<String> figures = new ArrayList<>();
        if (attempt.hasNonNull("status")) {
            figures.add("HTTP " + text(attempt, "status"));
        }
        if (attempt.hasNonNull("tookMillis")) {
            figures.add(text(attempt, "tookMillis") + " ms");
        }
        if (attempt.path("punches").asInt() > 1) {
            figures.add(text(attempt, "punches") + " punches in the request");
        }
        if (!figures.isEmpty()) {
            told.append(" (").append(String.join(", ", figures)).append(')');
        }
        if (attempt.hasNonNull("words")) {
            told.append(": ").append(text(attempt, "words"));
        }
        return told.toString();
    }

    private static void optional(PrintWriter out, String label, JsonNode from, String member) {
        if (from.hasNonNull(member)) {
            line(out, label, text(from, member));
        }
    }

    private static void line(PrintWriter out, String label, String words) {
        out.println("  " + label + " ".repeat(10 - label.length()) + words);
    }
}
