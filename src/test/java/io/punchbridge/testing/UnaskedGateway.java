package io.punchbridge.testing;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands where no gateway is configured and none is asked. */
@ApplicationScoped
@DefaultBean
class UnaskedGateway implements Gateway {
    private static <T> GatewayAnswer<T> notAsked() {
        return new GatewayAnswer.Failure<>(
                new GatewayFailure(Kind.NOT_ASKED, null, WhoActs.OPERATOR, "No endpoint is configured.", null));
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
