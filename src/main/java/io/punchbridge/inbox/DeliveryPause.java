package io.punchbridge.inbox;

import io.punchbridge.inbox.Actions.Request;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person has paused delivery: durable, and the same for all processes at one database. While it is paused
 * {@link Inbox#claim} gives nothing to any of them; what was claimed before ends as ever. Pausing and resuming are
 * recorded as {@link Actions}, each together with its effect. Every method blocks.
 */
public interface DeliveryPause {

    /**
     * A pause that lasts.
     *
     * @param authority what proved that the person may
     * @param who null if nobody said
     */
    record Paused(Instant since, String authority, @Nullable String who, String why) {}

    /** @param anew false if it was paused already, and is as it was */
    record Begun(Paused pause, boolean anew) {}

    /** One small read. */
    Optional<Paused> current();

    /** @throws IllegalArgumentException if the request doesn't say why */
    Begun pause(Request request);

    /** Returns the pause that ends by this; empty if delivery wasn't paused, and then nothing is recorded. */
    Optional<Paused> resume(Request request);
}
