package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Judging and repairing don't keep each other from their work. */
class LateHalvesTest {
    private static final FrappeFailure AWAY = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);

    private final List<String> ran = new ArrayList<>();

    private Optional<FrappeFailure> ran(String half) {
        ran.add(half);
        return Optional.empty();
    }

    @Test
    void repairs_run_though_judging_breaks() {
        // Given
        LateHalves halves = new LateHalves(() -> ran("repair"), () -> {
            throw new IllegalStateException("broken");
        });

        // When
        halves.run();

        // Then
        assertThat(ran).containsExactly("repair");
    }

    @Test
    void judging_runs_though_repairs_fail_and_the_failure_is_told() {
        // Given
        LateHalves halves = new LateHalves(() -> Optional.of(AWAY), () -> ran("judge"));

        // When
        Optional<FrappeFailure> failure = halves.run();

        // Then
        assertThat(failure).contains(AWAY);
        assertThat(ran).containsExactly("judge");
    }
}
