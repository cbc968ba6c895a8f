package io.punchbridge.punch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attendance event that a device recorded.
 *
 * @param at when it happened, cut to whole seconds (Frappe keeps no more)
 * @param sentType the gateway's word where {@code type} is {@link PunchType#OTHER}, else null
 */
public record Punch(
        PunchKey key,
        SerialNumber device,
        UserId user,
        Instant at,
        PunchType type,
        @Nullable String sentType,
        PunchDetails details) {

    public static Punch of(
            SerialNumber device, UserId user, Instant at, @Nullable String sentType, PunchDetails details) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        PunchType type = PunchType.of(sentType);
        String unknownWord = type == PunchType.OTHER ? sentType : null;
        String word = unknownWord != null ? unknownWord : type.word();
        return new Punch(PunchKey.of(device, user, second, word), device, user, second, type, unknownWord, details);
    }
}
