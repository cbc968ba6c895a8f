package io.punchbridge.punch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated punch that lacks a readable time or user, or whose device can't be told. Stored as
 * {@link PunchState#QUARANTINED}, never dropped.
 *
 * @param reason what could not be read, in words for a person
 * @param content what was sent, as redacted JSON
 */
public record UnreadablePunch(
        PunchKey key,
        SerialNumber device,
        @Nullable UserId user,
        @Nullable Instant at,
        String reason,
        String content) {

    public static UnreadablePunch of(
            SerialNumber device, @Nullable UserId user, @Nullable Instant at, String reason, String content) {
        return new UnreadablePunch(PunchKey.ofUnreadable(device, content), device, user, at, reason, content);
    }
}
