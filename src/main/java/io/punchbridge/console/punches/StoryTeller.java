package io.punchbridge.console.punches;

import io.punchbridge.api.FilterReader;
import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.punches.PunchStory.Fact;
import io.punchbridge.console.punches.PunchStory.Link;
import io.punchbridge.console.punches.PunchStory.Step;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.PunchType;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the story of one punch: how it came, what it means, and, by {@link StoryEvents}, what became of it. */
@Singleton
class StoryTeller {
    private static final Set<PunchState> DISMISSABLE =
            EnumSet.of(PunchState.HELD, PunchState.REJECTED, PunchState.QUARANTINED);

    /** A callback takes seconds; what takes longer waited at the device or at the gateway. */
    private static final Duration AT_ONCE = Duration.ofMinutes(2);

    private final StoryEvents events;
    private final WhoIs whoIs;
    private final Directory directory;
    private final Devices devices;
    private final SiteLinks links;
    private final Times times;

    StoryTeller(StoryEvents events, WhoIs whoIs, Directory directory, Devices devices, SiteLinks links, Times times) {
        this.events = events;
        this.whoIs = whoIs;
        this.directory = directory;
        this.devices = devices;
        this.links = links;
        this.times = times;
    }

    PunchStory tell(Story story) {
        StoredPunch punch = story.punch();
        UserId user = punch.user();
        Employee employee = user == null ? null : directory.find(user).orElse(null);
        List<Step> steps = new ArrayList<>();
        steps.add(recorded(punch));
        steps.add(received(punch));
        steps.add(new Step(
                "",
                "Stored",
                times.moment(punch.receivedAt()),
                List.of(
                        punch.source() == Source.CALLBACK
                                ? "It was on disk here before the gateway was told so."
                                : "It was on disk here before the next page of the log was asked for."),
                List.of()));
        steps.addAll(meaning(punch, employee));
        steps.addAll(events.of(story));
        return new PunchStory(
                punch.key().value(),
                heading(punch),
                FilterReader.word(punch.state()),
                List.copyOf(steps),
                facts(punch),
                punch.content(),
                StoryEvents.isReadable(punch) && punch.state() != PunchState.PENDING,
                replayWords(punch) + forWhomInstead(punch, employee),
                DISMISSABLE.contains(punch.state()));
    }

    private static String replayWords(StoredPunch punch) {
        if (punch.state() == PunchState.IGNORED && StoryEvents.isMeal(punch)) {
            return "Has it judged anew. It is a meal punch, so it is ignored again as long as punchbridge.check-in.meals is"
                    + " ignore.";
        }
        return switch (punch.state()) {
            case QUARANTINED ->
                "Has it judged anew. Its time is compared with the clocks of when it came, so it is quarantined again unless"
                        + " punchbridge.check-in.future-tolerance or punchbridge.check-in.oldest was changed since.";
            case HELD ->
                "Looks again whose it is, which Punchbridge does by itself whenever employees change in ERPNext. As long as the"
                        + " reason holds, it is held again.";
            case PENDING, DELIVERED, REJECTED, IGNORED ->
                "Sends it again. What stands in Frappe already is looked up first, so it becomes no second check-in.";
        };
    }

    /** A replay translates anew, by who has the id now. */
    private String forWhomInstead(StoredPunch punch, @Nullable Employee holder) {
        if (holder == null || !whoIs.isFormerHolder(punch.user(), punch.employee())) {
            return "";
        }
        return " " + holder.employeeName() + " has the id now, so it would be sent for " + holder.employeeName()
                + " and not for " + whoIs.whose(punch.user(), punch.employee()) + ".";
    }

    private String heading(StoredPunch punch) {
        UserId user = punch.user();
        if (user == null) {
            return "Unreadable punch at " + devices.nameOf(punch.device());
        }
        String name = whoIs.whose(user, punch.employee());
        String who = name == null ? "User " + user.value() : name + " (user " + user.value() + ")";
        return who + " at " + devices.nameOf(punch.device());
    }

