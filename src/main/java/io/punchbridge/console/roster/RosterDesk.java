package io.punchbridge.console.roster;

import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import io.punchbridge.console.devices.DeviceLinks;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Device;
import io.punchbridge.roster.DeviceRoster;
import io.punchbridge.roster.Finding;
import io.punchbridge.roster.Finding.Kind;
import io.punchbridge.roster.Roster;
import io.punchbridge.roster.RosterReport;
import io.punchbridge.roster.RosterSettings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Puts what the roster found into a person's words; keeps in memory what a person had compared. */
@Singleton
class RosterDesk {
    /** Of each kind, and of the commands. */
    private static final int SHOWN = 200;

    private final Roster roster;
    private final RosterSettings settings;
    private final UserCommands commands;
    private final Times times;
    private final ReentrantLock comparing = new ReentrantLock();
    private volatile @Nullable RosterReport looked;

    RosterDesk(Roster roster, RosterSettings settings, UserCommands commands, Times times) {
        this.roster = roster;
        this.settings = settings;
        this.commands = commands;
        this.times = times;
    }

    /**
     * Compares with what is known of the devices' users. Blocks for as long as Frappe takes. Changes nothing.
     *
     * @return false where a person has one under way at this replica already, which this one doesn't wait for
     */
    boolean compare() {
        if (!comparing.tryLock()) {
            return false;
        }
        try {
            looked = roster.dryRun().report();
            return true;
        } finally {
            comparing.unlock();
        }
    }

    boolean isComparing() {
        return comparing.isLocked();
    }

    private Optional<RosterReport> latest() {
        RosterReport byPerson = looked;
        Optional<RosterReport> scheduled = roster.latest();
        if (byPerson == null) {
            return scheduled;
        }
        return scheduled.filter(report -> report.at().isAfter(byPerson.at())).or(() -> Optional.of(byPerson));
    }

    RosterView all() {
        RosterReport report = latest().orElse(null);
        Map<UserCommand.State, Long> counts = commands.counts();
        List<RosterView.CommandCount> counted = new ArrayList<>();
        for (UserCommand.State state : UserCommand.State.values()) {
            long count = counts.getOrDefault(state, 0L);
            if (count > 0) {
                String words = RosterWords.meaning(state);
                counted.add(new RosterView.CommandCount(word(state), number(count), words));
            }
        }
        return new RosterView(
                settings.mode().name().toLowerCase(Locale.ROOT),
                RosterWords.mode(settings),
                report == null ? null : times.moment(report.at()),
                report == null ? null : report.problem(),
                report == null
                        ? List.of()
                        : report.devices().stream().map(RosterDesk::row).toList(),
                counted);
    }

    private static RosterView.Row row(DeviceRoster device) {
        Map<Kind, Long> counts = device.counts();
        return new RosterView.Row(
                device.device().name(),
                DeviceLinks.below(RosterPage.PATH, device.device()),
                device.listed(),
                device.unchanged(),
                sum(counts, Kind.MISSING),
                sum(counts, Kind.NAME_DIFFERS),
                sum(counts, Kind.LEAVING, Kind.LEAVING_LATER, Kind.ADMINISTRATOR_LEFT),
                sum(counts, Kind.SURPLUS),
                sum(counts, Kind.ID_PASSED_ON, Kind.OUT_OF_SCOPE, Kind.ID_DIFFERS, Kind.UNCLEAR),
                device.stopped() != null,
                device.skipped());
    }

    private static long sum(Map<Kind, Long> counts, Kind... kinds) {
        long sum = 0;
        for (Kind kind : kinds) {
            sum += counts.getOrDefault(kind, 0L);
        }
        return sum;
    }

    DeviceUsersView one(Device device) {
        RosterReport report = latest().orElse(null);
        DeviceRoster compared = report == null
                ? null
                : report.devices().stream()
                        .filter(candidate -> candidate.device().name().equals(device.name()))
                        .findFirst()
                        .orElse(null);
        Moment at = report == null ? null : times.moment(report.at());
        List<DeviceUsersView.Command> told = told(device);
        List<DeviceUsersView.Command> shown = told.stream().limit(SHOWN).toList();
        if (report == null || compared == null || compared.skipped() != null) {
            return new DeviceUsersView(
                    device.name(),
                    DeviceLinks.to(device),
                    false,
                    whyNot(report, compared),
                    at,
                    false,
                    "",
                    "",
                    List.of(),
                    shown,
                    told.size() - shown.size(),
                    null,
                    null);
        }
        DeviceRoster.Stopped stopped = compared.stopped();
        return new DeviceUsersView(
                device.name(),
                DeviceLinks.to(device),
                true,
                null,
                at,
                compared.listed(),
                number(compared.present()),
                number(compared.unchanged()),
                groups(compared),
                shown,
                told.size() - shown.size(),
                stopped == null ? null : stopped.words(device.name()),
                compared.note());
    }

    private static String whyNot(@Nullable RosterReport report, @Nullable DeviceRoster compared) {
        if (report == null) {
            return "Its users were not compared yet. The page Roster has a button that compares now.";
        }
        if (report.problem() != null) {
            return report.problem();
        }
        String skipped = compared == null ? null : compared.skipped();
        return skipped == null ? "It was not among the devices that were compared." : skipped;
    }

    private static List<DeviceUsersView.Group> groups(DeviceRoster device) {
        List<DeviceUsersView.Group> groups = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Finding> found = device.findings().stream()
                    .filter(finding -> finding.kind() == kind)
                    .toList();
            if (!found.isEmpty()) {
                List<DeviceUsersView.Difference> shown =
                        found.stream().limit(SHOWN).map(RosterDesk::difference).toList();
                groups.add(new DeviceUsersView.Group(
                        RosterWords.title(kind),
                        number(found.size()),
                        RosterWords.advice(kind),
                        shown,
                        found.size() - shown.size()));
            }
        }
        return groups;
    }

    private static DeviceUsersView.Difference difference(Finding finding) {
        return new DeviceUsersView.Difference(
                finding.user().value(),
                orEmpty(finding.employee()),
                orEmpty(finding.wantedName()),
                orEmpty(finding.nameOnDevice()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Those that need a person first, those that are done last. */
    private List<DeviceUsersView.Command> told(Device device) {
        return commands.ofDevice(device.serialNumber()).stream()
                .sorted(Comparator.comparing(UserCommand::state).reversed())
                .sorted(Comparator.comparing((UserCommand command) -> command.state() == UserCommand.State.DONE))
                .map(command -> new DeviceUsersView.Command(
                        command.order().user().value(),
                        RosterWords.action(command.order()),
                        word(command.state()),
                        command.attempts(),
                        times.moment(command.plannedAt()),
                        command.reason()))
                .toList();
    }

    private static String word(UserCommand.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
