package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Punches, events and arrivals to store. */
final class Samples {
    static final Instant NINE = Instant.parse("2024-09-17T09:00:00Z");
    static final SerialNumber DEVICE = new SerialNumber("ZHM11xxxxxxxx");

    private Samples() {}

    static Punch punch(String user, Instant at) {
        return Punch.of(DEVICE, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    /** One punch a user, a second apart. */
    static List<Punch> punches(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> punch(Integer.toString(i), NINE.plusSeconds(i)))
                .toList();
    }

    static Arrival live(Instant receivedAt, Punch... punches) {
        return new Arrival(Source.CALLBACK, receivedAt, List.of(punches), List.of(), List.of());
    }

    static Arrival live(Instant receivedAt, List<Punch> punches) {
        return new Arrival(Source.CALLBACK, receivedAt, punches, List.of(), List.of());
    }

    static Arrival history(Instant receivedAt, Punch... punches) {
        return new Arrival(Source.LOAD_LOG, receivedAt, List.of(punches), List.of(), List.of());
    }

    static Arrival unreadable(Instant receivedAt, UnreadablePunch... unreadable) {
        return new Arrival(Source.CALLBACK, receivedAt, List.of(), List.of(unreadable), List.of());
    }

    static Arrival event(Instant receivedAt, DeviceEvent... events) {
        return new Arrival(Source.CALLBACK, receivedAt, List.of(), List.of(), List.of(events));
    }

    static DeviceEvent userUpdated(String user) {
        return DeviceEvent.of(DEVICE, "UserUpdated", new UserId(user), null, "{\"UserID\":\"" + user + "\"}");
    }

    static List<PunchKey> keys(List<WaitingPunch> punches) {
        return punches.stream().map(waiting -> waiting.punch().key()).toList();
    }
}
