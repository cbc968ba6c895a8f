package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Run.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times are days before nine o'clock. */
class VerifiedTest {
    private static final Verified BEFORE = new Verified(ago(20), ago(10), "earlier", ago(9));

    private static Instant ago(int days) {
        return NINE.minus(Duration.ofDays(days));
    }

    private static Run run(Trigger trigger, Instant from) {
        return new Run(
                "run",
                DEVICE,
                trigger,
                from,
                NINE,
                State.RUNNING,
                from,
                from,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                NINE,
                NINE,
                null,
                null);
    }

    private static @Nullable Verified after(@Nullable Verified before, Trigger trigger, Instant from, Instant proven) {
        return Verified.afterWindow(before, run(trigger, from), proven, NINE);
    }

    @Test
    void the_first_scheduled_run_sets_it() {
        // When
        Verified verified = after(null, Trigger.SCHEDULE, ago(30), ago(5));

        // Then
        assertThat(verified).isEqualTo(new Verified(ago(30), ago(5), "run", NINE));
    }

    @Test
    void a_person_s_run_does_not_set_it_first() {
        // When
        Verified verified = after(null, Trigger.PERSON, ago(30), ago(5));

        // Then
        assertThat(verified).isNull();
    }

    @Test
    void a_run_that_begins_within_or_at_its_end_moves_it_on() {
        // When
        Verified verified = after(BEFORE, Trigger.PERSON, ago(10), ago(5));

        // Then
        assertThat(verified).isEqualTo(new Verified(ago(20), ago(5), "run", NINE));
    }

    @Test
    void a_run_that_leaves_a_hole_does_not() {
        // When
        Verified verified = after(BEFORE, Trigger.SCHEDULE, ago(10).plusSeconds(1), ago(5));

        // Then
        assertThat(verified).isEqualTo(BEFORE);
    }

    @Test
    void it_never_goes_back() {
        // When
        Verified verified = after(BEFORE, Trigger.SCHEDULE, ago(15), ago(12));

        // Then
        assertThat(verified).isEqualTo(BEFORE);
    }

    @Test
    void an_older_run_that_touches_its_beginning_widens_it() {
        // When
        Verified verified = after(BEFORE, Trigger.PERSON, ago(40), ago(20));

        // Then
        assertThat(verified).isEqualTo(new Verified(ago(40), ago(10), "earlier", ago(9)));
    }

    @Test
    void an_older_run_that_does_not_touch_it_leaves_it() {
        // When
        Verified verified = after(BEFORE, Trigger.PERSON, ago(40), ago(21));

        // Then
        assertThat(verified).isEqualTo(BEFORE);
    }

    @Test
    void nothing_ahead_of_the_clock_is_written() {
        // When
        Verified verified = after(BEFORE, Trigger.SCHEDULE, ago(15), NINE.plusSeconds(1));

        // Then
        assertThat(verified).isEqualTo(BEFORE);
    }

    @Test
    void a_window_of_which_nothing_has_settled_proves_nothing() {
        // When
        Verified verified = after(null, Trigger.SCHEDULE, ago(1), ago(1));

        // Then
        assertThat(verified).isNull();
    }
}
