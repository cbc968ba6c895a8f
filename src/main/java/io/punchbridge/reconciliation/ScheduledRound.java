package io.punchbridge.reconciliation;

import io.punchbridge.inbox.History;
import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One scheduled way through all devices: from where each is verified, less an overlap, to where its log has settled. */
final class ScheduledRound {
    /** A device whose trouble only a person can end is left alone for so long. */
    private static final Duration BACK_OFF = Duration.ofHours(1);

    private final Devices devices;
    private final History history;
    private final Runner runner;
    private final LastHeard lastHeard;
    private final Function<Device, ZoneId> zones;
    private final ReconciliationSettings settings;
    private final ReconciliationWatch watch;
    private final Clock clock;
    private final Instant listeningSince;
    private final Map<SerialNumber, Instant> notBefore = new ConcurrentHashMap<>();
    private final Set<SerialNumber> failedLast = ConcurrentHashMap.newKeySet();

    ScheduledRound(
            Devices devices,
            History history,
            Runner runner,
            LastHeard lastHeard,
            Function<Device, ZoneId> zones,
            ReconciliationSettings settings,
            ReconciliationWatch watch,
            Clock clock) {
        this.devices = devices;
        this.history = history;
        this.runner = runner;
        this.lastHeard = lastHeard;
        this.zones = zones;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.listeningSince = clock.instant();
    }

    /** Returns whether it came to its end; not where a stop cut it off. */
    boolean run() {
        history.interruptDead();
        watch.forgotten(history.forgetFuture());
        devices.all().forEach(this::assume);
        if (settings.scheduled()) {
            for (Device device : leastVerifiedFirst()) {
                if (runner.isStopping()) {
                    return false;
                }
                if (!isLeftAlone(device)) {
                    walk(device);
                }
            }
        }
        // What a stop cut off in its last device hasn't come to its end either.
        return !runner.isStopping();
    }

    /** Those that failed last time come after the others: a few that are offline for days must not hold up the rest. */
    private List<Device> leastVerifiedFirst() {
        Map<SerialNumber, Verified> verified = history.verified();
        return devices.all().stream()
                .filter(settings::canBeAsked)
                .sorted(Comparator.comparing((Device device) -> failedLast.contains(device.serialNumber()))
                        .thenComparing(device -> Optional.ofNullable(verified.get(device.serialNumber()))
                                .map(Verified::until)
                                .orElse(Instant.MIN)))
                .toList();
    }

    /** An instant further ahead than it can be was set by a clock that went back since. */
    private boolean isLeftAlone(Device device) {
        Instant until = notBefore.get(device.serialNumber());
        Instant now = clock.instant();
        return until != null && until.isAfter(now) && !until.isAfter(now.plus(BACK_OFF));
    }

    /** From where a device is verified, less the overlap, to where its log has settled; empty where that is nothing. */
    Optional<Plan> plan(Device device) {
        Instant now = clock.instant();
        Instant from = history.verified(device.serialNumber())
                .map(verified -> verified.until().minus(settings.overlap()))
                .orElse(now.minus(settings.lookBack()))
                .truncatedTo(ChronoUnit.SECONDS);
        Instant until = now.minus(settings.settlingTime()).truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(until)) {
            return Optional.empty();
        }
        int windows = Window.cut(from, until).size();
        return Optional.of(new Plan(device.serialNumber(), Run.Trigger.SCHEDULE, from, until, windows));
    }

    private void walk(Device device) {
        plan(device).ifPresent(plan -> walk(device, plan));
    }

    /** What a person wants of a device goes on: {@link ProofMeanwhile} sees to its proof then. */
    private void walk(Device device, Plan plan) {
        Begun begun = history.begin(plan);
        if (begun instanceof Begun.Began began) {
            Ending ending = runner.run(device, began.run(), zones.apply(device));
            if (ending.state() == Run.State.FAILED) {
                failedLast.add(device.serialNumber());
            } else {
                failedLast.remove(device.serialNumber());
            }
            if (ending.personMustAct()) {
                notBefore.put(device.serialNumber(), clock.instant().plus(BACK_OFF));
            } else {
                notBefore.remove(device.serialNumber());
            }
        }
    }

    /** Silence while this process did not listen is none. */
    private void assume(Device device) {
        settings.assumption(device).ifPresent(silence -> {
            Instant silentSince = lastHeard
                    .of(device)
                    .filter(heard -> heard.isAfter(listeningSince))
                    .orElse(listeningSince);
            Instant completeUntil = clock.instant().minus(silence);
            if (!silentSince.isAfter(completeUntil)) {
                history.assume(device.serialNumber(), completeUntil);
            }
        });
    }
}
