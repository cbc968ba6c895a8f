package io.punchbridge.reconciliation;

import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.History;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What reconciliation stands on in the running service, and others or tests may replace. */
@Singleton
class ReconciliationProducer {
    /** A device that a callback reaches later than this after the punch is not heard by it. */
    private static final Duration LATEST_CALLBACK = Duration.ofDays(31);

    @Produces
    @Singleton
    @DefaultBean
    Waiting waiting() {
        return duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Produces
    @Singleton
    @DefaultBean
    LastHeard lastHeard(History history, Clock clock) {
        return device ->
                history.lastCallback(device.serialNumber(), clock.instant().minus(LATEST_CALLBACK));
    }

    @Produces
    @Singleton
    @DefaultBean
    DeviceZones zones(CallbackDoor.FallbackZone fallbackZone) {
        return device -> {
            ZoneId own = device.timeZone();
            return Optional.ofNullable(own != null ? own : fallbackZone.get());
        };
    }
}
