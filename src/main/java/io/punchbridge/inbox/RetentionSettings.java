package io.punchbridge.inbox;

import java.time.Duration;

/**
 * How long what needs no more work is kept.
 *
 * @param punches delivered and ignored punches, since they were made and since they were settled, whichever is later; at
 *     least {@link #SHORTEST}
 * @param keys the bare keys of those punches, since they were made: how late a repeat is still known as one; at least
 *     {@code punches}
 * @param events events, since they came
 */
public record RetentionSettings(Duration punches, Duration keys, Duration events) {

    /** No punch younger than this is purged, whatever is configured. */
    public static final Duration SHORTEST = Duration.ofDays(30);

    /**
     * A punch younger than this is new or in the table, and is not looked for among the purged ones. The difference to
     * {@link #SHORTEST} covers replicas whose clocks differ.
     */
    static final Duration SURELY_UNPURGED = SHORTEST.minusDays(2);

    public RetentionSettings {
        if (punches.compareTo(SHORTEST) < 0 || keys.compareTo(punches) < 0) {
            throw new IllegalArgumentException("punches are kept for at least " + SHORTEST.toDays()
                    + " days, and their keys for at least as long");
        }
    }
}
