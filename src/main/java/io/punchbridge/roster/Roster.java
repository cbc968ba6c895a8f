package io.punchbridge.roster;

import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.gateway.RequestPreview;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.RosterSettings.Mode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares the users of each device with the employees who belong there. Entry for the schedule, and for those who want
 * to look or to consent. Every method blocks, for as long as Frappe and the devices take.
 */
@ApplicationScoped
public class Roster {
    private static final Logger LOG = Logger.getLogger(Roster.class);

    /** As long, a command that was given up isn't queued again by a plan that still wants the same. */
    private static final Duration GIVEN_UP_FOR = Duration.ofDays(1);

    private final RosterSettings settings;
    private final Devices devices;
    private final Staffing staffing;
    private final UserPicture picture;
    private final UserCommands commands;
    private final Inbox inbox;
    private final Clock clock;
    private final Instant startedAt;
    private volatile @Nullable RosterReport latest;

    Roster(
            RosterSettings settings,
            Devices devices,
            Staffing staffing,
            UserPicture picture,
            UserCommands commands,
            Inbox inbox,
            Clock clock) {
        this.settings = settings;
        this.devices = devices;
        this.staffing = staffing;
        this.picture = picture;
        this.commands = commands;
        this.inbox = inbox;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * What would be sent, and why. Nothing is queued, sent, or asked of a device.
     *
     * @param requests in the order of their sending
     */
    public record DryRun(RosterReport report, List<RequestPreview> requests) {}

    /** What came of a consent. */
    public sealed interface Consented {
        /** The deletions are queued. */
        record Queued(int deletions) implements Consented {}

        /** No device has a plan of this name any more: look at the new report. */
        record Outdated(RosterReport report) implements Consented {}

        /** It can't be done; the words are for a person. */
        record Refused(String reason) implements Consented {}
    }

    /** What the last comparison of this process found; empty before the first. */
    public Optional<RosterReport> latest() {
        return Optional.ofNullable(latest);
    }

    /** Compares every device, and in mode apply queues what sets it right. */
    public RosterReport compare() {
        picture.readEvents();
        devices.all().forEach(picture::readList);
        RosterReport report = compareWhatIsKnown();
        log(report);
        return report;
    }

    private synchronized RosterReport compareWhatIsKnown() {
        Instant now = clock.instant();
        RosterReport report = report(now, settings);
        if (settings.mode() == Mode.APPLY) {
            report.devices().forEach(device -> queue(device, now));
        }
        report.devices().forEach(this::publish);
        latest = report;
        return report;
    }

    /** Shows what mode apply would send now, whatever the mode is. */
    public synchronized DryRun dryRun() {
        Instant now = clock.instant();
        RosterReport report = report(now, settings);
        List<Order> orders = new ArrayList<>();
        for (DeviceRoster device : report.devices()) {
            List<UserCommand> standing = commands.ofDevice(device.device().serialNumber());
            orders.addAll(Wishes.unsettled(Wishes.of(device, now), standing, givenUpCountsSince(now)));
        }
        orders.sort(UserCommands.SENDING_ORDER);
        List<RequestPreview> requests = new ArrayList<>();
        for (Order order : orders) {
            devices.bySerialNumber(order.device()).ifPresent(device -> requests.add(Wishes.preview(device, order)));
        }
        return new DryRun(report, List.copyOf(requests));
    }

    /**
     * Agrees to the deletions that a report calls by this name ({@link DeviceRoster.Stopped#plan}), and to no others.
     */
    public synchronized Consented confirm(String plan) {
        if (settings.mode() != Mode.APPLY) {
            return new Consented.Refused("Nothing can be deleted, since punchbridge.roster.mode isn't apply.");
        }
        Instant now = clock.instant();
        RosterReport report = report(now, settings.confirming(plan));
        List<Order> deletions = report.devices().stream()
                .flatMap(device -> device.orders().stream())
                .filter(order ->
                        order.confirmed() && !confirmedBefore(order.device()).contains(order.user()))
                .toList();
        if (deletions.isEmpty()) {
            return new Consented.Outdated(report);
        }
        report.devices().forEach(device -> queue(device, now));
        latest = report;
        return new Consented.Queued(deletions.size());
    }

    /** Sends again what was given up, e.g. since its cause is gone. Returns how many commands. */
    public int retryGivenUp() {
        return commands.retryGivenUp();
    }

    private RosterReport report(Instant now, RosterSettings agreed) {
        Set<EmployeeFilter> scopes = devices.all().stream()
                .filter(device -> device.connection().answersRequests())
                .map(device -> settings.scope(device.name()))
                .collect(Collectors.toUnmodifiableSet());
        Staffing.Read read = staffing.read(scopes);
        if (read instanceof Staffing.Read.Incomplete incomplete) {
            return new RosterReport(now, incomplete.why(), List.of());
        }
        Staffing.Read.Whole staff = (Staffing.Read.Whole) read;
        // Not before, since Frappe may have taken minutes.
        picture.readEvents();
        List<DeviceRoster> compared = devices.all().stream()
                .map(device -> compare(agreed, device, staff, now))
                .toList();
        return new RosterReport(now, null, compared);
    }

    private DeviceRoster compare(RosterSettings agreed, Device device, Staffing.Read.Whole staff, Instant now) {
        if (!device.connection().answersRequests()) {
            return DeviceRoster.skipped(
                    device,
                    "The gateway can neither ask nor tell a device that is connected by %s; keep its users by hand."
                            .formatted(device.connection()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-')));
        }
        Set<String> inScope = staff.inScope().getOrDefault(settings.scope(device.name()), Set.of());
        if (inScope.isEmpty()) {
            return DeviceRoster.skipped(
                    device,
                    "punchbridge.devices.%s.roster-filter lets no employee with a device id through. Correct it."
                            .formatted(device.name()));
        }
        Planner.Facts facts = new Planner.Facts(
                device,
                picture.wasListed(device),
                picture.of(device),
                staff.employees(),
                inScope,
                confirmedBefore(device.serialNumber()),
                now,
                staff.zone());
        return Planner.plan(agreed, facts);
    }

    private Set<UserId> confirmedBefore(SerialNumber device) {
        return commands.ofDevice(device).stream()
                .filter(command -> command.order().confirmed() && command.state() != UserCommand.State.DONE)
                .map(command -> command.order().user())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void queue(DeviceRoster device, Instant now) {
        if (device.skipped() == null) {
            commands.plan(device.device().serialNumber(), Wishes.of(device, now), givenUpCountsSince(now));
        }
    }

    /** Whoever starts us anew has often just removed what was in the way. */
    private Instant givenUpCountsSince(Instant now) {
        Instant dayAgo = now.minus(GIVEN_UP_FOR);
        return dayAgo.isAfter(startedAt) ? dayAgo : startedAt;
    }

    /** What every replica's metrics show, whichever did the comparing. */
    private void publish(DeviceRoster device) {
        String counts = device.counts().entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(","));
        inbox.remember(RosterMetrics.fact(device.device()), counts);
    }

    private static void log(RosterReport report) {
        if (report.problem() != null) {
            LOG.warn(report.problem());
            return;
        }
        LOG.infof("Roster: %s", report.summary());
        for (DeviceRoster device : report.devices()) {
            String name = device.device().name();
            DeviceRoster.Stopped stopped = device.stopped();
            if (stopped != null) {
                LOG.warn(stopped.words(name));
            }
            if (device.note() != null) {
                LOG.warnf("%s: %s", name, device.note());
            }
        }
    }
}
