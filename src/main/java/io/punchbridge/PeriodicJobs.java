package io.punchbridge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Begins no periodic job any more once a stop has begun. Quarkus by itself goes on until its container is gone, and a job
 * that begins in that moment ends in a stack trace.
 */
@ApplicationScoped
class PeriodicJobs {
    private static final int BEFORE_ALL_OTHERS = 1;

    private final Scheduler scheduler;

    PeriodicJobs(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void pause(@Observes @Priority(BEFORE_ALL_OTHERS) ShutdownEvent stop) {
        scheduler.pause();
    }
}
