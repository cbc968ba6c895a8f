package io.punchbridge.command;

import static io.punchbridge.command.Said.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

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

    private static void optional(PrintWriter out, String label, JsonNode from, String member) {
        if (from.hasNonNull(member)) {
            line(out, label, text(from, member));
        }
    }

    private static void line(PrintWriter out, String label, String words) {
        out.println("  " + label + " ".repeat(10 - label.length()) + words);
    }
}
