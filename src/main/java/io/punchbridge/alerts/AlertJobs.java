package io.punchbridge.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.Inbox;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * When alerts are looked for, and when they are sent: two jobs, so that a receiver that hangs holds up no look. Without a
 * receiver there are none, and nothing is read.
 */
@ApplicationScoped
class AlertJobs {
    private static final Logger LOG = Logger.getLogger(AlertJobs.class);
    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AlertSettings settings;
    private final Alerts store;
    private final ClusterLock clusterLock;
    private final Inbox inbox;
    private final MeterRegistry metrics;
    private final Clock clock;
    private volatile Optional<AlertRound> round = Optional.empty();

    AlertJobs(
            AlertSettings settings,
            Alerts store,
            ClusterLock clusterLock,
            Inbox inbox,
            MeterRegistry metrics,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clusterLock = clusterLock;
        this.inbox = inbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    void schedule(@Observes StartupEvent event, Scheduler scheduler) {
        settings.receiver().ifPresent(receiver -> schedule(scheduler, receiver));
    }

    /** Empty without a receiver. */
    Optional<AlertRound> round() {
        return round;
    }

    private void schedule(Scheduler scheduler, AlertSettings.Receiver receiver) {
        URI url = receiver.url();
        if ("http".equalsIgnoreCase(url.getScheme()) && !THIS_HOST.contains(url.getHost())) {
            LOG.warnf(
                    "Alerts travel to %s over plain HTTP, where anybody between can read them and the address. Give an https"
                            + " address in punchbridge.alerts.url.",
                    url.getHost());
        }
        AlertWatch watch = new AlertWatch(metrics, url.getHost());
        AlertSender sender = new AlertSender(new Receiver(receiver, Receiver.ANSWER_TIMEOUT, clock), watch, clock);
        AlertRound made = new AlertRound(settings, store, clusterLock, inbox::probe, metrics, sender, watch, clock);
        round = Optional.of(made);
        scheduler
                .newJob("alerts")
                .setInterval("60s")
                .setDelayed("60s")
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> made.look())
                .schedule();
        scheduler
                .newJob("alerts-sending")
                .setInterval("10s")
                .setDelayed("10s")
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> made.send())
                .schedule();
    }
}
