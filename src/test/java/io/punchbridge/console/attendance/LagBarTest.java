package io.punchbridge.console.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The line on which a Shift Type's watermark is drawn. */
class LagBarTest {
    private static final Instant NOW = Instant.parse("2026-02-02T20:00:00Z");

    @Test
    void a_short_lag_is_drawn_on_a_day() {
        // When
        LagBar bar = LagBar.of(NOW.minus(Duration.ofHours(12)), NOW.minus(Duration.ofHours(6)), NOW);

        // Then
        assertThat(bar).isEqualTo(new LagBar(NOW.minus(Duration.ofDays(1)), "500.0", "750.0"));
    }

    @Test
    void a_long_lag_makes_the_line_longer() {
        // When
        LagBar bar = LagBar.of(NOW.minus(Duration.ofDays(8)), NOW, NOW);

        // Then
        assertThat(bar).isEqualTo(new LagBar(NOW.minus(Duration.ofDays(10)), "200.0", "1000.0"));
    }

    @Test
    void what_lies_beyond_the_line_ends_at_its_edge() {
        // When
        LagBar bar = LagBar.of(NOW.minus(Duration.ofDays(400)), NOW.plus(Duration.ofDays(2)), NOW);

        // Then
        assertThat(bar).isEqualTo(new LagBar(NOW.minus(Duration.ofDays(30)), "0.0", "1000.0"));
    }

    @Test
    void without_any_value_the_line_is_empty() {
        // When
        LagBar bar = LagBar.of(null, null, NOW);

        // Then
        assertThat(bar).isEqualTo(new LagBar(NOW.minus(Duration.ofDays(1)), "0.0", "0.0"));
    }
}
