package io.punchbridge.probes;

import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Ready means: can store. Proved by a real write, at most every few seconds however often it is asked. How Frappe
 * stands is shown and never makes it unready: the gateway must be able to hand over its punches while the ERP is away.
 */
@Readiness
@ApplicationScoped
class StorageReadiness implements HealthCheck {
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);

    private record Proof(Instant at, @Nullable String failure) {}

    private final Inbox inbox;
    private final Delivery delivery;
    private final Clock clock;
    private @Nullable Proof last;

    StorageReadiness(Inbox inbox, Delivery delivery, Clock clock) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Proof proof = proof();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("storage").status(proof.failure() == null);
        if (proof.failure() != null) {
            response.withData("storage", proof.failure());
        }
        DeliveryStatus status = delivery.status();
        response.withData("frappe", status.frappe().name());
        if (status.reason() != null) {
            response.withData("frappe_reason", status.reason());
            response.withData("frappe_since", status.since().toString());
        }
        if (status.paused() != null) {
            response.withData("delivery", "paused by a person");
        }
        return response.build();
    }

    private synchronized Proof proof() {
        Instant now = clock.instant();
        Proof known = last;
        boolean fresh = known != null
                && known.failure() == null
                && Duration.between(known.at(), now).abs().compareTo(BETWEEN_WRITES) < 0;
        if (known != null && fresh) {
            return known;
        }
        Proof proof = write(now);
        last = proof;
        return proof;
    }

    private Proof write(Instant now) {
        try {
            inbox.probe();
            return new Proof(now, null);
        } catch (StorageException failed) {
            return new Proof(now, String.valueOf(failed.getMessage()));
        }
    }
}
