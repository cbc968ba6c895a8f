package io.punchbridge.console.attendance;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far auto attendance was let go and could go, on a line that ends now.
 *
 * @param from where the line begins
 * @param given length of what HRMS was given, of {@link #WIDTH}
 * @param proven length of what is proven, from the same begin
 */
public record LagBar(Instant from, String given, String proven) {
    public static final int WIDTH = 1000;

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    static LagBar of(@Nullable Instant lastSync, @Nullable Instant provenUntil, Instant now) {
        Instant earliest = lastSync == null ? provenUntil : lastSync;
        Duration behind = earliest == null ? Duration.ZERO : Duration.between(earliest, now);
        Duration line = behind.plus(behind.dividedBy(4));
        Duration length = shorter(line.compareTo(SHORTEST) < 0 ? SHORTEST : line, LONGEST);
        Instant from = now.minus(length);
        return new LagBar(from, part(lastSync, from, length), part(provenUntil, from, length));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String part(@Nullable Instant until, Instant from, Duration length) {
        double share =
                until == null ? 0 : (double) Duration.between(from, until).toSeconds() / length.toSeconds();
        return String.format(Locale.ROOT, "%.1f", Math.min(1, Math.max(0, share)) * WIDTH);
    }
}
