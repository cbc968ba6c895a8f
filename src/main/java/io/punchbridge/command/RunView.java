package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, as the service tells it.
 *
 * @param share of the range that is loaded, 0 to 1
 */
record RunView(
        String device,
        String state,
        String provenUntil,
        int windows,
        int windowsDone,
        double share,
        int pages,
        long rows,
        long newPunches,
        long lostPunches,
        long unreadable,
        @Nullable String reason) {

    static RunView of(JsonNode run) {
        return new RunView(
                run.path("device").asText(),
                run.path("state").asText(),
                run.path("provenUntil").asText(),
                run.path("windows").asInt(),
                run.path("windowsDone").asInt(),
                run.path("share").asDouble(),
                run.path("pages").asInt(),
                run.path("rows").asLong(),
                run.path("newPunches").asLong(),
                run.path("lostPunches").asLong(),
                run.path("unreadable").asLong(),
                run.hasNonNull("reason") ? run.path("reason").asText() : null);
    }

    boolean hasEnded() {
        return !state.equals("running");
    }

    boolean isDone() {
        return state.equals("done");
    }

    String figures() {
        return "%d rows, %d new, %d of them lost by callbacks, %d unreadable"
                .formatted(rows, newPunches, lostPunches, unreadable);
    }
}
