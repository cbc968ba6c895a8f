package io.punchbridge.gateway;

import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway can be asked: its RESTful half. Each method blocks for as long as the device takes, about 15 s. One
 * call at a time goes to an account, from however many threads and replicas; callers wait for their turn, those of one
 * process in the order in which they came. A thread that is interrupted gets a failure as its answer, and stays
 * interrupted. Every call is kept ({@link io.punchbridge.inbox.GatewayCalls}).
 *
 * <p>There is no way to delete all users of a device, on purpose: the word for it, {@code All}, is taken for no user id.
 */
public interface Gateway {
    /** The gateway refuses a longer window. */
    Duration LONGEST_WINDOW = Duration.ofDays(30);

    /**
     * One page of what the device recorded.
     *
     * @param from inclusive
     * @param until exclusive where the gateway is exact; rows outside are handed on all the same
     * @param offset the previous page's {@link LogPage#nextOffset}, or null for the first
     */
    GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset);

    GatewayAnswer<DeviceInformation> deviceInformation(Device device);

    /** Users as the device has them, without credentials. Many accounts don't allow it (33). */
    GatewayAnswer<List<DeviceUser>> loadUsers(Device device);

    /** Adds a user, or changes name and privilege of the one with this id. Credentials stay as they are. */
    GatewayAnswer<Boolean> putUser(Device device, DeviceUser user);

    /** Deletes one user. */
    GatewayAnswer<Boolean> deleteUser(Device device, UserId user);
}
