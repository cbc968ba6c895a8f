package io.punchbridge.gateway;

import io.punchbridge.punch.Device;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we share with the gateway. Secrets never show in {@code toString}.
 *
 * @param endpoint address of the account's RESTful API, or null where only callbacks are used
 * @param securityKeys AES keys of the account, the current one first; empty if the account sends plain bodies
 * @param requestTimeout how long a whole answer may take; the gateway waits for the device meanwhile
 * @param keepHealthData whether temperature and face mask may be stored
 */
public record GatewaySettings(
        @Nullable URI endpoint,
        List<SecurityKey> securityKeys,
        List<Credentials> credentials,
        Duration requestTimeout,
        boolean keepHealthData) {

    public GatewaySettings {
        securityKeys = List.copyOf(securityKeys);
        credentials = List.copyOf(credentials);
    }

    /**
     * How a declared device proves itself.
     *
     * @param serviceTagId the vendor's id of the device, which older set-ups send as {@code ?stgid=} and every request to
     *     the gateway must name; null if only callbacks are used
     * @param previousAuthToken accepted beside the current one while the token is being changed
     */
    public record Credentials(
            Device device,
            @Nullable String serviceTagId,
            String authToken,
            @Nullable String previousAuthToken) {
        @Override
        public String toString() {
            return "Credentials[device=" + device.name() + "]";
        }
    }
}
