package io.punchbridge.tracing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Turns traces on at the start, if a collector is configured, and off at the end. */
@ApplicationScoped
class Tracing {
    private static final Logger LOG = Logger.getLogger(Tracing.class);

    private static final int BEFORE_ALL_WORK = 1;
    private static final int AFTER_ALL_WORK = 5000;

    private final TraceSettings settings;
    private final String version;
    private final Clock clock;

    Tracing(TraceSettings settings, @ConfigProperty(name = "quarkus.application.version") String version, Clock clock) {
        this.settings = settings;
        this.version = version;
        this.clock = clock;
    }

    void start(@Observes @Priority(BEFORE_ALL_WORK) StartupEvent event) {
        settings.collector().ifPresent(collector -> {
            Traces.recordWith(Recorder.to(collector, settings.service(), version, clock));
            LOG.infof("Traces go to %s.", collector.url());
        });
    }

    void stop(@Observes @Priority(AFTER_ALL_WORK) ShutdownEvent event) {
        Recorder recorder = Traces.recordWith(null);
        if (recorder != null) {
            recorder.close();
        }
    }
}
