package io.punchbridge.testing;

import io.micrometer.core.instrument.Metrics;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The outer world of the application under test: a clock that can be set, and a Frappe that can fail. */
@ApplicationScoped
class TestBeans {
    @Produces
    @Singleton
    SteppableClock clock() {
        return new SteppableClock();
    }

    @Produces
    @Singleton
    SimulatedFrappe frappe(FrappeSettings settings, SteppableClock clock) {
        return SimulatedFrappe.withEmployees(clock).start(settings.url().getPort());
    }

    void stop(@Disposes SimulatedFrappe frappe) {
        frappe.close();
    }

    void start(@Observes @Priority(1) StartupEvent event, SimulatedFrappe frappe) {
        frappe.port();
    }

    /** Meters outlive the application in a static registry, and the next one of this JVM would get its gauges back. */
    void forgetMeters(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        Metrics.globalRegistry.clear();
    }
}
