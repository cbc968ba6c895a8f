package io.punchbridge;

import io.punchbridge.punch.Device;
import io.punchbridge.reconciliation.LastHeard;
import io.punchbridge.watch.DeviceWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** What the watch over devices has heard of them tells reconciliation how long one has been silent. */
@ApplicationScoped
class HeardDevices implements LastHeard {
    private final DeviceWatch watch;

    HeardDevices(DeviceWatch watch) {
        this.watch = watch;
    }

    @Override
    public Optional<Instant> of(Device device) {
        return watch.lastCallback(device.serialNumber());
    }
}
