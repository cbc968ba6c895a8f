package io.punchbridge.punch;

import java.time.Instant;
import java.util.List;

/**
 * All that one authenticated callback, or one page of a load log, brought: stored together or not at all.
 *
 * @param receivedAt our clock when it came
 */
public record Arrival(
        Source source,
        Instant receivedAt,
        List<Punch> punches,
        List<UnreadablePunch> unreadable,
        List<DeviceEvent> events) {

    public Arrival {
        punches = List.copyOf(punches);
        unreadable = List.copyOf(unreadable);
        events = List.copyOf(events);
    }
}
