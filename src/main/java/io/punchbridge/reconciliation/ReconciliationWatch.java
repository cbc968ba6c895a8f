package io.punchbridge.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What is told of reconciliation: counters, how far each device is verified, and log lines for a person. A trouble is
 * told when it begins and when it is over, not at each try; how a person's run failed, each time.
 */
@ApplicationScoped
public class ReconciliationWatch {
    private static final Logger LOG = Logger.getLogger(ReconciliationWatch.class);
    private static final double MILLIS = 1000.0;

    private final Devices devices;
    private final ReconciliationSettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Set<SerialNumber> inTrouble = ConcurrentHashMap.newKeySet();
    private volatile Map<SerialNumber, Verified> verified = Map.of();
    private volatile Map<SerialNumber, Instant> awaitedSince = Map.of();

    public ReconciliationWatch(Devices devices, ReconciliationSettings settings, MeterRegistry metrics, Clock clock) {
        this.devices = devices;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        for (Device device : devices.all()) {
            missingOf(device);
            Gauge.builder("punchbridge.device.verified.until", () -> verifiedUntil(device))
                    .description("Until when nothing of the device is missing, in seconds since 1970; NaN if unknown")
                    .baseUnit("seconds")
                    .tag("device", device.name())
                    .register(metrics);
            if (isLoaded(device)) {
                Gauge.builder("punchbridge.device.unverified", () -> unverifiedSeconds(device))
                        .description("For how long nobody knows whether punches of the device are missing")
                        .baseUnit("seconds")
                        .tag("device", device.name())
                        .register(metrics);
            }
        }
        for (Run.State state : Run.State.values()) {
            if (state != Run.State.RUNNING) {
                runs(state);
            }
        }
    }

    private double verifiedUntil(Device device) {
        Verified known = verified.get(device.serialNumber());
        return known == null ? Double.NaN : known.until().toEpochMilli() / MILLIS;
    }

    private double unverifiedSeconds(Device device) {
        return unverified(device).map(duration -> duration.toMillis() / MILLIS).orElse(Double.NaN);
    }

    /** Whether the schedule loads its log. */
    private boolean isLoaded(Device device) {
        return settings.scheduled() && settings.canBeAsked(device);
    }

    /** Empty until the storage was looked at. A device whose log never came whole waits for that from the beginning. */
    private Optional<Duration> unverified(Device device) {
        Verified known = verified.get(device.serialNumber());
        return Optional.ofNullable(known == null ? awaitedSince.get(device.serialNumber()) : known.until())
                .map(since -> Duration.between(since, clock.instant()));
    }

    /**
     * Devices whose logs are loaded by the schedule, and of which nobody knows for longer than so whether punches are
     * missing; those whose logs never came whole among them. As of this process' last look at the storage.
     */
    public List<Device> unverifiedFor(Duration longerThan) {
        return devices.all().stream()
                .filter(this::isLoaded)
                .filter(device -> unverified(device)
                        .filter(duration -> duration.compareTo(longerThan) > 0)
                        .isPresent())
                .toList();
    }

    /** @param awaited since when a first {@link Verified} of each device can be expected */
    void verified(Map<SerialNumber, Verified> now, Map<SerialNumber, Instant> awaited) {
        awaitedSince = awaited;
        verified = now;
    }

    void missing(Device device, long punches) {
        missingOf(device).increment((double) punches);
    }

    void ended(Device device, Run run, Ending ending) {
        // A replica of a later version may have ended it first, with a word of its own.
        Run.State stored = run.state();
        Run.State state = stored == null ? ending.state() : stored;
        runs(state).increment();
        boolean found = run.newPunches() > 0;
        boolean persons = run.trigger() == Run.Trigger.PERSON;
        switch (state) {
            case FAILED -> {
                if (persons) {
                    // Its range says nothing of what the schedule proves, and its failure hides none of the schedule's.
                    LOG.warnf(
                            "The log of %s from %s to %s, which somebody asked for, was not loaded whole. %s What"
                                    + " was loaded stays; ask for the rest again.",
                            device.name(), run.from(), run.until(), ending.reason());
                } else if (inTrouble.add(device.serialNumber())) {
                    LOG.warnf(
                            "The log of %s could not be loaded, so nothing after %s is verified. %s %s",
                            device.name(),
                            run.provenUntil(),
                            ending.reason(),
                            ending.personMustAct() ? "It is tried again in an hour." : "It is tried again.");
                }
            }
            case DONE -> {
                if (!persons && inTrouble.remove(device.serialNumber())) {
                    LOG.infof("The log of %s can be loaded again.", device.name());
                }
            }
            case CANCELLED, INTERRUPTED ->
                LOG.infof("A run over the log of %s ended early: %s", device.name(), run.reason());
            case RUNNING -> LOG.debugf("A run over the log of %s goes on.", device.name());
        }
        if (found) {
            LOG.infof(
                    "The log of %s from %s to %s held %d punches that were not here; %d of them a callback should have"
                            + " brought. They are delivered now.",
                    device.name(), run.from(), run.until(), run.newPunches(), run.lostPunches());
        }
    }

    void surprised(Device device, Throwable surprise) {
        LOG.errorf(
                surprise,
                "A run over the log of %s ended unexpectedly; the next one goes over the rest.",
                device.name());
    }

    void notReached(String what, Throwable failure) {
        LOG.warnf("%s; it is tried again: %s", what, failure.getMessage());
    }

    void forgotten(List<SerialNumber> distrusted) {
        for (SerialNumber device : distrusted) {
            LOG.warnf(
                    "%s counted as verified up to an instant that lies ahead of the clock, so the clock was or is wrong."
                            + " That is believed no more; its log is read anew. Keep the clock right by NTP.",
                    devices.nameOf(device));
        }
    }

    private Counter missingOf(Device device) {
        return Counter.builder("punchbridge.reconciliation.missing")
                .description("Punches that a callback should have brought, found in the device's own log")
                .tag("device", device.name())
                .register(metrics);
    }

    private Counter runs(Run.State outcome) {
        return Counter.builder("punchbridge.reconciliation.runs")
                .description("Runs over devices' logs, by how they ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }
}
