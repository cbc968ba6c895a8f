package io.punchbridge.console.punches;

import io.punchbridge.api.FilterReader;
import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Place;
import io.punchbridge.console.Times;
import io.punchbridge.console.punches.PunchStory.Link;
import io.punchbridge.console.punches.PunchStory.Step;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Actions.Action;
import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.inbox.Actions.Kind;
import io.punchbridge.inbox.DeliveryAttempt;
import io.punchbridge.inbox.FoundNear;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.inbox.StoredPunch;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to a punch since it is stored, and how it stands. */
@Singleton
class StoryEvents {
    private final Delivery delivery;
    private final SiteLinks links;
    private final Times times;

    StoryEvents(Delivery delivery, SiteLinks links, Times times) {
        this.delivery = delivery;
        this.links = links;
        this.times = times;
    }

    private record Timed(Instant at, Step step) {}

    List<Step> of(Story story) {
        List<Step> steps = new ArrayList<>();
        Stream.concat(
                        story.attempts().stream().map(attempt -> new Timed(attempt.at(), attempt(attempt))),
                        story.actions().stream()
                                .map(done -> new Timed(done.action().begunAt(), person(done))))
                .sorted(Comparator.comparing(Timed::at))
                .map(Timed::step)
                .forEach(steps::add);
        steps.add(now(story));
        return List.copyOf(steps);
    }

    private Step attempt(DeliveryAttempt attempt) {
        List<String> words = new ArrayList<>();
        words.add(outcome(attempt));
        Duration took = attempt.took();
        if (attempt.words() != null) {
            // Where nobody was asked, the words are ours.
            words.add((took == null ? "" : "What was said: ") + attempt.words());
        }
        if (attempt.status() != 0 || took != null) {
            words.add((attempt.status() == 0 ? "No HTTP status" : "HTTP status " + attempt.status())
                    + (took == null ? "." : ", after " + took.toMillis() + " ms.")
                    + (attempt.punches() > 1 ? " The request had " + attempt.punches() + " punches." : ""));
        }
        return new Step(
                tone(attempt.outcome()),
                "Delivery attempt " + attempt.number(),
                times.moment(attempt.at()),
                List.copyOf(words),
                List.of());
    }

    private static String tone(DeliveryAttempt.@Nullable Outcome outcome) {
        if (outcome == null) {
            return "warn";
        }
        return switch (outcome) {
            case DELIVERED, FOUND, FOUND_NEAR -> "ok";
            case ALREADY_THERE -> "";
            case AWAY, UNKNOWN, KEPT -> "warn";
            case REFUSED, SET_UP_WRONG, CAME_OUT_WRONG -> "bad";
        };
    }

    private static String outcome(DeliveryAttempt attempt) {
        DeliveryAttempt.Outcome outcome = attempt.outcome();
        if (outcome == null) {
            return "Another version of Punchbridge recorded: "
                    + attempt.outcomeWord().shown() + ".";
        }
        return switch (outcome) {
            case DELIVERED -> "Sent, and Frappe showed it as it was meant.";
            case FOUND -> "It stood in Frappe already, so nothing was sent.";
            case FOUND_NEAR -> "Another program's check-in stands near and counts as it; nothing was sent.";
            case REFUSED -> "Frappe refused it.";
            case ALREADY_THERE ->
                "Frappe has this check-in already, and so made no second one. It was looked up at once; what follows says what"
                        + " was found.";
            case AWAY -> "Frappe could not take it just then, and has kept nothing of it.";
            case SET_UP_WRONG -> "A setting, a right or the address is in the way, and a person must act.";
            case CAME_OUT_WRONG ->
                "Frappe kept something else than was sent. That is taken back, where the API user may.";
            case UNKNOWN -> "Nobody knows what came of it, so it is looked up before it is sent again.";
            case KEPT -> "Nothing was sent.";
        };
    }

    private Step person(Done done) {
        String who = done.action().request().who();
        String why = done.action().request().why();
        List<String> words = new ArrayList<>();
        words.add("It was " + FilterReader.word(done.stateBefore()) + " before"
                + (done.reasonBefore() == null ? "." : ": " + done.reasonBefore()));
        if (why != null) {
            words.add("Why: " + why);
        }
        return new Step(
                "",
                done(done.action()) + (who == null ? " by a person" : " by " + who),
                times.moment(done.action().begunAt()),
                List.copyOf(words),
                List.of());
    }

    private static String done(Action action) {
        Kind kind = action.kind();
        if (kind == null) {
            return "“" + action.kindWord().shown() + "”";
        }
        return kind == Kind.DISMISS ? "Dismissed" : "Replayed";
    }

