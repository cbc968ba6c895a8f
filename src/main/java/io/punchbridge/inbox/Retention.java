package io.punchbridge.inbox;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Purges what was settled long ago. Small transactions with a pause after each: the door's commits wait for one of them
 * at most. A run that is cut off, by a crash or an error, has kept every step before; the next goes on.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final String JOB = "retention";

    private static final int ROWS_A_STEP = 500;
    /** Half a million rows. Keeps a run far within {@link #AT_MOST}; the next one is an hour away. */
    private static final int STEPS_A_RUN = 1000;
    /** Several times as long as a step, so that purging takes a small part of the storage's time. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration AT_MOST = Duration.ofMinutes(30);

    /** What the clock may gain between two runs without looking like a clock that was set wrong. */
    private static final Duration LONGEST_GAP = Duration.ofDays(2);

    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);
    private static final String LAST_SEEN_AT = "retention-last-seen-at";

    private final PunchStore store;
    private final History history;
    private final GatewayCalls gatewayCalls;
    private final LatePunches latePunches;
    private final Actions actions;
    private final ClusterLock clusterLock;
    private final RetentionSettings settings;
    private final Clock clock;

    Retention(
            PunchStore store,
            History history,
            GatewayCalls gatewayCalls,
            LatePunches latePunches,
            Actions actions,
            ClusterLock clusterLock,
            RetentionSettings settings,
            Clock clock) {
        this.store = store;
        this.history = history;
        this.gatewayCalls = gatewayCalls;
        this.latePunches = latePunches;
        this.actions = actions;
        this.clusterLock = clusterLock;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            clusterLock.runExclusively(JOB, AT_MOST, this::purgeWhatIsOld);
        } catch (StorageException failed) {
            LOG.warnf("Old punches and events are purged later: %s", failed.getMessage());
        }
    }

    private void purgeWhatIsOld() {
        Instant now = clock.instant();
        if (!clockGoesSteadily(now)) {
            LOG.info(
                    "Nothing old is purged before the next run: the clock was set, or Punchbridge stood still for days.");
            return;
        }
        int punches = purgePunches(now.minus(settings.punches()));
        int events = purge(() -> store.purgeEvents(now.minus(settings.events()), ROWS_A_STEP));
        int calls = purge(() -> gatewayCalls.purge(now.minus(settings.events()), ROWS_A_STEP));
        int runs = purge(() -> history.purgeRuns(now.minus(settings.events()), ROWS_A_STEP));
        purge(() -> history.purgeLost(now.minus(settings.punches()), ROWS_A_STEP));
        int late = purge(() -> latePunches.purge(now.minus(settings.punches()), ROWS_A_STEP));
        purge(() -> actions.purge(now.minus(settings.punches()), ROWS_A_STEP));
        int keys = purge(() -> store.forgetKeys(now.minus(settings.keys()), ROWS_A_STEP));
        if (punches + events + calls + runs + late + keys > 0) {
            LOG.infof(
                    "Purged %d settled punches, %d events, %d calls of the gateway, %d runs of reconciliation and %d entries of late punches, and forgot"
                            + " %d keys of punches purged before",
                    punches, events, calls, runs, late, keys);
        }
    }

    /** A clock that jumped, e.g. of a board without battery before NTP set it, gets until the next run to be right. */
    private boolean clockGoesSteadily(Instant now) {
        Instant last = store.recall(LAST_SEEN_AT).map(Instant::parse).orElse(null);
        store.remember(LAST_SEEN_AT, now.toString());
        return last != null && !now.isBefore(last.minus(CLOCK_DIFFERENCE)) && !now.isAfter(last.plus(LONGEST_GAP));
    }

    private int purgePunches(Instant before) {
        int purged = 0;
        PurgedPage page = store.purgePunches(before, null, ROWS_A_STEP);
        purged += page.punches();
        for (int step = 1; page.last() != null && step < STEPS_A_RUN && letOthersThrough(); step++) {
            page = store.purgePunches(before, page.last(), ROWS_A_STEP);
            purged += page.punches();
        }
        return purged;
    }

    private static int purge(IntSupplier step) {
        int purged = 0;
        int rows = step.getAsInt();
        purged += rows;
        for (int steps = 1; rows == ROWS_A_STEP && steps < STEPS_A_RUN && letOthersThrough(); steps++) {
            rows = step.getAsInt();
            purged += rows;
        }
        return purged;
    }

    /** Returns whether to go on: an interrupt means that the process stops. */
    private static boolean letOthersThrough() {
        LockSupport.parkNanos(PAUSE.toNanos());
        return !Thread.currentThread().isInterrupted();
    }
}
