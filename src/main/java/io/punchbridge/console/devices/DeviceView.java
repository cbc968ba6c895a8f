package io.punchbridge.console.devices;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as people see it.
 *
 * @param seen its last callback; null if it never called back
 * @param watched since when it is declared
 * @param warnings each says what is wrong, what it means, what to do
 * @param drift how its clock goes, in words
 * @param licence in words
 * @param stored today's punches
 * @param delivered of them
 */
public record DeviceView(
        String name,
        String link,
        String loadLog,
        @Nullable Moment seen,
        Moment watched,
        List<String> warnings,
        String drift,
        String licence,
        ProofBar proof,
        String stored,
        String delivered,
        LostChart lost) {

    public boolean isWarned() {
        return !warnings.isEmpty();
    }
}
