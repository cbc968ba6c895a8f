package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.StorageException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** When late punches are looked at: every minute, at one replica. In mode off only what was begun is ended. */
@ApplicationScoped
class LateJobs {
    private static final Logger LOG = Logger.getLogger(LateJobs.class);

    private static final Duration TICK = Duration.ofMinutes(1);
    /** Two hundred entries, each with several calls of a slow site. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private final AttendanceSettings settings;
    private final LatePunches store;
    private final LateJudge judge;
    private final LateRepair repair;
    private final LateGauges gauges;
    private final ClusterLock clusterLock;
    private final Clock clock;
    private boolean woken;
    private @Nullable String saidLast;

    LateJobs(
            AttendanceSettings settings,
            LatePunches store,
            AttendanceSite site,
            SiteZone zone,
            Directory directory,
            LateGauges gauges,
            ClusterLock clusterLock,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.judge = new LateJudge(store, site, clock);
        this.repair = new LateRepair(
                store,
                site,
                settings.latePunches(),
                zone::zone,
                user -> directory.find(user).map(Employee::status),
                clock);
        this.gauges = gauges;
        this.clusterLock = clusterLock;
        this.clock = clock;
    }

    void schedule(@Observes StartupEvent event, Scheduler scheduler) {
        boolean off = settings.latePunches().mode() == LateMode.OFF;
        if (off && store.counts().getOrDefault(State.REPAIRING, 0L) == 0) {
            return;
        }
        if (off) {
            LOG.warn("Late punches are off, but repairs of attendance were begun; they are ended first.");
        }
        gauges.register();
        scheduler
                .newJob("late-punches")
                .setInterval(TICK.toString())
                .setDelayed(TICK.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> run())
                .schedule();
    }

    void run() {
        try {
            clusterLock.runExclusively("late-punches", AT_MOST, this::judgeAndRepair);
            gauges.read();
        } catch (StorageException failed) {
            LOG.warnf("Late punches go on later: %s", failed.getMessage());
        }
    }

    private void judgeAndRepair() {
        if (!woken && settings.latePunches().mode() != LateMode.OFF) {
            // Another mode may be set than before the start.
            store.wake(clock.instant());
            woken = true;
        }
        say(new LateHalves(repair::repairDue, judge::judgeDue).run());
    }

    /** Once, until something else happens. */
    private void say(Optional<FrappeFailure> failure) {
        String said = failure.map(LateVerdicts::said).orElse(null);
        if (said != null && !said.equals(saidLast)) {
            LOG.warnf("Late punches can't be looked at or repaired now, and are tried again every minute. %s", said);
        }
        saidLast = said;
    }
}
