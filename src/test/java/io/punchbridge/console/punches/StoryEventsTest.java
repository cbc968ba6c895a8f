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
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
        Punch punch = world.punch("7");
        StoredPunch stored = new StoredPunch(
                punch.key(),
                punch.device(),
                punch.user(),
                punch.at(),
                punch.type(),
                punch.sentType(),
                punch.details(),
                null,
                Source.CALLBACK,
                clock.instant(),
                PunchState.PENDING,
                null,
                null,
                null,
                null);
        return events.of(new Story(stored, null, null, false, null, List.of(), List.of(attempt)))
                .get(0);
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
