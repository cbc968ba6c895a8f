package io.punchbridge.reconciliation;

import io.punchbridge.gateway.Gateway;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where every wish for a run meets: the schedule's and a person's. The schedule's runs go one after the other on a
 * thread of their own; a person's don't wait for them, except for their turn at the gateway.
 */
@ApplicationScoped
public class Reconciler implements Reconciliation {
    private static final String JOB = "reconciliation";
    /** A replica that dies in a round holds the others up for so long; a round that takes longer may be joined. */
    private static final Duration AT_MOST = Duration.ofHours(1);

    private static final int PERSONS_RUNS_AT_ONCE = 4;
    private static final String STOPPING = "Punchbridge is stopping. Ask again when it runs.";
    private static final long STOP_SECONDS = 5;
    private static final long INTERRUPTED_SECONDS = 2;
    /** No device had a log before. A date that is older was mistyped, and would ask for ever. */
    private static final LocalDate OLDEST = LocalDate.of(2000, 1, 1);

    private final Devices devices;
    private final History history;
    private final Runner runner;
    private final ScheduledRound round;
    private final ProofMeanwhile meanwhile;
    private final ReconciliationSettings settings;
    private final ReconciliationWatch watch;
    private final DeviceZones zones;
    private final ClusterLock clusterLock;
    private final Clock clock;
    private final AtomicBoolean roundUnderWay = new AtomicBoolean();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final ExecutorService schedule = threads("reconciliation", 1);
    private final ExecutorService persons = threads("load-log", PERSONS_RUNS_AT_ONCE);

    public Reconciler(
            Devices devices,
            Gateway gateway,
            History history,
            ClusterLock clusterLock,
            LastHeard lastHeard,
            DeviceZones zones,
            ReconciliationSettings settings,
            ReconciliationWatch watch,
            Waiting waiting,
            Clock clock) {
        this.devices = devices;
        this.history = history;
        this.clusterLock = clusterLock;
        this.zones = zones;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.runner = new Runner(gateway, history, clock, waiting, settings.settlingTime(), watch);
        this.round = new ScheduledRound(devices, history, runner, lastHeard, this::zoneForDays, settings, watch, clock);
        this.meanwhile = new ProofMeanwhile(history, runner, round::plan, this::zoneForDays, settings, watch, clock);
    }

    private static ExecutorService threads(String name, int most) {
        return Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins a round, unless one goes on here; never waits for it. */
    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        boolean hasWork =
                settings.scheduled() || !settings.assumeCompleteAfter().isEmpty();
        if (hasWork && !runner.isStopping() && roundUnderWay.compareAndSet(false, true)) {
            schedule.execute(() -> {
                try {
                    roundIfDue();
                    // Each replica its own: it is the one that knows whether they still wait.
                    meanwhile.proveWaiting();
                } finally {
                    roundUnderWay.set(false);
                }
            });
        }
    }

    /** Whichever replica ran the last round: only so is there one a period, however many they are. */
    void roundIfDue() {
        exclusively(() -> {
            Instant begun = clock.instant();
            if (history.isRoundDue(begun, settings.every())) {
                boolean whole = round.run();
                // Afterwards, and only then: a round whose process died, or was stopped, is due at once.
                if (whole) {
                    history.noteRound(begun);
                }
            }
        });
    }

    /** One scheduled round here and now, unless another replica is at it. Returns when it is over. */
    public void round() {
        exclusively(() -> round.run());
    }

    private void exclusively(Runnable job) {
        try {
            clusterLock.runExclusively(JOB, AT_MOST, job);
        } catch (StorageException failed) {
            watch.notReached("Devices' logs can't be compared now", failed);
        }
    }

