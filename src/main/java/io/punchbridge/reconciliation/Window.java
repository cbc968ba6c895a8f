package io.punchbridge.reconciliation;

import io.punchbridge.gateway.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a device's log that is asked for at once.
 *
 * @param from inclusive
 * @param until exclusive
 */
record Window(Instant from, Instant until) {
    /** A busy door sees tens of punches a minute; no device sees as many in this. */
    static final Duration SHORTEST = Duration.ofSeconds(10);

    /** A day less than the gateway takes: where clocks are put forward, thirty days are an hour more on the wall. */
    static final Duration LONGEST = Gateway.LONGEST_WINDOW.minusDays(1);

    /** In the order of time, none longer than {@link #LONGEST}. */
    static List<Window> cut(Instant from, Instant until) {
        List<Window> windows = new ArrayList<>();
        Instant begin = from;
        while (begin.isBefore(until)) {
            Instant longest = begin.plus(LONGEST);
            Instant end = longest.isBefore(until) ? longest : until;
            windows.add(new Window(begin, end));
            begin = end;
        }
        return windows;
    }

    boolean canBeHalved() {
        return length().compareTo(SHORTEST.multipliedBy(2)) >= 0;
    }

    /** At a whole second, as the gateway knows no less. */
    List<Window> halves() {
        Instant middle = from.plusSeconds(length().toSeconds() / 2);
        return List.of(new Window(from, middle), new Window(middle, until));
    }

    /** The nearest instant that lies in it, its end included. */
    Instant nearest(Instant instant) {
        if (instant.isBefore(from)) {
            return from;
        }
        return instant.isAfter(until) ? until : instant;
    }

    private Duration length() {
        return Duration.between(from, until);
    }
}
