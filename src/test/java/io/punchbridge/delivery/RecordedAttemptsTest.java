package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.punchbridge.inbox.DeliveryAttempt;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.Fault;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The story of a punch tells what each delivery of it came to. */
@QuarkusTest
class RecordedAttemptsTest {
    private static final SerialNumber HEAD_OFFICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger MINUTES = new AtomicInteger();

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Inbox inbox;

    @Inject
    PunchSearch search;

    @Inject
    Delivery delivery;

    @Inject
    SteppableClock clock;

    @BeforeEach
    void everythingIsWell() {
        mend();
        eventually(() ->
                assertThat(inbox.counts().getOrDefault(PunchState.PENDING, 0L)).isZero());
        Punch proof = punch("1");
        store(proof);
        awaitState(proof, PunchState.DELIVERED);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.PROVEN));
    }

    @AfterEach
    void mend() {
        frappe.faults().clear();
        frappe.acceptConnections();
        frappe.apiUser().mayCreate(true);
        clock.setRight();
        delivery.resume();
    }

    /** A minute of its own for each punch, so that no two tests meet. */
    private static Punch punch(String user) {
        Instant at = Instant.parse("2026-02-20T05:00:00Z").plus(Duration.ofMinutes(MINUTES.incrementAndGet()));
        return Punch.of(HEAD_OFFICE, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    private void store(Punch... punches) {
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punches), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }

    private void awaitState(Punch punch, PunchState state) {
        eventually(
                () -> assertThat(inbox.find(punch.key()).orElseThrow().state()).isEqualTo(state));
    }

    private List<DeliveryAttempt> attempts(Punch punch) {
        return search.story(punch.key()).orElseThrow().attempts();
    }

    private String checkin(Punch punch) {
        return String.valueOf(inbox.find(punch.key()).orElseThrow().checkin());
    }

    @Test
    void one_that_is_delivered_at_once_has_one_attempt_with_its_check_in() {
        // Given
        Punch punch = punch("3");
        Instant before = clock.instant().minusMillis(1);

        // When
        store(punch);

        // Then
        awaitState(punch, PunchState.DELIVERED);
        assertThat(attempts(punch)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(attempt.number()).isEqualTo(1);
            assertThat(attempt.at()).isBetween(before, clock.instant());
            assertThat(attempt.took()).isNotNull();
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.words()).isNull();
            assertThat(attempt.punches()).isEqualTo(1);
            assertThat(attempt.checkin()).isEqualTo(checkin(punch));
        });
    }

    @Test
    void those_of_a_batch_say_how_many_were_in_it() {
        // Given
        Punch[] punches = IntStream.rangeClosed(1, 20)
                .mapToObj(user -> punch(Integer.toString(user)))
                .toArray(Punch[]::new);

        // When
        store(punches);

        // Then
        assertThat(punches).allSatisfy(punch -> {
            awaitState(punch, PunchState.DELIVERED);
            assertThat(attempts(punch)).singleElement().satisfies(attempt -> {
                assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
                assertThat(attempt.punches()).isEqualTo(20);
                assertThat(attempt.checkin()).isEqualTo(checkin(punch));
            });
        });
    }

    @Test
    void one_that_is_refused_says_so_in_frappes_words() {
        // Given
        Punch punch = punch("4");
        frappe.faults().always(Fault.poison("HR-EMP-00004", "<b>This employee</b> is poisonous"));

        // When
        store(punch);

        // Then
        awaitState(punch, PunchState.REJECTED);
        assertThat(attempts(punch)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(attempt.status()).isEqualTo(417);
            assertThat(attempt.words())
                    .contains("This employee is poisonous")
                    .isEqualTo(inbox.find(punch.key()).orElseThrow().reason());
            assertThat(attempt.checkin()).isNull();
        });
    }

    @Test
    void of_a_refused_batch_each_has_the_attempt_in_which_its_own_outcome_showed() {
        // Given
        Punch bad = punch("4");
        Punch good = punch("5");
        frappe.faults().always(Fault.poison("HR-EMP-00004", "This employee is poisonous"));

        // When
        store(bad, good);

        // Then
        awaitState(bad, PunchState.REJECTED);
        awaitState(good, PunchState.DELIVERED);
        assertThat(attempts(bad)).extracting(DeliveryAttempt::outcome).containsExactly(Outcome.REFUSED);
        assertThat(attempts(good))
                .extracting(DeliveryAttempt::outcome, DeliveryAttempt::punches)
                .containsExactly(tuple(Outcome.DELIVERED, 1));
    }

    @Test
    void one_that_the_api_user_may_not_send_says_that_a_person_must_act() {
        // Given
        Punch punch = punch("6");
        frappe.apiUser().mayCreate(false);

        // When
        store(punch);

        // Then
        eventually(() -> assertThat(attempts(punch)).isNotEmpty());
        DeliveryAttempt attempt = attempts(punch).get(0);
        assertThat(attempt.outcome()).isEqualTo(Outcome.SET_UP_WRONG);
        assertThat(attempt.status()).isEqualTo(403);
        assertThat(attempt.words()).contains("Employee Checkin");
    }

    @Test
    void one_that_comes_while_frappe_is_away_shows_that_and_its_delivery_afterwards() {
        // Given
        Punch punch = punch("7");
        frappe.faults().next(1, "/api/resource/Employee", Fault.maintenance());

        // When
        store(punch);

        // Then
        awaitState(punch, PunchState.DELIVERED);
        assertThat(attempts(punch))
                .extracting(DeliveryAttempt::outcome, DeliveryAttempt::status)
                .containsExactly(tuple(Outcome.AWAY, 503), tuple(Outcome.DELIVERED, 200));
    }

    @Test
    void one_whose_answer_never_came_is_unknown_until_a_look_up_finds_it() {
        // Given
        Punch punch = punch("8");
        frappe.faults().next(1, "/api/resource/Employee", Fault.commitThenSilence());

        // When
        store(punch);

        // Then
        awaitState(punch, PunchState.DELIVERED);
        List<DeliveryAttempt> attempts = attempts(punch);
        assertThat(attempts)
                .extracting(DeliveryAttempt::outcome, DeliveryAttempt::status)
                .containsExactly(tuple(Outcome.UNKNOWN, 0), tuple(Outcome.FOUND, 200));
        assertThat(attempts.get(0).words()).isNotBlank();
        assertThat(attempts.get(1).checkin()).isEqualTo(checkin(punch));
    }

    @Test
    void one_that_is_held_says_why_and_that_nothing_was_sent() {
        // Given
        Punch punch = punch("0991");

        // When
        store(punch);

        // Then
        awaitState(punch, PunchState.HELD);
        assertThat(attempts(punch)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.KEPT);
            assertThat(attempt.words())
                    .isEqualTo(inbox.find(punch.key()).orElseThrow().reason());
            assertThat(attempt.punches()).isZero();
            assertThat(attempt.took()).isNull();
        });
    }
}
