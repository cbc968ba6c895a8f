package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.console.punches.PunchStory.Step;
import io.punchbridge.inbox.DeliveryAttempt;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a story words what deliveries came to. */
@QuarkusTest
@TestProfile(People.Profile.class)
class StoryEventsTest {
    @Inject
    PageWorld world;

    @Inject
    StoryEvents events;

    @Inject
    Clock clock;

    private Step told(DeliveryAttempt attempt) {
        StoredPunch stored = stored(world.punch("7"), null, PunchState.PENDING, null);
        return events.of(new Story(stored, null, null, false, null, List.of(), List.of(attempt)))
                .get(0);
    }

    /** How it stands, where nothing was ever tried. */
    private Step toldIgnored(Punch punch, @Nullable String content, String reason) {
        StoredPunch stored = stored(punch, content, PunchState.IGNORED, reason);
        return events.of(new Story(stored, null, null, false, null, List.of(), List.of()))
                .get(0);
    }

    private StoredPunch stored(Punch punch, @Nullable String content, PunchState state, @Nullable String reason) {
        return new StoredPunch(
                punch.key(),
                punch.device(),
                punch.user(),
                punch.at(),
                punch.type(),
                punch.sentType(),
                punch.details(),
                content,
                Source.CALLBACK,
                clock.instant(),
                state,
                reason,
                null,
                null,
                null);
    }

    @Test
    void a_replay_is_said_to_take_back_a_dismissal_that_it_takes_back_and_no_other() {
        // Given
        Punch work = world.punch("7");
        Punch meal = Punch.of(work.device(), new UserId("7"), work.at(), "MealIn", work.details());

        // When
        Step dismissed = toldIgnored(work, null, "Dismissed by a person: a visitor");
        Step unreadable = toldIgnored(work, "{}", "Dismissed by a person: no punch");
        Step leftOut = toldIgnored(meal, null, "Meal punches are left out (punchbridge.check-in.meals).");
        Step dismissedMeal = toldIgnored(meal, null, "Dismissed by a person: a visitor");

        // Then
        assertThat(dismissed.words()).contains("It becomes no check-in. A replay takes that back.");
        assertThat(unreadable.words()).anyMatch(words -> words.contains("no replay takes that back"));
        assertThat(List.of(leftOut, dismissedMeal))
                .allSatisfy(step -> assertThat(step.words())
                        .anyMatch(words -> words.contains("ignored again")
                                && words.contains("as long as punchbridge.check-in.meals is ignore")));
    }

    @Test
    void what_stands_in_frappe_already_is_no_refusal() {
        // Given
        DeliveryAttempt attempt = new DeliveryAttempt(
                1,
                clock.instant(),
                Duration.ofMillis(40),
                Outcome.ALREADY_THERE,
                417,
                "This employee already has a log with the same timestamp.",
                1,
                null);

        // When
        Step step = told(attempt);

        // Then
        assertThat(step.tone()).isEmpty();
        assertThat(step.words())
                .startsWith(
                        "Frappe has this check-in already, and so made no second one. It was looked up at once; what"
                                + " follows says what was found.")
                .contains("What was said: This employee already has a log with the same timestamp.")
                .doesNotContain("Frappe refused it.");
    }

    @Test
    void where_nobody_was_asked_nobody_said_anything() {
        // Given
        String ours = "Punchbridge itself failed in the middle of this delivery.";
        DeliveryAttempt attempt = new DeliveryAttempt(1, clock.instant(), null, Outcome.UNKNOWN, 0, ours, 0, null);

        // When
        Step step = told(attempt);

        // Then
        assertThat(step.tone()).isEqualTo("warn");
        assertThat(step.words())
                .containsExactly("Nobody knows what came of it, so it is looked up before it is sent again.", ours);
    }
}
