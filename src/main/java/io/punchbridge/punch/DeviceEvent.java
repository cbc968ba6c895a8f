package io.punchbridge.punch;

import org.jspecify.annotations.Nullable;

/**
 * A callback that is not a punch: a user was changed or deleted on a device, or an operation that we don't know.
 *
 * @param key identity by content: the gateway's repeat of an event is the same event
 * @param operation the gateway's own word, e.g. {@code UserUpdated}
 * @param content what was sent, as redacted JSON: no token, credential, template or photo
 */
public record DeviceEvent(
        String key,
        SerialNumber device,
        String operation,
        @Nullable UserId user,
        @Nullable String operationId,
        String content) {

    public static DeviceEvent of(
            SerialNumber device,
            String operation,
            @Nullable UserId user,
            @Nullable String operationId,
            String content) {
        String key = PunchKey.hash(device.value(), operation, operationId == null ? "" : operationId, content);
        return new DeviceEvent(key, device, operation, user, operationId, content);
    }
}
