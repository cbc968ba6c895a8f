package io.punchbridge.watch;

import io.punchbridge.gateway.ArrivalListener;
import io.punchbridge.gateway.CallbackDoor.FallbackZone;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.DeviceStates;
import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.DeviceStates.Kept;
import io.punchbridge.inbox.DeviceStates.Warned;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows how each declared device does. Callbacks are noted in memory; a job writes what changed, takes over what other
 * replicas wrote, and has the warnings judged, every half minute.
 */
@ApplicationScoped
public class DeviceWatch implements ArrivalListener {
    private static final Logger LOG = Logger.getLogger(DeviceWatch.class);
    private static final String JUDGING = "device-warnings";
    private static final Duration JUDGING_AT_MOST = Duration.ofMinutes(5);
    /** More than are made between two looks: one at a time, each takes seconds. */
    private static final int CALLS = 200;

    private record Day(ZoneId zone, LocalDate date) {}

    private final Devices devices;
    private final DeviceStates store;
    private final GatewayCalls calls;
    private final WarningRules rules;
    private final WarningDesk desk;
    private final ClusterLock clusterLock;
    private final FallbackZone fallbackZone;
    private final Clock clock;
    private final Instant upSince;
    private final Map<SerialNumber, Observed> observed;
    private volatile Map<SerialNumber, DeviceState.Today> today = Map.of();
    private volatile Map<SerialNumber, Set<Warning>> warnings = Map.of();

    public DeviceWatch(
            Devices devices,
            DeviceStates store,
            GatewayCalls calls,
            WatchSettings settings,
            ClusterLock clusterLock,
            FallbackZone fallbackZone,
            Clock clock) {
        this.devices = devices;
        this.store = store;
        this.calls = calls;
        this.rules = new WarningRules(settings);
        this.desk = new WarningDesk(store, rules);
        this.clusterLock = clusterLock;
        this.fallbackZone = fallbackZone;
        this.clock = clock;
        this.upSince = clock.instant();
        this.observed = devices.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Device::serialNumber, device -> new Observed(device.serialNumber(), upSince)));
    }

    // --- what is known

    /** Of each declared device, in the order of the configuration. */
    public List<DeviceState> states() {
        return devices.all().stream().map(this::state).toList();
    }

    /** Empty if nobody declared it. */
    public Optional<DeviceState> state(SerialNumber serialNumber) {
        return devices.bySerialNumber(serialNumber).map(this::state);
    }

    /**
     * The warnings that stand, each in words for a person: what is wrong, what that means, what to do. One that is over
     * since it was judged last isn't told.
     */
    public List<String> warningsInWords(DeviceState device) {
        Instant now = clock.instant();
        return device.warnings().stream()
                .sorted()
                .flatMap(warning -> rules.judge(warning, device, true, upSince, now).stream())
                .toList();
    }

    /** Our clock at a declared device's last authenticated callback, of whatever kind; empty if none ever came. */
    public Optional<Instant> lastCallback(SerialNumber serialNumber) {
        return devices.bySerialNumber(serialNumber)
                .map(device -> of(device).kept().lastCallback());
    }

    private DeviceState state(Device device) {
        Kept kept = of(device).kept();
        return new DeviceState(
                device,
                zone(device),
                kept.watchedSince(),
                kept.lastCallback(),
                kept.lastEvent(),
                kept.answer(),
                kept.drift(),
                kept.information(),
                today.get(device.serialNumber()),
                warnings.getOrDefault(device.serialNumber(), Set.of()));
    }

    private ZoneId zone(Device device) {
        ZoneId own = device.timeZone();
        return own != null ? own : Objects.requireNonNullElse(fallbackZone.get(), ZoneOffset.UTC);
    }

    private Observed of(Device device) {
        return Objects.requireNonNull(observed.get(device.serialNumber()), "every declared device is observed");
    }

    // --- what comes

    @Override
    public void arrived(SerialNumber device, Arrival arrival, Stored stored) {
        devices.bySerialNumber(device).ifPresent(declared -> of(declared).arrived(arrival, stored));
    }

    /** When its information was last asked for; null if it never was. */
    @Nullable Instant askedAt(Device device) {
        return of(device).kept().askedAt();
    }

    /** Takes over what other replicas wrote until now. */
    void learn() {
        readAll(clock.instant());
    }

    /** Keeps that a device is asked now, before it is: no other replica shall do the same. */
    void asks(Device device) {
        of(device).asked(clock.instant());
        writeChanges();
    }

    void informed(Device device, Information information) {
        of(device).informed(information);
        writeChanges();
    }

    // --- from one process to the next

    void start(@Observes StartupEvent event) {
        run();
    }

    void stop(@Observes ShutdownEvent event) {
        try {
            writeChanges();
        } catch (StorageException failed) {
            LOG.warnf("What the last half minute told of devices is not kept: %s", failed.getMessage());
        }
    }

    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            Instant now = clock.instant();
            noteAnswers();
            // Read before written: a restarted process knows less than what is stored.
            readAll(now);
            writeChanges();
            today = countToday(now);
            clusterLock.runExclusively(JUDGING, JUDGING_AT_MOST, () -> desk.judge(states(), upSince, now));
            warnings = standing();
        } catch (StorageException failed) {
            LOG.warnf("What is known of devices is neither written nor read for now: %s", failed.getMessage());
        }
    }

    private void noteAnswers() {
        for (GatewayCall call : calls.recent(null, CALLS)) {
            Integer code = call.statusCode();
            Optional<Device> device = devices.bySerialNumber(call.device());
            if (code != null && device.isPresent()) {
                of(device.get()).answered(new Answer(call.sentAt().plus(call.took()), code, call.outcome()));
            }
        }
    }

    private void readAll(Instant now) {
        for (Kept stored : store.all()) {
            Observed device = observed.get(stored.device());
            if (device != null) {
                device.merge(stored, now);
            }
        }
    }

    private void writeChanges() {
        Map<Observed, Kept> changes = new LinkedHashMap<>();
        for (Observed device : observed.values()) {
            Kept change = device.takeChanges();
            if (change != null) {
                changes.put(device, change);
            }
        }
        boolean written = false;
        try {
            store.merge(changes.values());
            written = true;
        } finally {
            if (!written) {
                changes.keySet().forEach(Observed::keepChanges);
            }
        }
    }

    private Map<SerialNumber, DeviceState.Today> countToday(Instant now) {
        Map<Day, Map<SerialNumber, Counted>> counts = new HashMap<>();
        Map<SerialNumber, DeviceState.Today> counted = new HashMap<>();
        for (Device device : devices.all()) {
            ZoneId zone = zone(device);
            Day day = new Day(zone, now.atZone(zone).toLocalDate());
            Counted punches =
                    counts.computeIfAbsent(day, this::count).getOrDefault(device.serialNumber(), new Counted(0, 0));
            counted.put(device.serialNumber(), new DeviceState.Today(day.date(), punches));
        }
        return Map.copyOf(counted);
    }

    private Map<SerialNumber, Counted> count(Day day) {
        return store.count(
                day.date().atStartOfDay(day.zone()).toInstant(),
                day.date().plusDays(1).atStartOfDay(day.zone()).toInstant());
    }

    private Map<SerialNumber, Set<Warning>> standing() {
        return store.warnings().stream()
                .filter(warned -> WarningDesk.named(warned.warning()).isPresent())
                .collect(Collectors.groupingBy(
                        Warned::device,
                        Collectors.mapping(
                                warned -> Warning.valueOf(warned.warning()), Collectors.toUnmodifiableSet())));
    }
}
