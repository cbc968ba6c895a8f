package io.punchbridge.console.attendance;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.console.Times;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the days whose attendance was made without some of their punches. */
@Singleton
class LateViews {
    static final int PAGE = 20;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, uuuu-MM-dd", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final LatePunches latePunches;
    private final AttendanceSettings settings;
    private final Directory directory;
    private final Devices devices;
    private final SiteLinks site;
    private final Times times;

    LateViews(
            LatePunches latePunches,
            AttendanceSettings settings,
            Directory directory,
            Devices devices,
            SiteLinks site,
            Times times) {
        this.latePunches = latePunches;
        this.settings = settings;
        this.directory = directory;
        this.devices = devices;
        this.site = site;
        this.times = times;
    }

    /**
     * @param state null for all
     * @param after id of the last entry that was shown; null for the newest
     */
    LateView page(@Nullable State state, @Nullable String after) {
        List<LateEntry> entries = latePunches.list(state, null, null, after, PAGE);
        List<String> ids = entries.stream().map(LateEntry::id).toList();
        Map<String, List<LatePunch>> punches = latePunches.punchesOf(ids);
        Map<String, List<LateStep>> steps = latePunches.stepsOf(ids);
        List<LateView.Entry> views = new ArrayList<>();
        for (LateEntry entry : entries) {
            views.add(entry(
                    "late-" + (views.size() + 1),
                    entry,
                    punches.getOrDefault(entry.id(), List.of()),
                    steps.getOrDefault(entry.id(), List.of())));
        }
        return new LateView(
                ModeView.of(settings.latePunches().mode()),
                heading(state, after != null),
                state == null ? "" : Words.of(state),
                choices(state),
                views,
                empty(state, after != null),
                entries.size() < PAGE ? null : ids.get(ids.size() - 1),
                after == null);
    }

    private static String heading(@Nullable State state, boolean isOlder) {
        return (state == null ? "All days" : "Days: " + Words.of(state))
                + (isOlder ? ", older ones" : ", newest first");
    }

    private String empty(@Nullable State state, boolean isOlder) {
        if (isOlder) {
            return "There are no older days.";
        }
        if (state != null) {
            return "No day stands so. Choose another state, or all.";
        }
        return settings.latePunches().mode() == AttendanceSettings.LateMode.OFF
                ? "Nothing is listed, since nobody looks."
                : "No attendance was made without its punches, as far as Punchbridge has seen. There is nothing to do.";
    }

    private List<LateView.Choice> choices(@Nullable State chosen) {
        Map<State, Long> counts = latePunches.counts();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        List<LateView.Choice> choices = new ArrayList<>();
        choices.add(new LateView.Choice("", "all (" + all + ")", chosen == null));
        for (State state : State.values()) {
            choices.add(new LateView.Choice(
                    Words.of(state), Words.of(state) + " (" + counts.getOrDefault(state, 0L) + ")", state == chosen));
        }
        return choices;
    }

    private LateView.Entry entry(String anchor, LateEntry entry, List<LatePunch> punches, List<LateStep> steps) {
        return new LateView.Entry(
                anchor,
                site.employee(entry.employee()),
                nameOf(entry.employee(), punches),
                DAY.format(entry.day()),
                site.shiftType(entry.shift()),
                linkOrNull(entry.attendance()),
                said(entry.says()),
                said(entry.wouldSay()),
                Words.of(entry.state()),
                means(entry.state()),
                entry.reason(),
                linkOrNull(entry.remade()),
                times.moment(entry.foundAt()),
                times.moment(entry.changedAt()),
                times.momentOrNull(entry.notBefore()),
                punches.stream().map(this::punch).toList(),
                steps.stream().map(this::step).toList());
    }

    /** By the id that the device knows the person by; a later holder of that id is somebody else. */
    private @Nullable String nameOf(String employee, List<LatePunch> punches) {
        return punches.stream()
                .flatMap(punch -> Optional.ofNullable(punch.user()).flatMap(directory::find).stream())
                .filter(found -> found.name().equals(employee))
                .map(Employee::employeeName)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Link linkOrNull(@Nullable String attendance) {
        return attendance == null ? null : site.attendance(attendance);
    }

    private static LateView.@Nullable Said said(LateEntry.@Nullable Said said) {
        return said == null
                ? null
                : new LateView.Said(
                        said.status(),
                        String.format(Locale.ROOT, "%.2f", said.hours()),
                        time(said.inTime()),
                        time(said.outTime()));
    }

    private static String time(@Nullable LocalDateTime wallTime) {
        return wallTime == null ? "none" : TIME.format(wallTime);
    }

    private LateView.Punch punch(LatePunch punch) {
        return new LateView.Punch(
                Link.punch(punch.key().value()),
                times.moment(punch.at(), punch.device()),
                devices.bySerialNumber(punch.device())
                        .map(Device::name)
                        .map(Link::device)
                        .orElseGet(() -> Link.none(punch.device().value())),
                site.checkin(punch.checkin()),
                times.moment(punch.settledAt()));
    }

    private LateView.Step step(LateStep step) {
        return new LateView.Step(
                switch (step.kind()) {
                    case REHEARSE -> "Run auto attendance once, to see that it can run:";
                    case CANCEL -> "Cancel the attendance";
                    case COUNT_AGAIN -> "Take “Skip Auto Attendance” off the check-in";
                    case PROCESS -> "Run auto attendance of";
                },
                switch (step.kind()) {
                    case CANCEL -> site.attendance(step.subject());
                    case COUNT_AGAIN -> site.checkin(step.subject());
                    case REHEARSE, PROCESS -> site.shiftType(step.subject());
                },
                times.momentOrNull(step.begunAt()),
                times.momentOrNull(step.doneAt()));
    }

    private static String means(State state) {
        return switch (state) {
            case FOUND -> "The attendance was made before these punches came. Nothing was changed.";
            case WOULD_REPAIR -> "It can be repaired; the steps are below. Nothing was changed.";
            case REPAIRING -> "It is being repaired. The attendance may be cancelled and not made anew yet.";
            case REPAIRED -> "An attendance stands that was made with these punches.";
            case CANNOT -> "Punchbridge may not repair it; a person can.";
            case NOT_NEEDED -> "These punches change nothing, or aren't there any more.";
        };
    }
}
