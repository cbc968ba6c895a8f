package io.punchbridge.watch;

import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.util.Map;

/**
 * From when on something about a device is worth a warning.
 *
 * @param clockDrift how far a clock may be off, either way
 * @param licenceEndsWithin how long before its end a licence is warned of
 * @param silentFor how long a device may be silent; zero: for ever
 * @param silentForOf the same for single devices
 * @param informationEvery how often each device's information is asked for
 * @param canAsk whether an endpoint of the gateway is configured
 */
public record WatchSettings(
        Duration clockDrift,
        Duration licenceEndsWithin,
        Duration silentFor,
        Map<SerialNumber, Duration> silentForOf,
        Duration informationEvery,
        boolean canAsk) {
    public WatchSettings {
        silentForOf = Map.copyOf(silentForOf);
    }

    /** Zero: it may be silent for ever. */
    Duration silentFor(Device device) {
        return silentForOf.getOrDefault(device.serialNumber(), silentFor);
    }
}
