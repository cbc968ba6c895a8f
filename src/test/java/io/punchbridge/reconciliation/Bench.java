package io.punchbridge.reconciliation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StoreOnDisk;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reconciliation on a real store, in front of a gateway and a clock that tests set. Waits pass at once. */
final class Bench implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final Duration SETTLING = Duration.ofMinutes(15);
    static final Duration OVERLAP = Duration.ofDays(1);
    static final Duration LOOK_BACK = Duration.ofDays(28);
    static final Device OFFICE = device("office", "SN-OFFICE", Connection.NATIVE_PUSH);
    static final Device GATE = device("gate", "SN-GATE", Connection.NATIVE_PUSH);
    static final Device MILL = device("mill", "SN-MILL", Connection.DB_PULL);

    final SettableClock clock = new SettableClock(NOON);
    final FakeGateway gateway = new FakeGateway(clock);
    final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    final Map<Device, Instant> lastHeard = new HashMap<>();
    final Devices devices;
    private final Path directory;
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    ReconciliationWatch watch;
    StoreOnDisk store;
    Reconciler reconciler;

    private Bench(Path directory, List<Device> devices) {
        this.directory = directory;
        this.devices = new Devices(devices);
        this.store = StoreOnDisk.open(directory, clock);
        this.watch = watch();
        this.reconciler = reconciler();
        store.history().watch(devices.stream().map(Device::serialNumber).toList());
    }

    static Bench in(Path directory) {
        return in(directory, List.of(OFFICE, GATE, MILL));
    }

    static Bench in(Path directory, List<Device> devices) {
        return new Bench(directory, devices);
    }

    static Device device(String name, String serialNumber, Connection connection) {
        return new Device(
                name, new SerialNumber(serialNumber), connection, Direction.AS_SENT, ZoneId.of("Africa/Nairobi"));
    }

    /** Another process on the same store. */
    Reconciler another() {
        return reconciler();
    }

    private ReconciliationWatch watch() {
        return new ReconciliationWatch(devices, settings(), metrics, clock);
    }

    private Reconciler reconciler() {
        return new Reconciler(
                devices,
                gateway,
                store.history(),
                store.clusterLock(),
                device -> Optional.ofNullable(lastHeard.get(device)),
                device -> Optional.ofNullable(device.timeZone()),
                settings(),
                watch,
                this::await,
                clock);
    }

    ReconciliationSettings settings() {
        return new ReconciliationSettings(
                true, true, Duration.ofHours(1), OVERLAP, SETTLING, LOOK_BACK, Map.of("mill", Duration.ofHours(2)));
    }

    private void await(Duration duration) {
        waits.add(duration);
        clock.forward(duration);
    }

    /** The process dies, and another one starts on the same store a second later. */
    void restart() {
        clock.forward(Duration.ofSeconds(1));
        store.close();
        store = StoreOnDisk.open(directory, clock);
        metrics = new SimpleMeterRegistry();
        watch = watch();
        reconciler = reconciler();
    }

    History history() {
        return store.history();
    }

    void callsBack(Punch... punches) {
        store.append(new Arrival(Source.CALLBACK, clock.instant(), List.of(punches), List.of(), List.of()));
    }

    /** The device's newest run. */
    Run lastRun(Device device) {
        return history().recent(device.serialNumber(), 1).get(0);
    }

    Instant verifiedUntil(Device device) {
        return history().verified(device.serialNumber()).orElseThrow().until();
    }

    @Override
    public void close() {
        store.close();
    }
}
