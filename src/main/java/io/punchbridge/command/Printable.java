package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;

/** Members of the service's answers, for a terminal: what devices and persons wrote can't move its cursor or colour it. */
final class Printable {
    private Printable() {}

    /** "-" where there is none. */
    static String text(JsonNode answer, String member) {
        return answer.hasNonNull(member) ? plain(answer.path(member).asText()) : "-";
    }

    static String plain(String text) {
        return text.replaceAll(
                "[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+", " ");
    }
}
