package io.punchbridge.testing;

import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.sandbox.SimulatedFrappe;
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
}
