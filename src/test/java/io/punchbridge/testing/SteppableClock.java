package io.punchbridge.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs, and can be stepped as an operator or NTP steps one. */
public final class SteppableClock extends Clock {
    private final Clock running = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;

    public void step(Duration by) {
        offset = offset.plus(by);
    }

    public void setRight() {
        offset = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return running.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the application asks for instants alone");
    }
}
