package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long Frappe is left in peace. */
class GateTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            200,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(125),
            Duration.ofMinutes(1),
            Duration.ofSeconds(59));
    /** {@code nextDouble} of it is a half: neither longer nor shorter. */
    private static final RandomGenerator MIDDLE = () -> 1L << 63;

    private final Gate gate = gate(MIDDLE);

    @Test
    void it_stays_closed_for_as_long_as_frappe_asks() {
        // When
        gate.away(failure(Duration.ofSeconds(90)));

        // Then
        assertThat(gate.state().closedUntil(NOON.plusMillis(89_999))).hasValue(NOON.plusSeconds(90));
        assertThat(gate.state().closedUntil(NOON.plusSeconds(90))).isEmpty();
    }

    @Test
    void but_for_no_longer_than_a_quarter_of_an_hour() {
        // When
        gate.away(failure(Duration.ofDays(1)));

        // Then
        assertThat(gate.state().closedUntil(NOON)).hasValue(NOON.plus(Duration.ofMinutes(15)));
    }

    @Test
    void each_failure_in_a_row_doubles_the_wait_up_to_its_limit() {
        // Given
        List<Long> waits = new ArrayList<>();

        // When
        for (int i = 0; i < 8; i++) {
            gate.away(failure(null));
            waits.add(gate.state().closedFor().toSeconds());
        }

        // Then
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void what_a_person_must_mend_is_tried_again_ever_more_seldom() {
        // Given
        List<Long> waits = new ArrayList<>();

        // When
        for (int i = 0; i < 6; i++) {
            gate.setUpWrong("the token is wrong");
            waits.add(gate.state().closedFor().toMinutes());
        }

        // Then
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void a_right_echo_ends_the_growth() {
        // Given
        gate.away(failure(null));
        gate.away(failure(null));
        gate.proven();

        // When
        gate.away(failure(null));

        // Then
        assertThat(gate.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"0, 800", "-1, 1200"})
    void waits_are_spread_so_that_replicas_do_not_come_together(long randomBits, long millis) {
        // Given
        Gate spread = gate(() -> randomBits);

        // When
        spread.away(failure(null));

        // Then
        assertThat(spread.state().closedFor()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void after_a_failure_one_punch_goes_first_again() {
        // Given
        gate.proven();

        // When
        gate.away(failure(null));

        // Then
        assertThat(gate.needsCanary()).isTrue();
    }

    @Test
    void a_clock_that_was_set_back_opens_it() {
        // When
        gate.away(failure(Duration.ofSeconds(90)));

        // Then
        assertThat(gate.state().closedUntil(NOON.minusMillis(1))).isEmpty();
    }

    private static Gate gate(RandomGenerator random) {
        return new Gate(SETTINGS, Clock.fixed(NOON, ZoneOffset.UTC), random);
    }

    private static FrappeFailure failure(@Nullable Duration retryAfter) {
        return new FrappeFailure(Kind.RETRY_LATER, 429, null, "Too many requests", null, retryAfter);
    }
}
