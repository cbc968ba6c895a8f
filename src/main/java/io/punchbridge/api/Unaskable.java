package io.punchbridge.api;

import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells which devices the gateway can't be asked for. */
@Singleton
public class Unaskable {
    private final GatewaySettings gateway;

    Unaskable(GatewaySettings gateway) {
        this.gateway = gateway;
    }

    /** Why the gateway can't be asked for this device's history, for a person, without a full stop; null if it can. */
    public @Nullable String why(Device device) {
        if (!device.connection().answersRequests()) {
            return "its connection is " + inWords(device.connection()) + ", and the gateway reaches no such device";
        }
        return gateway.endpoint() == null ? "punchbridge.gateway.endpoint isn't set" : null;
    }

    /** As the configuration has it. */
    public static String inWords(Connection connection) {
        return connection.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
