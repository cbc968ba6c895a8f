package io.punchbridge.punch;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A machine that the configuration declares.
 *
 * @param name its name in the configuration; goes into Frappe as {@code device_id}
 * @param timeZone zone of a device time that comes without an offset, or null if none is configured
 * @param coordinates go into Frappe with each check-in, or null if none are configured
 */
public record Device(
        String name,
        SerialNumber serialNumber,
        Connection connection,
        Direction direction,
        @Nullable ZoneId timeZone,
        @Nullable Coordinates coordinates) {

    public Device(
            String name,
            SerialNumber serialNumber,
            Connection connection,
            Direction direction,
            @Nullable ZoneId timeZone) {
        this(name, serialNumber, connection, direction, timeZone, null);
    }
}
