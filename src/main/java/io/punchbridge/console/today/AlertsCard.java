package io.punchbridge.console.today;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the webhook tells, and whether it gets through.
 *
 * @param receiver null where alerts are off
 * @param open the worst first
 */
public record AlertsCard(@Nullable Receiver receiver, List<Open> open) {

    /**
     * @param badge one or two words
     * @param tone ok, warn, bad or idle
     * @param words what it last answered and what to do
     * @param takenAt when it last took a message, as far as this process knows
     */
    public record Receiver(
            String host,
            String badge,
            String tone,
            String words,
            @Nullable Moment takenAt) {}

    /**
     * @param tone warn, bad or idle
     * @param words what is wrong
     * @param told how far its message came
     */
    public record Open(String name, String tone, String severity, Moment since, String words, String told) {}
}
