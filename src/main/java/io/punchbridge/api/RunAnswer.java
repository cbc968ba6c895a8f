package io.punchbridge.api;

import io.punchbridge.inbox.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of reconciliation as {@code /api/v1} shows it. Instants are ISO 8601 in UTC.
 *
 * @param device its name, or its serial number if no device of that name is declared any more
 * @param state running, done, failed, cancelled or interrupted
 * @param share of the range that is loaded, 0 to 1
 * @param estimatedEnd when a running one ends if it goes on as it went; null where nothing can be told
 * @param foundNear punches of its device and range, up to now, that were not sent since another program's check-in stood
 *     near in Frappe; grows while delivery goes on after the run
 */
@RegisterForReflection
public record RunAnswer(
        String id,
        String device,
        String trigger,
        String state,
        String from,
        String until,
        String provenUntil,
        int windows,
        int windowsDone,
        double share,
        @Nullable String estimatedEnd,
        int pages,
        long rows,
        long newPunches,
        long lostPunches,
        long unreadable,
        long foundNear,
        int errors,
        String startedAt,
        String updatedAt,
        @Nullable String endedAt,
        @Nullable String reason) {

    static RunAnswer of(Run run, String device, long foundNear, Instant now) {
        return new RunAnswer(
                run.id(),
                device,
                run.triggerWord().shown(),
                run.stateWord().shown(),
                run.from().toString(),
                run.until().toString(),
                run.provenUntil().toString(),
                run.windows(),
                run.windowsDone(),
                run.share(),
                run.estimatedEnd(now).map(Instant::toString).orElse(null),
                run.pages(),
                run.rows(),
                run.newPunches(),
                run.lostPunches(),
                run.unreadable(),
                foundNear,
                run.errors(),
                run.startedAt().toString(),
                run.updatedAt().toString(),
                run.endedAt() == null ? null : Objects.toString(run.endedAt()),
                run.reason());
    }
}
