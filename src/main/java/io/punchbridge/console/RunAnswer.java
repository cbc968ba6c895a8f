package io.punchbridge.console;

import io.punchbridge.inbox.Run;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of reconciliation as {@code /api/v1} shows it. Instants are ISO 8601 in UTC.
 *
 * @param device its name, or its serial number if no device of that name is declared any more
 * @param state running, done, failed, cancelled or interrupted
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
        int pages,
        long rows,
        long newPunches,
        long lostPunches,
        long unreadable,
        int errors,
        String startedAt,
        String updatedAt,
        @Nullable String endedAt,
        @Nullable String reason) {

    static RunAnswer of(Run run, String device) {
        return new RunAnswer(
                run.id(),
                device,
                run.trigger().name().toLowerCase(Locale.ROOT),
                run.state().name().toLowerCase(Locale.ROOT),
                run.from().toString(),
                run.until().toString(),
                run.provenUntil().toString(),
                run.windows(),
                run.windowsDone(),
                run.pages(),
                run.rows(),
                run.newPunches(),
                run.lostPunches(),
                run.unreadable(),
                run.errors(),
                run.startedAt().toString(),
                run.updatedAt().toString(),
                run.endedAt() == null ? null : Objects.toString(run.endedAt()),
                run.reason());
    }
}
