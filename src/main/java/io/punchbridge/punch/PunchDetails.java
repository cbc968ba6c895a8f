package io.punchbridge.punch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came with a punch and takes no part in its identity. Holds no token, template or photo, and health data only
 * where the configuration keeps it.
 *
 * @param logTime the device's time as it was sent, with its offset
 * @param gatewayTime the gateway's clock when it sent the punch
 * @param temperature as sent, in the device's unit
 * @param extra fields that we don't know, as redacted JSON
 */
public record PunchDetails(
        @Nullable String logTime,
        @Nullable Instant gatewayTime,
        @Nullable String operationId,
        @Nullable String inputType,
        @Nullable String temperature,
        @Nullable Boolean faceMask,
        @Nullable String extra) {

    public static final PunchDetails NONE = new PunchDetails(null, null, null, null, null, null, null);
}
