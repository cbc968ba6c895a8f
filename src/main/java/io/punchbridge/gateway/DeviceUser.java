package io.punchbridge.gateway;

import io.punchbridge.punch.UserId;

/**
 * A user of a device. Credentials and photos are never part of it.
 *
 * @param admin whether the user administers the device. The gateway takes a missing privilege for "no", so it is always
 *     said
 */
public record DeviceUser(UserId id, String firstName, String lastName, boolean admin) {}
