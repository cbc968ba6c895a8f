package io.punchbridge.attendance;

import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import org.jspecify.annotations.Nullable;

/**
 * What is proven of a device that a shift type's employees punch on.
 *
 * @param verified null if nothing is
 */
record DeviceFact(Device device, @Nullable Verified verified) {}
