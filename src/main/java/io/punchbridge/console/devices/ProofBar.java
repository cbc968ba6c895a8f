package io.punchbridge.console.devices;

import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far behind now the instant is until which nothing of a device is missing, as a bar over the last week.
 *
 * @param words e.g. {@code 20 min behind}, or why nothing is proven
 * @param tone ok, warn or bad; idle where nothing can be proven
 * @param width of the bar, 0 to 100
 * @param until null where nothing is proven
 * @param assumed whether it follows the configured assumption instead of a proof
 */
public record ProofBar(
        String words, String tone, int width, @Nullable Moment until, boolean assumed) {
    static final Duration SCALE = Duration.ofDays(7);
    private static final Duration A_DAY = Duration.ofDays(1);

    /**
     * @param usual how far behind a device is that is compared regularly
     */
    static ProofBar of(Moment until, Duration behind, Duration usual, boolean assumed) {
        Duration late = behind.isNegative() ? Duration.ZERO : behind;
        boolean isUsual = late.compareTo(usual) <= 0;
        boolean isNear = late.compareTo(usual.plus(A_DAY)) <= 0;
        long left = Math.max(0, SCALE.toMillis() - late.toMillis());
        return new ProofBar(
                Times.inWords(late) + " behind",
                isUsual ? "ok" : isNear ? "warn" : "bad",
                (int) (left * 100 / SCALE.toMillis()),
                until,
                assumed);
    }

    static ProofBar none(String why, String tone) {
        return new ProofBar(why, tone, 0, null, false);
    }

    /** For whoever doesn't see the bar. */
    public String alternative() {
        return until == null
                ? "Verified until: not known"
                : "Verified until now, but for " + words.replace(" behind", "");
    }
}