    private Step recorded(StoredPunch punch) {
        Instant at = punch.at();
        String type = PunchRows.type(punch);
        List<String> words = new ArrayList<>();
        words.add("Device " + devices.nameOf(punch.device()) + ", serial number "
                + punch.device().value() + "."
                + (type == null ? "" : " It calls the punch " + type + "."));
        if (at == null) {
            words.add("When, nobody can read in what came; it stands under the raw facts.");
        }
        return new Step(
                at == null ? "bad" : "ok",
                "Recorded by the device",
                at == null ? null : times.moment(at, punch.device()),
                words,
                List.of());
    }

    private Step received(StoredPunch punch) {
        PunchDetails details = punch.details();
        Instant at = punch.at();
        List<String> words = new ArrayList<>();
        if (details.gatewayTime() != null) {
            words.add("The gateway's own clock then: "
                    + times.moment(details.gatewayTime()).site() + ".");
        }
        boolean late = false;
        if (at != null) {
            Duration delay = Duration.between(at, punch.receivedAt());
            late = punch.source() == Source.CALLBACK && delay.compareTo(AT_ONCE) > 0;
            words.add(
                    delay.isNegative()
                            ? "That is " + Times.inWords(delay.negated())
                                    + " before the time that the device says: its clock is ahead."
                            : "That is " + Times.inWords(delay) + " after the device recorded it"
                                    + (late ? ": it waited at the device or at the gateway." : "."));
        }
        if (punch.source() == Source.LOAD_LOG) {
            words.add("No callback had brought it; it was found by reading the device's own log.");
        }
        return new Step(
                late ? "warn" : "ok",
                punch.source() == Source.CALLBACK ? "Received by callback" : "Received from the device's own log",
                times.moment(punch.receivedAt()),
                words,
                List.of());
    }

    /** As it would be sent now; what was sent is in the attempts, and in ERPNext. */
    private List<Step> meaning(StoredPunch punch, @Nullable Employee employee) {
        PunchType type = punch.type();
        Instant at = punch.at();
        if (employee == null || type == null || at == null) {
            return List.of();
        }
        LogType logType = devices.bySerialNumber(punch.device())
                .map(Device::direction)
                .orElse(Direction.AS_SENT)
                .logTypeOf(type);
        List<String> words = new ArrayList<>();
        String deliveredFor = punch.employee();
        boolean former = deliveredFor != null && !deliveredFor.equals(employee.name());
        if (former) {
            words.add("It was delivered for " + whoIs.whose(punch.user(), deliveredFor) + " (" + deliveredFor
                    + "), who had this device id then.");
        }
        words.add(employee.employeeName() + " (" + employee.name() + ", " + employee.status() + ") has this device id"
                + (former ? " now." : "."));
        words.add("Log type " + (logType == LogType.NONE ? "is left empty" : logType.name()) + ", at the time that the"
                + " site's clock showed.");
        return List.of(new Step(
                "ok",
                "Translated",
                times.moment(at, punch.device()),
                words,
                List.of(new Link(links.employee(employee.name()), "Open the employee in ERPNext"))));
    }

    private static List<Fact> facts(StoredPunch punch) {
        PunchDetails details = punch.details();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Key", punch.key().value()));
        add(facts, "Operation id", details.operationId());
        add(facts, "Input type", details.inputType());
        add(facts, "Type as sent", PunchRows.type(punch));
        add(facts, "Device's time as sent", details.logTime());
        Instant gatewayTime = details.gatewayTime();
        add(facts, "Gateway's time, in UTC", gatewayTime == null ? null : gatewayTime.toString());
        add(facts, "Fields that are unknown here", details.extra());
        return List.copyOf(facts);
    }

    private static void add(List<Fact> facts, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(new Fact(name, value));
        }
    }
}