    /** Signs of life for runs under way, and what metrics show. Also says once that the devices are watched from now on. */
    @Scheduled(every = "1m", delayed = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void pulse() {
        try {
            if (!watched.get()) {
                history.watch(devices.all().stream().map(Device::serialNumber).toList());
                watched.set(true);
            }
            runner.keepAlive();
            watch.verified(history.verified(), history.awaitedSince());
        } catch (StorageException failed) {
            watch.notReached("What is known of devices' logs can't be read or noted now", failed);
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        runner.stop();
        schedule.shutdown();
        persons.shutdown();
        if (!schedule.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
                || !persons.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            schedule.shutdownNow();
            persons.shutdownNow();
            // Before the store is closed, so that the runs and the round's turn are given back.
            schedule.awaitTermination(INTERRUPTED_SECONDS, TimeUnit.SECONDS);
            persons.awaitTermination(INTERRUPTED_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public Started start(Device device, LocalDate from, LocalDate to) {
        ZoneId zone = zones.of(device).orElse(null);
        String refusal = refusal(device, zone, from, to);
        if (refusal != null || zone == null) {
            return new Started.Refused(String.valueOf(refusal));
        }
        Instant now = clock.instant();
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.isBefore(LocalDate.ofInstant(now, zone))
                ? to.plusDays(1).atStartOfDay(zone).toInstant()
                : now;
        int windows = Window.cut(begin, end).size();
        Begun begun = history.begin(new Plan(device.serialNumber(), Run.Trigger.PERSON, begin, end, windows));
        if (begun instanceof Begun.Busy busy) {
            return new Started.Busy(busy.run().id());
        }
        Run run = ((Begun.Began) begun).run();
        runner.accept(run);
        meanwhile.hold(device, run);
        try {
            persons.execute(() -> meanwhile.run(run, zone));
        } catch (RejectedExecutionException stopping) {
            meanwhile.release(run);
            history.end(run.id(), Run.State.INTERRUPTED, STOPPING);
            return new Started.Refused(STOPPING);
        }
        return new Started.Accepted(run.id());
    }

    private @Nullable String refusal(Device device, @Nullable ZoneId zone, LocalDate from, LocalDate to) {
        if (!settings.gatewayKnown()) {
            return "The gateway can't be asked: no address of its RESTful API is configured. Set"
                    + " punchbridge.gateway.endpoint to your CAMS account's.";
        }
        if (!settings.canBeAsked(device)) {
            return ("%s can't be asked for its log, because it is connected by %s. Its punches come by callback alone;"
                            + " the gateway's operator can have them sent again (\"resend all\").")
                    .formatted(
                            device.name(),
                            device.connection() == Connection.DB_PULL ? "a local database" : "file monitoring");
        }
        if (runner.isStopping()) {
            return STOPPING;
        }
        if (zone == null) {
            return ("It isn't known which time zone the days are meant in: %s has none configured, and the site's is not"
                            + " known yet. Set punchbridge.devices.%s.time-zone, or ask again when Frappe answers.")
                    .formatted(device.name(), device.name());
        }
        if (from.isAfter(to)) {
            return "The first day, %s, is after the last one, %s. Exchange them.".formatted(from, to);
        }
        if (from.isBefore(OLDEST)) {
            return "The first day, %s, is too long ago for any log. The oldest that is asked for is %s."
                    .formatted(from, OLDEST);
        }
        if (!from.atStartOfDay(zone).toInstant().isBefore(clock.instant())) {
            return "The first day, %s, has not begun at %s (%s). Ask for days that have."
                    .formatted(from, device.name(), zone);
        }
        return null;
    }

    /** A lost punch needs a day also where no zone is known yet. */
    private ZoneId zoneForDays(Device device) {
        return zones.of(device).orElse(ZoneOffset.UTC);
    }

    @Override
    public Optional<Run> run(String id) {
        return history.run(id);
    }

    @Override
    public List<Run> recent(int limit) {
        return history.recent(limit);
    }

    @Override
    public List<Run> runs(@Nullable Device device, History.@Nullable Place after, int limit) {
        return history.runs(device == null ? null : device.serialNumber(), after, limit);
    }

    @Override
    public List<Run> underWay() {
        return history.underWay();
    }

    @Override
    public boolean cancel(String run) {
        return history.cancel(run);
    }
}
