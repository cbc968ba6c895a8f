package io.punchbridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.DeviceStates.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device whose clock is wrong, one that delivers late, and both at once. */
class ClockDriftTest {
    private static final Duration ON_TIME = Duration.ofSeconds(1);
    private static final Duration RIGHT = Duration.ZERO;

    private final ClockDrift estimator = new ClockDrift();
    private Instant now = Instant.parse("2026-11-24T06:00:00Z");

    /** One punch now, which the gateway sends after a delay. */
    private void punch(Duration clockBehind, Duration delay) {
        estimator.observe(now.plus(delay), now.minus(clockBehind), now.plus(delay));
    }

    private void punches(int count, Duration every, Duration clockBehind) {
        for (int i = 0; i < count; i++) {
            now = now.plus(every);
            punch(clockBehind, ON_TIME);
        }
    }

    /** Punches of a time without network, delivered one a second when it is back. */
    private void offline(Duration duration, int punches, Duration clockBehind, Random random) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < punches; i++) {
            times.add(Duration.ofSeconds(random.nextLong(duration.toSeconds())));
        }
        times.sort(Comparator.naturalOrder());
        Instant began = now;
        now = now.plus(duration);
        for (Duration time : times) {
            now = now.plusSeconds(1);
            estimator.observe(now, began.plus(time).minus(clockBehind), now);
        }
    }

    private @Nullable Duration behind() {
        Drift drift = estimator.drift();
        return drift == null ? null : drift.behind();
    }

    @Test
    void nothing_is_known_before_the_first_punch() {
        // When
        Drift drift = estimator.drift();

        // Then
        assertThat(drift).isNull();
    }

    @Test
    void a_right_clock_is_known_by_its_first_punch() {
        // When
        punch(RIGHT, ON_TIME);

        // Then
        assertThat(behind()).isEqualTo(ON_TIME);
    }

    @Test
    void a_clock_that_is_ahead_is_known_by_one_punch() {
        // Given
        punches(5, Duration.ofMinutes(1), RIGHT);

        // When
        punch(Duration.ofHours(-1), ON_TIME);

        // Then
        assertThat(behind()).isEqualTo(Duration.ofHours(-1).plus(ON_TIME));
    }

    @Test
    void one_punch_far_behind_proves_nothing() {
        // When
        punch(Duration.ofHours(1), ON_TIME);

        // Then
        assertThat(behind()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3600, 40_000})
    void a_clock_that_is_behind_is_known_by_three_punches(int secondsApart) {
        // When
        punches(3, Duration.ofSeconds(secondsApart), Duration.ofHours(1));

        // Then
        assertThat(behind()).isEqualTo(Duration.ofHours(1).plus(ON_TIME));
    }

    @Test
    void a_clock_that_a_power_cut_reset_to_2000_is_noticed_and_so_is_its_correction() {
        // Given
        punches(20, Duration.ofMinutes(10), RIGHT);
        Duration since2000 = Duration.between(Instant.parse("2000-01-01T00:00:00Z"), now);
        punches(3, Duration.ofMinutes(6), since2000);
        Duration reset = behind();

        // When
        punches(1, Duration.ofMinutes(6), RIGHT);

        // Then
        assertThat(reset).isEqualTo(since2000.plus(ON_TIME));
        assertThat(behind()).isEqualTo(ON_TIME);
    }

    @Test
    void a_clock_that_was_ahead_and_is_corrected_is_noticed_within_three_punches() {
        // Given
        punches(20, Duration.ofMinutes(10), Duration.ofMinutes(-30));

        // When
        punches(3, Duration.ofMinutes(6), RIGHT);

        // Then
        assertThat(behind()).isEqualTo(ON_TIME);
    }

    @Test
    void a_queue_at_the_door_that_is_delivered_late_moves_nothing() {
        // Given
        punches(20, Duration.ofMinutes(10), RIGHT);
        Instant shiftBegins = now.plus(Duration.ofMinutes(10));

        // When
        now = shiftBegins.plus(Duration.ofMinutes(30));
        for (int i = 0; i < 100; i++) {
            now = now.plusMillis(900);
            estimator.observe(now, shiftBegins.plusSeconds(i), now);
        }

        // Then
        assertThat(behind()).isEqualTo(ON_TIME);
    }

    @Test
    void a_queue_that_grows_slowly_does_not_carry_the_estimate_along() {
        // Given
        punches(20, Duration.ofMinutes(10), RIGHT);

        // When
        for (int i = 0; i < 1800; i++) {
            now = now.plusSeconds(4);
            punch(RIGHT, Duration.ofMillis(500L * i));
        }

        // Then
        assertThat(behind()).isLessThanOrEqualTo(ON_TIME);
    }

    @Test
    void a_clock_that_loses_seconds_each_day_is_followed() {
        // Given
        punches(1, Duration.ofMinutes(10), RIGHT);

        // When
        for (int day = 1; day <= 60; day++) {
            punches(4, Duration.ofHours(6), Duration.ofSeconds(3L * day));
        }

        // Then
        assertThat(behind()).isBetween(Duration.ofSeconds(170), Duration.ofSeconds(181));
    }

    @Test
    void an_estimate_that_no_punch_meets_for_a_day_is_given_up() {
        // Given
        punch(Duration.ofHours(-2), ON_TIME);
        Random random = new Random(1);

        // When
        for (int hour = 0; hour < 26; hour++) {
            now = now.plus(Duration.ofHours(1));
            punch(RIGHT, Duration.ofSeconds(60L * (1 + hour % 3) + random.nextInt(5)));
        }

        // Then
        assertThat(estimator.drift()).isNotNull();
        assertThat(behind()).isNull();
    }

    @Test
    void a_device_that_is_polled_each_hour_and_delivers_each_punch_by_another_while_is_no_clock_that_is_wrong() {
        // Given
        Random random = new Random(7);

        // When
        for (int poll = 0; poll < 24 * 60; poll++) {
            offline(Duration.ofHours(1), 1 + random.nextInt(10), RIGHT, random);
            // Then
            Duration behind = behind();
            assertThat(behind == null ? Duration.ZERO : behind).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void a_punch_that_the_gateway_sent_long_before_the_last_one_says_nothing() {
        // Given
        punches(20, Duration.ofMinutes(10), RIGHT);
        Instant before = now.minus(Duration.ofHours(1));

        // When
        estimator.observe(before, before.plus(Duration.ofMinutes(20)), now);

        // Then
        assertThat(behind()).isEqualTo(ON_TIME);
    }

    @Test
    void a_gateways_time_of_next_year_is_not_believed() {
        // Given
        punch(RIGHT, ON_TIME);
        Instant nextYear = now.plus(Duration.ofDays(365));

        // When
        estimator.observe(nextYear, nextYear.plus(Duration.ofDays(1)), now);
        punches(1, Duration.ofMinutes(1), Duration.ofMinutes(-10));

        // Then
        assertThat(behind()).isEqualTo(Duration.ofMinutes(-10).plus(ON_TIME));
    }

    @Test
    void what_another_replica_knows_later_is_taken_over_and_what_it_knew_before_is_not() {
        // Given
        punch(RIGHT, ON_TIME);
        estimator.adopt(new Drift(now.plusSeconds(60), Duration.ofMinutes(5)));

        // When
        estimator.adopt(new Drift(now, Duration.ofMinutes(9)));

        // Then
        assertThat(behind()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatever_a_device_goes_through_three_punches_in_time_tell_its_clock_and_no_late_batch_does(long seed) {
        // Given
        Random random = new Random(seed);
        Duration error = RIGHT;
        punches(1, Duration.ofMinutes(1), error);

        for (int turn = 0; turn < 60; turn++) {
            // When
            offline(Duration.ofMinutes(30 + random.nextInt(5 * 24 * 60)), random.nextInt(300), error, random);

            // Then
            assertThat(behind())
                    .as("after the batch of turn %d", turn)
                    .isBetween(error.minusSeconds(30), error.plusSeconds(39));

            // When
            if (random.nextInt(3) == 0) {
                error = Duration.ofSeconds(60L * (random.nextInt(4 * 1440) - 2 * 1440));
            }
            for (int i = 0; i < 3; i++) {
                now = now.plus(Duration.ofSeconds(320 + random.nextInt(7200)));
                punch(error, Duration.ofMillis(random.nextInt(8000)));
            }

            // Then
            assertThat(behind())
                    .as("after three punches in time in turn %d", turn)
                    .isBetween(error.minusSeconds(30), error.plusSeconds(39));
        }
    }
}
