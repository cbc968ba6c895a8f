package io.punchbridge.longrun;

import io.punchbridge.simulation.TimeFile;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What time it is in the world, for those who are not the service. */
final class WorldClock extends Clock {
    private final TimeFile time;

    WorldClock(TimeFile time) {
        this.time = time;
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
        throw new UnsupportedOperationException("the world asks for instants alone");
    }
}
