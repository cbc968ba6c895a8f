package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;

/** What the service answered: what was asked for, or why it isn't to be had. */
record Answer(int status, JsonNode body) {
    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** Whether the service itself told why it refuses. */
    boolean saysWhy() {
        return !body.path("detail").asText().isEmpty();
    }

    /** The reason of an answer that isn't good, for a person. */
    String reason() {
        String detail = body.path("detail").asText();
        return detail.isEmpty() ? "the service answered with status " + status : detail;
    }
}
