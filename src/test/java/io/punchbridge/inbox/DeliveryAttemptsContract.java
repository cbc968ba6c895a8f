package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deliveries of a punch came to, on a real database. */
abstract class DeliveryAttemptsContract {
    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));
    private final Punch punch = punch("7", NINE);

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private PunchSearch search;

    /** Opens this test's database, which is empty at first; again after it was closed. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        search = new SqlPunchSearch(store, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void claimed(Punch... punches) {
        store.append(List.of(live(clock.instant(), punches)));
        store.claim(punches.length);
    }

    private Attempted away(Punch of) {
        return new Attempted(
                of.key(), clock.instant(), Duration.ofMillis(12), Outcome.AWAY, 503, "Session\u0000 Stopped", 4, null);
    }

    private Attempted delivered(Punch of) {
        return new Attempted(
                of.key(), clock.instant(), Duration.ofSeconds(2), Outcome.DELIVERED, 200, null, 1, "CKIN-1");
    }

    private static Settlement deliveredNow(Punch of) {
        return Settlement.delivered(of.key(), "HR-EMP-1", "CKIN-1");
    }

    private List<DeliveryAttempt> attempts(PunchKey of) {
        return search.story(of).orElseThrow().attempts();
    }

    private long rows() {
        return store.read(handle -> handle.createQuery("SELECT count(*) FROM delivery_attempt")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void attempts_are_recorded_with_what_they_settle_and_told_oldest_first() {
        // Given
        claimed(punch);
        Attempted first = away(punch);
        store.settle(List.of(Settlement.again(punch.key(), null)), List.of(first));
        clock.forward(Duration.ofMinutes(1));
        store.claim(1);
        Attempted second = delivered(punch);

        // When
        store.settle(List.of(deliveredNow(punch)), List.of(second));

        // Then
        assertThat(attempts(punch.key()))
                .containsExactly(
                        new DeliveryAttempt(
                                1,
                                first.at(),
                                first.took(),
                                Outcome.AWAY,
                                503,
                                Rows.text("Session\u0000 Stopped"),
                                4,
                                null),
                        new DeliveryAttempt(2, second.at(), second.took(), Outcome.DELIVERED, 200, null, 1, "CKIN-1"));
    }

    @Test
    void an_outcome_of_a_later_version_is_told_by_its_word() {
        // Given
        claimed(punch);
        store.settle(List.of(deliveredNow(punch)), List.of(delivered(punch)));
        store.write(handle -> handle.execute("UPDATE delivery_attempt SET outcome = 'TAKEN_BACK'"));

        // When
        List<DeliveryAttempt> attempts = attempts(punch.key());

        // Then
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isNull();
            assertThat(attempt.outcomeWord().shown()).isEqualTo("taken-back");
        });
    }

    @Test
    void several_attempts_of_one_round_keep_their_order() {
        // Given
        Punch other = punch("8", NINE);
        claimed(punch, other);
        Attempted lost =
                new Attempted(punch.key(), clock.instant(), null, Outcome.UNKNOWN, 0, "No answer came.", 1, null);

        // When
        store.settle(
                List.of(deliveredNow(other), deliveredNow(punch)), List.of(lost, delivered(other), delivered(punch)));

        // Then
        assertThat(attempts(punch.key()))
                .extracting(DeliveryAttempt::outcome)
                .containsExactly(Outcome.UNKNOWN, Outcome.DELIVERED);
        assertThat(attempts(other.key())).extracting(DeliveryAttempt::outcome).containsExactly(Outcome.DELIVERED);
    }

    @Test
    void a_settlement_that_fails_records_no_attempt_either() {
        // Given
        claimed(punch);
        Punch notClaimed = punch("8", NINE);

        // When
        assertThatThrownBy(() ->
                        store.settle(List.of(deliveredNow(punch), deliveredNow(notClaimed)), List.of(delivered(punch))))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(attempts(punch.key())).isEmpty();
    }

    @Test
    void attempts_that_can_not_be_recorded_settle_nothing() {
        // Given
        claimed(punch);
        store.write(handle -> handle.execute("ALTER TABLE delivery_attempt RENAME TO elsewhere"));

        // When
        assertThatThrownBy(() -> store.settle(List.of(deliveredNow(punch)), List.of(delivered(punch))))
                .isInstanceOf(StorageException.class);

        // Then
        store.write(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO delivery_attempt"));
        assertThat(store.find(punch.key()).orElseThrow().checkin()).isNull();
    }

    @Test
    void of_a_punch_that_is_tried_for_long_the_first_attempt_and_the_newest_twenty_are_kept() {
        // Given
        claimed(punch);

        // When
        for (int i = 1; i <= 30; i++) {
            store.settle(List.of(Settlement.again(punch.key(), null)), List.of(away(punch)));
            clock.forward(Duration.ofMinutes(1));
            store.claim(1);
        }

        // Then
        assertThat(attempts(punch.key()))
                .extracting(DeliveryAttempt::number)
                .containsExactlyElementsOf(LongStream.concat(LongStream.of(1), LongStream.rangeClosed(11, 30))
                        .boxed()
                        .toList());
        assertThat(rows()).isEqualTo(21);
    }

    @Test
    void a_claim_that_came_to_no_end_is_recorded_by_the_next() {
        // Given
        claimed(punch);
        var claimedAt = clock.instant();
        store.close();
        clock.forward(PunchStoreContract.LEASE.plusMinutes(1));
        openStore();

        // When
        store.claim(1);

        // Then
        assertThat(attempts(punch.key())).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(attempt.at()).isEqualTo(claimedAt);
            assertThat(attempt.took()).isNull();
            assertThat(attempt.words()).contains("Nobody told what came of it");
        });
    }

    @Test
    void attempts_go_with_their_punch() {
        // Given
        Punch young = punch("8", NINE.plusSeconds(7200));
        claimed(punch, young);
        store.settle(List.of(deliveredNow(punch), deliveredNow(young)), List.of(delivered(punch), delivered(young)));

        // When
        store.purgePunches(NINE.plusSeconds(7000), null, 500);

        // Then
        assertThat(rows()).isEqualTo(1);
        assertThat(attempts(young.key())).hasSize(1);
    }
}
