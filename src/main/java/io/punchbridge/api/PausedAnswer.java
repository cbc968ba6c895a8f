package io.punchbridge.api;

import io.punchbridge.inbox.DeliveryPause.Paused;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A pause of delivery.
 *
 * @param since in UTC
 * @param by a user's name, or whom the command ran as, as it says itself
 * @param authority what proved that the person may
 */
@RegisterForReflection
public record PausedAnswer(String since, @Nullable String by, String authority, String reason) {

    static PausedAnswer of(Paused paused) {
        return new PausedAnswer(paused.since().toString(), paused.who(), paused.authority(), paused.why());
    }
}
