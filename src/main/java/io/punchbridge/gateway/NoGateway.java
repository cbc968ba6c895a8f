package io.punchbridge.gateway;

import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where there is no client for the RESTful half: nothing is asked, and whoever wanted to is told so. */
@ApplicationScoped
@DefaultBean
class NoGateway implements Gateway {

    private static <T> GatewayAnswer<T> notAsked() {
        return new Failure<>(new GatewayFailure(
                Kind.NOT_ASKED,
                null,
                StatusCode.WhoActs.OPERATOR,
                "The gateway can't be asked: no address is configured. Set punchbridge.gateway.endpoint.",
                null));
    }

    @Override
    public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
        return notAsked();
    }

    @Override
    public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
        return notAsked();
    }

    @Override
    public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
        return notAsked();
    }

    @Override
    public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
        return notAsked();
    }

    @Override
    public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
        return notAsked();
    }
}
