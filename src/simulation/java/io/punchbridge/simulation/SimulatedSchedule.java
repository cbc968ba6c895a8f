package io.punchbridge.simulation;

import io.punchbridge.reconciliation.Reconciler;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Begins the rounds of reconciliation as the scheduler does, but by simulated time: the first a minute after the start,
 * the next ones at a fixed distance. Says how far it has come, so that the simulation doesn't run ahead.
 */
@Singleton
@IfBuildProperty(name = "punchbridge-simulation.enabled", stringValue = "true")
class SimulatedSchedule {
    static final Duration FIRST_AFTER = Duration.ofMinutes(1);
    static final Duration EVERY = Duration.ofHours(12);

    private final Reconciler reconciler;
    private final SimulatedClock clock;
    private final Thread thread = new Thread(this::run, "simulated-schedule");
    private volatile boolean stopping;

    SimulatedSchedule(Reconciler reconciler, SimulatedClock clock) {
        this.reconciler = reconciler;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void run() {
        Instant due = clock.instant().plus(FIRST_AFTER);
        while (!stopping) {
            Instant now = clock.instant();
            if (!now.isBefore(due)) {
                reconciler.round();
                due = now.plus(EVERY);
            }
            clock.time().setCaughtUpTo(now);
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
