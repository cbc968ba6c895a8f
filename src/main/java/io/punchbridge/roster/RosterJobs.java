package io.punchbridge.roster;

import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.roster.RosterSettings.Mode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** When the roster works. In mode off there is no job, and nothing is read. */
@ApplicationScoped
class RosterJobs {
    private static final Logger LOG = Logger.getLogger(RosterJobs.class);

    static final String COMPARED_AT = "roster-compared-at";

    private static final Duration AGAIN_AFTER_A_PROBLEM = Duration.ofMinutes(5);
    private static final Duration TICK = Duration.ofSeconds(10);
    /** Hundreds of devices that each let us wait for their list. */
    private static final Duration COMPARING_AT_MOST = Duration.ofHours(3);
    /** A tick sends what a minute allows, and the gateway may take minutes for each. */
    private static final Duration SENDING_AT_MOST = Duration.ofHours(1);

    private final RosterSettings settings;
    private final Roster roster;
    private final CommandSender sender;
    private final RosterMetrics metrics;
    private final Inbox inbox;
    private final KnownUsers users;
    private final UserCommands commands;
    private final RetentionSettings retention;
    private final ClusterLock clusterLock;
    private final Clock clock;

    RosterJobs(
            RosterSettings settings,
            Roster roster,
            CommandSender sender,
            RosterMetrics metrics,
            Inbox inbox,
            KnownUsers users,
            UserCommands commands,
            RetentionSettings retention,
            ClusterLock clusterLock,
            Clock clock) {
        this.settings = settings;
        this.roster = roster;
        this.sender = sender;
        this.metrics = metrics;
        this.inbox = inbox;
        this.users = users;
        this.commands = commands;
        this.retention = retention;
        this.clusterLock = clusterLock;
        this.clock = clock;
    }

    void schedule(@Observes StartupEvent event, Scheduler scheduler) {
        if (settings.mode() == Mode.OFF) {
            return;
        }
        metrics.register();
        scheduler
                .newJob("roster-compare")
                .setInterval(TICK.toString())
                .setDelayed(Duration.ofMinutes(1).toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> quietly(this::compareIfDue))
                .schedule();
        scheduler
                .newJob("roster-send")
                .setInterval(TICK.toString())
                .setDelayed(TICK.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> quietly(this::send))
                .schedule();
    }

    private static void quietly(Runnable job) {
        try {
            job.run();
        } catch (StorageException failed) {
            LOG.warnf("The roster goes on later: %s", failed.getMessage());
        }
    }

    void compareIfDue() {
        if (isDue(clock.instant())) {
            clusterLock.runExclusively("roster-compare", COMPARING_AT_MOST, this::compareUnlessDoneMeanwhile);
        }
    }

    /** Asked once more under the lock: another replica may have just finished. */
    private void compareUnlessDoneMeanwhile() {
        Instant now = clock.instant();
        if (isDue(now)) {
            remember(now);
            if (roster.compare().problem() != null && settings.every().compareTo(AGAIN_AFTER_A_PROBLEM) > 0) {
                remember(now.minus(settings.every()).plus(AGAIN_AFTER_A_PROBLEM));
            }
            users.forgetGone(now.minus(retention.events()));
            commands.forgetDone(now.minus(retention.events()));
        }
    }

    private void remember(Instant comparedAt) {
        inbox.remember(COMPARED_AT, comparedAt + " " + settings.fingerprint());
    }

    /** Due at once where the settings have changed. A clock that was set back must not silence us. */
    private boolean isDue(Instant now) {
        String last = inbox.recall(COMPARED_AT).orElse("");
        int blank = last.indexOf(' ');
        if (blank < 0 || !last.substring(blank + 1).equals(settings.fingerprint())) {
            return true;
        }
        Instant at = Instant.parse(last.substring(0, blank));
        return now.isBefore(at) || !now.isBefore(at.plus(settings.every()));
    }

    void send() {
        metrics.read();
        if (settings.mode() == Mode.APPLY) {
            clusterLock.runExclusively("roster-send", SENDING_AT_MOST, sender::sendDue);
        }
    }
}
