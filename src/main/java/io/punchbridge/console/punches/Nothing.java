package io.punchbridge.console.punches;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it can mean that nothing was found, and where to look next.
 *
 * @param meanings sentences, the likeliest first
 * @param all how many devices there are, of which only so many are shown
 */
public record Nothing(List<Meaning> meanings, List<Heard> devices, int all) {
    Nothing(List<Meaning> meanings, List<Heard> devices) {
        this(meanings, devices, devices.size());
    }

    public boolean hasMore() {
        return all > devices.size();
    }

    /**
     * @param href where to go on; null if nowhere
     * @param link words of the link
     */
    public record Meaning(
            String words, @Nullable String href, @Nullable String link) {
        static Meaning of(String words) {
            return new Meaning(words, null, null);
        }
    }

    /**
     * How far it is known what a device recorded.
     *
     * @param lastHeard its last callback, of whatever kind; null if none ever came
     * @param log how far the device's own log was compared with what came here
     * @param loadLog where that log is asked for
     */
    public record Heard(String device, @Nullable Moment lastHeard, String log, String loadLog) {}
}
