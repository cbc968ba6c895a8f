package io.punchbridge.roster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many commands and differences there are; read from the store, so that every replica shows the same. */
@ApplicationScoped
class RosterMetrics {
    private static final Pattern COUNT = Pattern.compile("([A-Z_]+)=(\\d+)");

    private final UserCommands commands;
    private final Inbox inbox;
    private final Devices devices;
    private final MeterRegistry metrics;
    private volatile Map<UserCommand.State, Long> byState = Map.of();
    private volatile Map<String, Map<String, Long>> byDevice = Map.of();

    RosterMetrics(UserCommands commands, Inbox inbox, Devices devices, MeterRegistry metrics) {
        this.commands = commands;
        this.inbox = inbox;
        this.devices = devices;
        this.metrics = metrics;
    }

    /** Name of the fact in which a device's counts are kept. */
    static String fact(Device device) {
        return "roster-differences " + device.serialNumber().value();
    }

    void register() {
        for (UserCommand.State state : UserCommand.State.values()) {
            Gauge.builder("punchbridge.roster.commands", () -> byState.getOrDefault(state, 0L))
                    .description("Commands about users of devices, by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        for (Device device : devices.all()) {
            for (Finding.Kind kind : Finding.Kind.values()) {
                Gauge.builder("punchbridge.roster.differences", () -> differences(device, kind))
                        .description("Users of a device that differ from the employees; NaN before a first comparison")
                        .tag("device", device.name())
                        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                        .register(metrics);
            }
        }
    }

    private double differences(Device device, Finding.Kind kind) {
        Map<String, Long> counts = byDevice.getOrDefault(device.name(), Map.of());
        Long count = counts.get(kind.name());
        return count == null ? Double.NaN : count;
    }

    void read() {
        byState = commands.counts();
        Map<String, Map<String, Long>> read = new HashMap<>();
        for (Device device : devices.all()) {
            inbox.recall(fact(device)).ifPresent(counts -> read.put(device.name(), parse(counts)));
        }
        byDevice = Map.copyOf(read);
    }

    private static Map<String, Long> parse(String counts) {
        Map<String, Long> parsed = new HashMap<>();
        Matcher count = COUNT.matcher(counts);
        while (count.find()) {
            parsed.put(count.group(1), Long.valueOf(count.group(2)));
        }
        return parsed;
    }
}
