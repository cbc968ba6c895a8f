package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
                        new Window(NOON, NOON.plus(Duration.ofDays(30))),
                        new Window(NOON.plus(Duration.ofDays(30)), NOON.plus(Duration.ofDays(60))),
                        new Window(NOON.plus(Duration.ofDays(60)), NOON.plus(Duration.ofDays(70))));
    }

    @Test
    void thirty_days_are_one_window() {
        // When
        List<Window> windows = Window.cut(NOON, NOON.plus(Duration.ofDays(30)));

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
