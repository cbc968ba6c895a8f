package io.punchbridge.api;

import io.punchbridge.access.WhoAsks;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StorageException;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run as a person words it, by the name of a device and by days, and ends one. Both are recorded before they are done: who,
 * when, what, why; and after it what came of them. What can't be recorded isn't done.
 */
@Singleton
public class RunStarter {
    private static final Logger LOG = Logger.getLogger(RunStarter.class);

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
        Actions.Request wish = ActionRequests.request(
                "the log of " + device.name() + " from " + first + " to " + last, why, whoAsks.asker());
        String action = actions.note(Actions.Kind.RECONCILE, wish);
        Reconciliation.Started started = reconciliation.start(device, first, last);
        conclude(action, words(started));
        return new Asked.Answered(device, started);
    }

    /** Ends a run after the page that is under way; false if it had ended, or was cancelled, before. */
    public boolean cancel(Run run) {
        String action = actions.note(
                Actions.Kind.CANCEL,
                ActionRequests.request(
                        "run " + run.id() + " of " + devices.nameOf(run.device()), null, whoAsks.asker()));
        boolean ends = reconciliation.cancel(run.id());
        conclude(action, ends ? "it ends" : "it had ended, or was cancelled, before");
        return ends;
    }

    private static String words(Reconciliation.Started started) {
        if (started instanceof Reconciliation.Started.Accepted accepted) {
            return "run " + accepted.run();
        }
        if (started instanceof Reconciliation.Started.Busy busy) {
            return "not started, as run " + busy.run() + " goes on";
        }
        return "not started. " + ((Reconciliation.Started.Refused) started).reason();
    }

    /** It is done, and whoever asked is told so, though the record then says only that it was wanted. */
    private void conclude(String action, String outcome) {
        try {
            actions.conclude(action, outcome);
        } catch (StorageException failed) {
            LOG.warnf("What came of action %s could not be recorded (%s): %s", action, outcome, failed.getMessage());
        }
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
