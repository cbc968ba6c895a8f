package io.punchbridge.probes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.PunchState;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Metrics of what stands rather than of what happens. Read from the store every few seconds, not at each scrape. */
@ApplicationScoped
class Gauges {
    private static final Logger LOG = Logger.getLogger(Gauges.class);

    private final Inbox inbox;
    private final Delivery delivery;
    private final MeterRegistry metrics;
    private final Clock clock;
    private volatile Map<PunchState, Long> counts = Map.of();
    private volatile @Nullable Instant oldestPending;

    Gauges(Inbox inbox, Delivery delivery, MeterRegistry metrics, Clock clock) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.metrics = metrics;
        this.clock = clock;
    }

    void register(@Observes StartupEvent event) {
        for (PunchState state : PunchState.values()) {
            Gauge.builder("punchbridge.punches", () -> counts.getOrDefault(state, 0L))
                    .description("Stored punches by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        TimeGauge.builder("punchbridge.backlog.age", this::backlogAge, TimeUnit.SECONDS)
                .description("Age of the oldest punch that waits for delivery, since it came")
                .register(metrics);
        for (DeliveryStatus.Frappe condition : DeliveryStatus.Frappe.values()) {
            Gauge.builder(
                            "punchbridge.frappe.condition",
                            () -> delivery.status().frappe() == condition ? 1 : 0)
                    .description("1 for the condition that Frappe is in, 0 for the others")
                    .tag("condition", condition.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        Gauge.builder("punchbridge.delivery.paused", () -> delivery.status().paused() == null ? 0 : 1)
                .description("1 while a person has paused delivery")
                .register(metrics);
        read();
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try {
            counts = inbox.counts();
            oldestPending = inbox.oldestPending().orElse(null);
        } catch (StorageException failed) {
            LOG.warnf("Metrics of the store keep their last values: %s", failed.getMessage());
        }
    }

    private double backlogAge() {
        Instant oldest = oldestPending;
        return oldest == null ? 0 : seconds(Duration.between(oldest, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis() / 1000.0);
    }
}
