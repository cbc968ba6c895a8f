package io.punchbridge.reconciliation;

import io.punchbridge.punch.Device;
import java.time.ZoneId;
import java.util.Optional;

/** The zone that a device's days are meant in: its own, else the site's; empty while neither is known. */
@FunctionalInterface
public interface DeviceZones {
    Optional<ZoneId> of(Device device);
}
