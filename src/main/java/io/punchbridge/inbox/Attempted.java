package io.punchbridge.inbox;

import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.punch.PunchKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt at a punch that is yet to be recorded; of several at one punch, the earlier comes first. */
public record Attempted(
        PunchKey punch,
        Instant at,
        @Nullable Duration took,
        Outcome outcome,
        int status,
        @Nullable String words,
        int punches,
        @Nullable String checkin) {}
