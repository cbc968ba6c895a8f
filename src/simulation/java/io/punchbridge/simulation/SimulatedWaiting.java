package io.punchbridge.simulation;

import io.punchbridge.reconciliation.Waiting;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits for simulated time to pass, and says so. */
@Singleton
@IfBuildProperty(name = "punchbridge-simulation.enabled", stringValue = "true")
class SimulatedWaiting implements Waiting {
    private final SimulatedClock clock;

    SimulatedWaiting(SimulatedClock clock) {
        this.clock = clock;
    }

    @Override
    public void await(Duration duration) throws InterruptedException {
        Instant end = clock.instant().plus(duration);
        clock.time().setWaitingUntil(end);
        try {
            while (clock.instant().isBefore(end)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        } finally {
            clock.time().setWaitingUntil(Instant.EPOCH);
        }
    }
}
