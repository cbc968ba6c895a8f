package io.punchbridge.probes;

import io.punchbridge.delivery.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down only where nothing but a restart helps: the delivering thread has died. */
@Liveness
@ApplicationScoped
class DeliveryLiveness implements HealthCheck {
    private final Delivery delivery;

    DeliveryLiveness(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("delivery").status(delivery.isAlive()).build();
    }
}
