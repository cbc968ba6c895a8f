package io.punchbridge.gateway;

import io.punchbridge.punch.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A user of a device. Credentials and photos are never part of it.
 *
 * @param admin whether the user administers the device; null where a list doesn't say. The gateway takes a missing
 *     privilege for "no", so it is always said to it, and a user without it is never sent
 */
public record DeviceUser(
        UserId id,
        String firstName,
        String lastName,
        @Nullable Boolean admin) {}
