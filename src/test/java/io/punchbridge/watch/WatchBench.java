package io.punchbridge.watch;

import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.Stored;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Three devices, a real store, a clock that is set, and what they send. */
final class WatchBench implements AutoCloseable {
    static final Device OFFICE = device("head-office", "SN-OFFICE", Connection.NATIVE_PUSH, "Africa/Nairobi");
    static final Device GATE = device("gate", "SN-GATE", Connection.DEVICE_SDK, "UTC");
    static final Device POLLED = device("polled", "SN-POLLED", Connection.DB_PULL, "UTC");
    static final Devices DEVICES = new Devices(List.of(OFFICE, GATE, POLLED));
    static final WatchSettings SETTINGS = new WatchSettings(
            Duration.ofMinutes(2), Duration.ofDays(30), Duration.ofHours(24), Map.of(), Duration.ofDays(1), true);

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:00:00Z"));
    final FakeCalls calls = new FakeCalls();
    final TestStore store;

    WatchBench(Path directory) {
        store = TestStore.open(directory.resolve("punchbridge.db"), clock);
    }

    private static Device device(String name, String serialNumber, Connection connection, String zone) {
        return new Device(name, new SerialNumber(serialNumber), connection, Direction.AS_SENT, ZoneId.of(zone));
    }

    /** As a start of the service on this store. */
    DeviceWatch watch() {
        return watch(store.clusterLock());
    }

    DeviceWatch watch(ClusterLock lock) {
        return new DeviceWatch(DEVICES, store.deviceStates(), calls, SETTINGS, lock, () -> null, clock);
    }

    /** A punch that comes a second after it was made. */
    Arrival punch(Device device, Duration clockBehind) {
        Instant sentAt = clock.instant().minusSeconds(1);
        return arrival(Source.CALLBACK, punchAt(device, sentAt.minusSeconds(1).minus(clockBehind), sentAt));
    }

    static Punch punchAt(Device device, Instant at, Instant sentAt) {
        return Punch.of(
                device.serialNumber(),
                new UserId("1"),
                at,
                "CheckIn",
                new PunchDetails(null, sentAt, null, null, null, null, null));
    }

    Arrival arrival(Source source, Punch... punches) {
        return new Arrival(source, clock.instant(), List.of(punches), List.of(), List.of());
    }

    Arrival event(Device device) {
        return new Arrival(
                Source.CALLBACK,
                clock.instant(),
                List.of(),
                List.of(),
                List.of(DeviceEvent.of(device.serialNumber(), "UserDeleted", null, null, "{}")));
    }

    static void bring(DeviceWatch watch, Device device, Arrival arrival) {
        watch.arrived(
                device.serialNumber(),
                arrival,
                new Stored(arrival.punches().size(), 0, arrival.events().size()));
    }

    /** Three that agree. */
    void punchesOfAClockThatIs(Duration behind, DeviceWatch watch, Device device) {
        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofMinutes(6));
            bring(watch, device, punch(device, behind));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
