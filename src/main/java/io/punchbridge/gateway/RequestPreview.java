package io.punchbridge.gateway;

/**
 * A request as it would be sent to the gateway, but for what is added to each at its sending: operation id, time and the
 * device's auth token. Holds personal data: for the eyes of whoever asked, not for a log.
 *
 * @param device name of the device in the configuration
 * @param operation in CAMS' words, e.g. {@code Add.User}
 * @param body JSON
 */
public record RequestPreview(String device, String operation, String body) {}
