package io.punchbridge.watch;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers for the devices' information as a test wants, and for nothing else. */
final class FakeGateway implements Gateway {
    private final List<Device> asked = new ArrayList<>();
    private Function<Device, GatewayAnswer<DeviceInformation>> answer;

    FakeGateway(Function<Device, GatewayAnswer<DeviceInformation>> answer) {
        this.answer = answer;
    }

    void answers(Function<Device, GatewayAnswer<DeviceInformation>> next) {
        answer = next;
    }

    /** Who was asked since the last call. */
    List<Device> takeAsked() {
        List<Device> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    @Override
    public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
        asked.add(device);
        return answer.apply(device);
    }

    @Override
    public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
        throw notTheRounds();
    }

    @Override
    public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
        throw notTheRounds();
    }

    @Override
    public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
        throw notTheRounds();
    }

    @Override
    public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
        throw notTheRounds();
    }

    private static UnsupportedOperationException notTheRounds() {
        return new UnsupportedOperationException("only information is asked for");
    }
}
