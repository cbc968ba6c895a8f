package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Instant FROM = NINE.minus(Duration.ofDays(10));

    private static Run run(State state, Instant provenUntil, Instant reached) {
        return new Run(
                "run",
                DEVICE,
                Trigger.PERSON,
                FROM,
                NINE,
                state,
                provenUntil,
                reached,
                1,
                0,
                1,
                50,
                50,
                0,
                0,
                0,
                NINE,
                NINE,
                null,
                null);
    }

    @Test
    void the_end_is_estimated_from_the_share_and_the_time_it_took() {
        // Given
        Run run = run(State.RUNNING, FROM, FROM.plus(Duration.ofDays(2)));

        // When
        Optional<Instant> end = run.estimatedEnd(NINE.plusSeconds(60));

        // Then
        assertThat(run.share()).isEqualTo(0.2);
        assertThat(end).contains(NINE.plusSeconds(300));
    }

    @Test
    void what_is_proven_counts_where_it_held_no_rows() {
        // When
        double share = run(State.RUNNING, FROM.plus(Duration.ofDays(5)), FROM).share();

        // Then
        assertThat(share).isEqualTo(0.5);
    }

    @Test
    void nothing_is_estimated_before_the_first_row() {
        // When
        Optional<Instant> end = run(State.RUNNING, FROM, FROM).estimatedEnd(NINE.plusSeconds(60));

        // Then
        assertThat(end).isEmpty();
    }

    @Test
    void nothing_is_estimated_of_a_run_that_ended() {
        // When
        Run run = run(State.DONE, NINE, NINE);

        // Then
        assertThat(run.share()).isEqualTo(1);
        assertThat(run.estimatedEnd(NINE.plusSeconds(60))).isEmpty();
    }

    @Test
    void a_clock_that_went_back_estimates_nothing() {
        // When
        Optional<Instant> end = run(State.RUNNING, FROM, FROM.plusSeconds(60)).estimatedEnd(NINE.minusSeconds(60));

        // Then
        assertThat(end).isEmpty();
    }
}
