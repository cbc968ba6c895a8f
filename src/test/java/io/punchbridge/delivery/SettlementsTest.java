package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.Attempted;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every claimed punch gets one settlement, and none that forgets a doubt. */
class SettlementsTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void a_punch_that_nothing_was_decided_on_counts_as_sent() {
        // Given
        WaitingPunch punch = punch(null);
        Settlements settlements = new Settlements(List.of(punch));

        // When
        List<Settlement> all = settlements.all(NOON);

        // Then
        assertThat(all).containsExactly(Settlement.inDoubt(punch.punch().key(), NOON, null));
    }

    @Test
    void a_punch_in_doubt_that_was_not_touched_stays_in_doubt() {
        // Given
        Instant since = NOON.minusSeconds(10);
        WaitingPunch punch = punch(since);
        Settlements settlements = new Settlements(List.of(punch));

        // When
        settlements.untouched(punch);

        // Then
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.inDoubt(punch.punch().key(), since, null));
    }

    @Test
    void a_second_settlement_of_one_punch_is_a_bug_and_told_as_such() {
        // Given
        WaitingPunch punch = punch(null);
        Settlements settlements = new Settlements(List.of(punch));
        settlements.keep(punch, PunchState.HELD, "nobody has this id");

        // When
        ThrowingCallable secondSettlement = () -> settlements.untouched(punch);

        // Then
        assertThatThrownBy(secondSettlement)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("settled twice");
    }

    @Test
    void what_nothing_was_decided_on_is_recorded_as_unknown() {
        // Given
        WaitingPunch undecided = punch(null);
        Settlements settlements = new Settlements(List.of(undecided));

        // When
        List<Attempted> attempts = settlements.attempts(NOON);

        // Then
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.punch()).isEqualTo(undecided.punch().key());
            assertThat(attempt.at()).isEqualTo(NOON);
            assertThat(attempt.outcome()).isEqualTo(Outcome.UNKNOWN);
        });
    }

    @Test
    void what_was_not_touched_was_not_attempted() {
        // Given
        WaitingPunch untouched = punch(null);
        Settlements settlements = new Settlements(List.of(untouched));

        // When
        settlements.untouched(untouched);

        // Then
        assertThat(settlements.attempts(NOON)).isEmpty();
    }

    private static WaitingPunch punch(@Nullable Instant inDoubtSince) {
        return new WaitingPunch(
                Punch.of(new SerialNumber("SN"), new UserId("1"), NOON, "CheckIn", PunchDetails.NONE),
                Source.CALLBACK,
                NOON,
                inDoubtSince,
                null);
    }
}
