package io.punchbridge.simulation;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The service's clock: it stands still until the simulation moves it. */
@Singleton
@IfBuildProperty(name = "punchbridge-simulation.enabled", stringValue = "true")
class SimulatedClock extends Clock {
    private final TimeFile time;

    SimulatedClock() {
        this.time = TimeFile.open(Path.of(System.getenv(TimeFile.VARIABLE)));
    }

    TimeFile time() {
        return time;
    }

    @Override
    public Instant instant() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("time is an instant inside");
    }
}
