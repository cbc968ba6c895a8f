package io.punchbridge.roster;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one comparison found.
 *
 * @param problem why there was none: then no device is in it, and nothing was changed. Null if there was
 */
public record RosterReport(Instant at, @Nullable String problem, List<DeviceRoster> devices) {

    public RosterReport {
        devices = List.copyOf(devices);
    }

    /** One line without a name or an id. */
    String summary() {
        Map<Finding.Kind, Long> sums = new EnumMap<>(Finding.Kind.class);
        devices.forEach(device -> device.counts().forEach((kind, count) -> sums.merge(kind, count, Long::sum)));
        long skipped =
                devices.stream().filter(device -> device.skipped() != null).count();
        String differences = sums.entrySet().stream()
                .filter(sum -> sum.getValue() > 0)
                .map(sum -> sum.getValue() + " " + sum.getKey().words())
                .collect(Collectors.joining(", "));
        return "%d devices compared, %d skipped: %s"
                .formatted(devices.size() - skipped, skipped, differences.isEmpty() ? "nothing differs" : differences);
    }
}
