package io.punchbridge.console.devices;

import io.punchbridge.punch.Device;
import jakarta.ws.rs.core.UriBuilder;

/** Addresses of a device's pages. Its name is no personal data: it is from the configuration. */
public final class DeviceLinks {
    private DeviceLinks() {}

    public static String to(Device device) {
        return below(DevicesPage.PATH, device);
    }

    /** @param path of a page that has one below it for each device */
    public static String below(String path, Device device) {
        return UriBuilder.fromPath(path).path("{name}").build(device.name()).toString();
    }

    static String toLoadLog(Device device) {
        return UriBuilder.fromPath("/load-log")
                .queryParam("device", "{name}")
                .build(device.name())
                .toString();
    }
}
