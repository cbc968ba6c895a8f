package io.punchbridge.reconciliation;

import io.punchbridge.punch.Device;
import java.time.Instant;
import java.util.Optional;

/** When something came from a device last, by our clock; empty if nothing is known to have come. */
@FunctionalInterface
public interface LastHeard {
    Optional<Instant> of(Device device);
}
