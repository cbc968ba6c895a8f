package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.Gateway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void a_long_range_is_cut_into_windows_that_the_gateway_takes() {
        // When
        List<Window> windows = Window.cut(NOON, NOON.plus(Duration.ofDays(70)));

        // Then
        assertThat(windows)
                .containsExactly(
                        new Window(NOON, NOON.plus(Duration.ofDays(29))),
                        new Window(NOON.plus(Duration.ofDays(29)), NOON.plus(Duration.ofDays(58))),
                        new Window(NOON.plus(Duration.ofDays(58)), NOON.plus(Duration.ofDays(70))));
    }

    @Test
    void a_month_in_which_clocks_are_put_forward_is_no_longer_on_the_wall_than_the_gateway_takes() {
        // Given
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant march = LocalDate.of(2026, 3, 1).atStartOfDay(berlin).toInstant();

        // When
        List<Window> windows = Window.cut(march, march.plus(Duration.ofDays(60)));

        // Then
        assertThat(windows)
                .allSatisfy(window -> assertThat(Duration.between(
                                LocalDateTime.ofInstant(window.from(), berlin),
                                LocalDateTime.ofInstant(window.until(), berlin)))
                        .isLessThanOrEqualTo(Gateway.LONGEST_WINDOW));
    }

    @Test
    void twenty_nine_days_are_one_window() {
        // When
        List<Window> windows = Window.cut(NOON, NOON.plus(Duration.ofDays(29)));

        // Then
        assertThat(windows).hasSize(1);
    }

    @Test
    void halves_meet_at_a_whole_second() {
        // When
        List<Window> halves = new Window(NOON, NOON.plusSeconds(61)).halves();

        // Then
        assertThat(halves)
                .containsExactly(
                        new Window(NOON, NOON.plusSeconds(30)), new Window(NOON.plusSeconds(30), NOON.plusSeconds(61)));
    }

    @Test
    void a_few_seconds_are_not_halved() {
        // When
        Window window = new Window(NOON, NOON.plusSeconds(19));

        // Then
        assertThat(window.canBeHalved()).isFalse();
    }
}
