package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.OpenPunches;
import io.punchbridge.inbox.ThisReplica;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;

/** When watermarks are decided: at one replica at a time. In mode off there is no job, and nothing is read. */
@ApplicationScoped
class WatermarkJob {
    /** After the first directory and zone are read, and what waits was sent. */
    private static final Duration FIRST_AFTER = Duration.ofMinutes(1);

    private final AttendanceSettings settings;
    private final AttendanceSite site;
    private final SiteZone siteZone;
    private final Devices devices;
    private final History history;
    private final OpenPunches openPunches;
    private final Watermarks watermarks;
    private final ClusterLock clusterLock;
    private final WatermarkWatch watch;
    private final ThisReplica replica;
    private final Clock clock;

    WatermarkJob(
            AttendanceSettings settings,
            AttendanceSite site,
            SiteZone siteZone,
            Devices devices,
            History history,
            OpenPunches openPunches,
            Watermarks watermarks,
            ClusterLock clusterLock,
            WatermarkWatch watch,
            ThisReplica replica,
            Clock clock) {
        this.settings = settings;
        this.site = site;
        this.siteZone = siteZone;
        this.devices = devices;
        this.history = history;
        this.openPunches = openPunches;
        this.watermarks = watermarks;
        this.clusterLock = clusterLock;
        this.watch = watch;
        this.replica = replica;
        this.clock = clock;
    }

    void schedule(@Observes StartupEvent event, Scheduler scheduler) {
        if (settings.watermark() == Mode.OFF) {
            return;
        }
        WatermarkRound round = new WatermarkRound(
                site,
                siteZone::zone,
                devices,
                history,
                openPunches,
                watermarks,
                settings,
                watch,
                replica.name(),
                clock);
        WatermarkTurn turn = new WatermarkTurn(round, watermarks, clusterLock, watch, clock);
        scheduler
                .newJob(WatermarkTurn.JOB)
                .setInterval(settings.every().toString())
                .setDelayed(FIRST_AFTER.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> turn.run())
                .schedule();
    }
}
