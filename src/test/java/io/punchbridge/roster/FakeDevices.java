package io.punchbridge.roster;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.gateway.RequestPreview;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.gateway.UserRequests;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Devices behind a gateway that keep users, can refuse, and can lose an answer after having done what they were told. */
final class FakeDevices implements Gateway {
    /** What kills the process that waits for an answer. */
    static final class Crash extends RuntimeException {}

    private final Map<String, Map<String, DeviceUser>> users = new HashMap<>();
    final List<RequestPreview> sent = new ArrayList<>();
    int lists;
    boolean mayList = true;
    boolean crashesAfterDoing;

    @Nullable StatusCode refusal;

    Map<String, DeviceUser> of(Device device) {
        return users.computeIfAbsent(device.name(), any -> new TreeMap<>());
    }

    FakeDevices has(Device device, String id, String firstName, String lastName, boolean admin) {
        of(device).put(id, new DeviceUser(new UserId(id), firstName, lastName, admin));
        return this;
    }

    static <T> GatewayAnswer<T> refused(StatusCode code) {
        return new Failure<>(new GatewayFailure(Kind.SAID_BY_GATEWAY, code, code.whoActs(), code.words(), null));
    }

    @Override
    public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
        lists++;
        return mayList
                ? new Success<>(List.copyOf(of(device).values()))
                : refused(StatusCode.USER_INFORMATION_NOT_ENABLED);
    }

    @Override
    public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
        sent.add(UserRequests.previewOfPut(device, user));
        return answer(() -> of(device).put(user.id().value(), user));
    }

    @Override
    public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
        sent.add(UserRequests.previewOfDelete(device, user));
        return answer(() -> of(device).remove(user.value()));
    }

    private GatewayAnswer<Boolean> answer(Runnable work) {
        if (refusal != null) {
            return refused(refusal);
        }
        work.run();
        if (crashesAfterDoing) {
            throw new Crash();
        }
        return new Success<>(true);
    }

    @Override
    public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
        throw new AssertionError("the roster reads no log");
    }

    @Override
    public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
        throw new AssertionError("the roster reads no device information");
    }
}