    private Step now(Story story) {
        StoredPunch punch = story.punch();
        return switch (punch.state()) {
            case PENDING -> waits(story);
            case DELIVERED -> delivered(story);
            case HELD ->
                kept(
                        punch,
                        "warn",
                        "Held",
                        "Nothing is lost: it is sent by itself within a minute or so once ERPNext shows an employee with this device"
                                + " id who is Active, or who left on that day or later.",
                        new Link(Place.HELD.path(), "See who it could be"));
            case REJECTED ->
                kept(
                        punch,
                        "bad",
                        "Rejected by Frappe",
                        "Correct the cause in ERPNext, then replay it here; or dismiss it if it shall never be a check-in.",
                        null);
            case QUARANTINED -> kept(punch, "bad", "Quarantined", quarantined(punch), null);
            case IGNORED -> kept(punch, "", "Ignored", "It becomes no check-in. " + ignored(punch), null);
        };
    }

    private static String ignored(StoredPunch punch) {
        if (!isReadable(punch)) {
            return "What came can't be read as a punch, so no replay takes that back.";
        }
        if (isMeal(punch)) {
            return "A meal punch is ignored again when it is replayed, as long as punchbridge.check-in.meals is ignore.";
        }
        String reason = punch.reason();
        return reason != null && reason.startsWith(Actions.DISMISSED)
                ? "A replay takes that back."
                : "A replay has it judged anew.";
    }

    static boolean isReadable(StoredPunch punch) {
        return punch.content() == null && punch.at() != null && punch.user() != null;
    }

    static boolean isMeal(StoredPunch punch) {
        return punch.type() != null && punch.type().isMeal();
    }

    /** A replay alone helps none of them: what was wrong when it came stays wrong. */
    private static String quarantined(StoredPunch punch) {
        Instant at = punch.at();
        if (at == null || !isReadable(punch)) {
            return "What came can't be read as a punch, and no replay changes that. If somebody punched, enter the check-in in"
                    + " ERPNext by hand; then dismiss this.";
        }
        return at.isAfter(punch.receivedAt())
                ? "Correct the device's clock for what comes next; this time stays wrong, and a replay alone is quarantined again. If"
                        + " somebody punched, enter the check-in in ERPNext by hand with the right time; then dismiss this."
                : "If the time is right, set punchbridge.check-in.oldest to more days and restart Punchbridge: it is then sent by"
                        + " itself. A replay alone is quarantined again. If the time is wrong, correct the device's clock, enter the"
                        + " check-in in ERPNext by hand, and dismiss this.";
    }

    private Step kept(StoredPunch punch, String tone, String what, String advice, @Nullable Link link) {
        List<String> words = new ArrayList<>();
        if (punch.reason() != null) {
            words.add(punch.reason());
        }
        words.add(advice);
        Instant settled = punch.settledAt();
        return new Step(
                tone,
                what,
                settled == null ? null : times.moment(settled),
                List.copyOf(words),
                link == null ? List.of() : List.of(link));
    }

    private Step delivered(Story story) {
        StoredPunch punch = story.punch();
        String checkin = punch.checkin();
        FoundNear.Found near = story.foundNear();
        List<String> words = new ArrayList<>();
        if (checkin != null) {
            words.add("It is the check-in " + checkin
                    + (punch.employee() == null ? "." : " of " + punch.employee() + "."));
        }
        if (near != null) {
            long later = near.difference().secondsLater();
            words.add("Another program had made that check-in, " + Times.inWords(Duration.ofSeconds(Math.abs(later)))
                    + (later < 0 ? " earlier." : " later."));
        }
        Instant settled = punch.settledAt();
        return new Step(
                "ok",
                "In ERPNext",
                settled == null ? null : times.moment(settled),
                List.copyOf(words),
                checkin == null
                        ? List.of()
                        : List.of(new Link(links.checkin(checkin), "Open the check-in in ERPNext")));
    }

    private Step waits(Story story) {
        List<String> words = new ArrayList<>();
        DeliveryStatus status = delivery.status();
        if (status.paused() != null) {
            words.add("Delivery is paused since "
                    + times.moment(status.paused().since()).site() + ": "
                    + status.paused().why());
        } else if (status.reason() != null) {
            words.add("Frappe takes nothing at the moment: " + status.reason());
        }
        if (story.claimed()) {
            words.add("A delivery of it is under way, or was cut off lately.");
        }
        if (story.inDoubtSince() != null) {
            words.add("It was sent, or may have been, at "
                    + times.moment(story.inDoubtSince()).site()
                    + ", and no answer is known: it is looked up in Frappe before it is sent again.");
        }
        if (story.notBefore() != null) {
            words.add("It is due again at " + times.moment(story.notBefore()).site() + ".");
        }
        if (words.isEmpty()) {
            words.add("It is next in line, behind what came before it.");
        }
        return new Step("warn", "Waits for its delivery", null, List.copyOf(words), List.of());
    }
}
