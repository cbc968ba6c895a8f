package io.punchbridge.reconciliation;

import io.punchbridge.punch.Device;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How devices' own logs are compared with what came by callback.
 *
 * @param gatewayKnown whether there is an endpoint that can be asked at all
 * @param scheduled whether devices are walked by themselves; a person may ask for a range all the same
 * @param every how often
 * @param overlap how far before its verified-until a device is read again
 * @param settlingTime how long a punch may take until it is missed. Covers the gateway's repeats, a device clock that is
 *     behind, and a clock of ours that is ahead
 * @param lookBack where a device begins of which nothing is verified
 * @param assumeCompleteAfter by the device's name: the silence after which a device that can't be asked is taken for
 *     complete; without it, it never is
 */
public record ReconciliationSettings(
        boolean gatewayKnown,
        boolean scheduled,
        Duration every,
        Duration overlap,
        Duration settlingTime,
        Duration lookBack,
        Map<String, Duration> assumeCompleteAfter) {

    public ReconciliationSettings {
        assumeCompleteAfter = Map.copyOf(assumeCompleteAfter);
    }

    /** Whether the gateway can be asked for this device's log. */
    public boolean canBeAsked(Device device) {
        return gatewayKnown && device.connection().answersRequests();
    }

    Optional<Duration> assumption(Device device) {
        return canBeAsked(device) ? Optional.empty() : Optional.ofNullable(assumeCompleteAfter.get(device.name()));
    }
}
