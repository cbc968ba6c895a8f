package io.punchbridge.console.devices;

import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of devices.
 *
 * @param filter part of the names; empty for all
 * @param matching how many devices there are of such a name
 * @param warned how many of these have a warning
 * @param number of this page, from 1
 */
public record DeviceList(
        String filter, List<DeviceView> devices, int declared, int matching, int warned, int number, int pages) {

    public boolean isEmpty() {
        return devices.isEmpty();
    }

    public boolean isNone() {
        return declared == 0;
    }

    public @Nullable String before() {
        return number > 1 ? page(number - 1) : null;
    }

    public @Nullable String next() {
        return number < pages ? page(number + 1) : null;
    }

    private String page(int wanted) {
        return UriBuilder.fromPath(DevicesPage.PATH)
                .queryParam("name", "{name}")
                .queryParam("page", wanted)
                .build(filter)
                .toString();
    }
}
