package io.punchbridge.console.devices;

import io.punchbridge.console.Moment;
import io.punchbridge.console.loadlog.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a device, beyond {@link DeviceView}.
 *
 * @param unaskable why the gateway can't be asked about it; null if it can
 * @param zone with a word on where it is from
 * @param answer the gateway's last answer about it, in our words; null if there was none
 * @param verifiedSince null where nothing is proven
 */
public record DeviceDetail(
        String serialNumber,
        String connection,
        String direction,
        String zone,
        @Nullable String unaskable,
        @Nullable String model,
        @Nullable String users,
        @Nullable Moment informed,
        @Nullable Moment lastEvent,
        @Nullable String answer,
        @Nullable Moment answered,
        @Nullable Moment verifiedSince,
        List<CallView> calls,
        List<RunView> runs,
        String roster) {

    /** A request of ours to the gateway. */
    public record CallView(
            Moment sent,
            String operation,
            String took,
            @Nullable String code,
            String outcome) {}

    public boolean wasAsked() {
        return !calls.isEmpty();
    }

    public boolean hasRuns() {
        return !runs.isEmpty();
    }
}
