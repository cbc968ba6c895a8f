package io.punchbridge.api;

import io.punchbridge.inbox.FoundNear.Found;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Punches that were not sent since another program's check-in stood near, in the order of their times.
 *
 * @param next what to ask for as {@code after} to get those that follow; null if there are none
 */
@RegisterForReflection
public record FoundNearAnswer(List<Near> punches, @Nullable String next) {

    /**
     * @param at when the device recorded it, in UTC
     * @param checkin name of the Employee Checkin that it counts as
     * @param secondsLater by how much the check-in is later; negative if earlier
     */
    @RegisterForReflection
    @Schema(name = "FoundNear")
    public record Near(
            String punch, String at, String checkin, long secondsLater, String logType, String foundLogType) {}

    static FoundNearAnswer of(List<Found> found, int limit) {
        String next =
                found.size() < limit ? null : found.get(found.size() - 1).key().value();
        return new FoundNearAnswer(found.stream().map(FoundNearAnswer::near).toList(), next);
    }

    private static Near near(Found found) {
        return new Near(
                found.key().value(),
                found.at().toString(),
                found.checkin(),
                found.difference().secondsLater(),
                found.difference().logType(),
                found.difference().foundLogType());
    }
}
