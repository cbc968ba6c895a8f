package io.punchbridge.probes;

import io.punchbridge.inbox.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started means: the store is open and migrated, which can take a while on a large one. */
@Startup
@ApplicationScoped
class StorageStartup implements HealthCheck {
    private final Inbox inbox;

    StorageStartup(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public HealthCheckResponse call() {
        inbox.counts();
        return HealthCheckResponse.up("store opened");
    }
}
