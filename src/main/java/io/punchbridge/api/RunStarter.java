package io.punchbridge.api;

import io.punchbridge.access.WhoAsks;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.reconciliation.Reconciliation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run as a person words it, by the name of a device and by days, and ends one. Both are recorded: who, when, what, why.
 */
@Singleton
public class RunStarter {
    private final Reconciliation reconciliation;
    private final Devices devices;
    private final Actions actions;
    private final WhoAsks whoAsks;
    private final CallbackDoor.FallbackZone fallbackZone;
    private final Clock clock;

    RunStarter(
            Reconciliation reconciliation,
            Devices devices,
            Actions actions,
            WhoAsks whoAsks,
            CallbackDoor.FallbackZone fallbackZone,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.devices = devices;
        this.actions = actions;
        this.whoAsks = whoAsks;
        this.fallbackZone = fallbackZone;
        this.clock = clock;
    }

    /** What came of the wish. */
    public sealed interface Asked {
        /** It was read, and reconciliation has answered. */
        record Answered(Device device, Reconciliation.Started started) implements Asked {}

        /**
         * Nothing was asked for.
         *
         * @param malformed whether it couldn't even be read
         * @param words for a person
         */
        record Wrong(boolean malformed, String words) implements Asked {}
    }

    /**
     * Starts a run, unless one of the device goes on.
     *
     * @param from first day in the device's zone, e.g. {@code 2026-10-31}
     * @param to last day, inclusive; today where it is null
     * @param why for the record; null if nobody said
     */
    public Asked start(String deviceName, String from, @Nullable String to, @Nullable String why) {
        Device device = named(deviceName).orElse(null);
        if (device == null) {
            return new Asked.Wrong(
                    false,
                    "No device of that name is declared. Declared are: "
                            + devices.all().stream().map(Device::name).collect(Collectors.joining(", ")) + ".");
        }
        LocalDate first = date(from).orElse(null);
        LocalDate last = to == null ? today(device) : date(to).orElse(null);
        if (first == null || last == null) {
            return new Asked.Wrong(true, "from or to is no date; wanted is e.g. 2026-10-31.");
        }
        if (first.isAfter(last)) {
            return new Asked.Wrong(false, "The range is empty: from is later than to, or later than today.");
        }
        Actions.Request who = ActionRequests.request(
                "the log of " + device.name() + " from " + first + " to " + last, why, whoAsks.asker());
        Reconciliation.Started started = reconciliation.start(device, first, last);
        if (started instanceof Reconciliation.Started.Accepted) {
            actions.note(Actions.Kind.RECONCILE, who);
        }
        return new Asked.Answered(device, started);
    }

    /** Ends a run after the page that is under way; false if it has ended already. */
    public boolean cancel(Run run) {
        if (!reconciliation.cancel(run.id())) {
            return false;
        }
        actions.note(
                Actions.Kind.CANCEL,
                ActionRequests.request(
                        "run " + run.id() + " of " + devices.nameOf(run.device()), null, whoAsks.asker()));
        return true;
    }

    /** The declared device of this name. */
    public Optional<Device> named(String name) {
        return devices.all().stream()
                .filter(device -> device.name().equals(name))
                .findFirst();
    }

    private LocalDate today(Device device) {
        ZoneId zone = device.timeZone() == null ? fallbackZone.get() : device.timeZone();
        return LocalDate.ofInstant(clock.instant(), zone == null ? ZoneOffset.UTC : zone);
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
