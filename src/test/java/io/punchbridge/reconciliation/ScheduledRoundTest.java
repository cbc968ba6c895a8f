package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.GATE;
import static io.punchbridge.reconciliation.Bench.LOOK_BACK;
import static io.punchbridge.reconciliation.Bench.MILL;
import static io.punchbridge.reconciliation.Bench.NOON;
import static io.punchbridge.reconciliation.Bench.OFFICE;
import static io.punchbridge.reconciliation.Bench.OVERLAP;
import static io.punchbridge.reconciliation.Bench.SETTLING;
import static io.punchbridge.reconciliation.FakeGateway.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.StatusCode;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Verified;
import io.quarkus.runtime.ShutdownEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledRoundTest {
    private static final Duration SILENCE = Duration.ofHours(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_later_run_begins_an_overlap_before_the_verified_until() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(Duration.ofHours(1));

        // When
        bench.reconciler.round();

        // Then
        Run run = bench.lastRun(OFFICE);
        assertThat(run.trigger()).isEqualTo(Run.Trigger.SCHEDULE);
        assertThat(run.from()).isEqualTo(NOON.minus(SETTLING).minus(OVERLAP));
        assertThat(run.until()).isEqualTo(NOON.plus(Duration.ofHours(1)).minus(SETTLING));
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(run.until());
    }

    @Test
    void the_device_that_is_verified_least_goes_first() {
        // Given
        bench.history().assume(OFFICE.serialNumber(), NOON.minus(Duration.ofHours(2)));
        bench.history().assume(GATE.serialNumber(), NOON.minus(Duration.ofHours(3)));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.gateway.requests)
                .extracting(request -> request.device().name())
                .containsExactly("gate", "office");
    }

    @Test
    void devices_that_can_t_be_asked_are_not_asked() {
        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.gateway.pagesOf(MILL.serialNumber())).isZero();
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isEqualTo(1);
    }

    @Test
    void a_device_whose_trouble_only_a_person_can_end_is_left_alone_for_an_hour() {
        // Given
        bench.gateway.failsOnceWith(says(StatusCode.INVALID_AUTH_TOKEN));
        bench.reconciler.round();
        bench.clock.forward(Duration.ofMinutes(59));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isEqualTo(1);
        assertThat(bench.gateway.pagesOf(GATE.serialNumber())).isEqualTo(2);
        assertThat(bench.lastRun(OFFICE).reason()).isEqualTo(StatusCode.INVALID_AUTH_TOKEN.words());
    }

    @Test
    void a_device_that_failed_last_time_holds_up_no_other() {
        // Given
        bench.history().assume(OFFICE.serialNumber(), NOON.minus(Duration.ofHours(3)));
        bench.history().assume(GATE.serialNumber(), NOON.minus(Duration.ofHours(2)));
        for (int i = 0; i < DeviceWalk.TRIES; i++) {
            bench.gateway.failsOnceWith(says(StatusCode.OFFLINE_OR_NO_SUBSCRIPTION));
        }
        bench.reconciler.round();
        bench.gateway.requests.clear();
        bench.clock.forward(Duration.ofHours(1));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.gateway.requests)
                .extracting(request -> request.device().name())
                .containsExactly("gate", "office");
    }

    @Test
    void there_is_one_round_a_period_however_many_processes_ask_for_it() {
        // Given
        bench.reconciler.roundIfDue();
        int asked = bench.gateway.requests.size();
        bench.clock.forward(Duration.ofMinutes(59));

        // When
        bench.another().roundIfDue();

        // Then
        assertThat(asked).isPositive();
        assertThat(bench.gateway.requests).hasSize(asked);
        bench.clock.forward(Duration.ofMinutes(1));
        bench.another().roundIfDue();
        assertThat(bench.gateway.requests).hasSizeGreaterThan(asked);
    }

    @Test
    void a_round_that_a_stop_cuts_off_is_due_again_at_once() {
        // Given
        bench.gateway.beforeAnswer(this::stop);
        bench.reconciler.roundIfDue();
        bench.gateway.beforeAnswer(() -> {});
        bench.restart();

        // When
        bench.reconciler.roundIfDue();

        // Then
        assertThat(bench.gateway.requests)
                .extracting(request -> request.device().name())
                .containsExactly("office", "gate", "office");
    }

    private void stop() {
        try {
            bench.reconciler.stop(new ShutdownEvent());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void and_is_asked_again_after_it() {
        // Given
        bench.gateway.failsOnceWith(says(StatusCode.INVALID_AUTH_TOKEN));
        bench.reconciler.round();
        bench.clock.forward(Duration.ofMinutes(60));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.lastRun(OFFICE).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_clock_that_went_back_leaves_no_device_alone_for_ever() {
        // Given
        bench.clock.forward(Duration.ofDays(300));
        bench.gateway.failsOnceWith(says(StatusCode.INVALID_AUTH_TOKEN));
        bench.reconciler.round();
        bench.clock.back(Duration.ofDays(300));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.lastRun(GATE)).isNotNull();
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isEqualTo(2);
    }

    @Test
    void a_verified_until_ahead_of_the_clock_is_forgotten_and_proven_anew() {
        // Given
        bench.clock.forward(Duration.ofDays(3));
        bench.reconciler.round();
        bench.clock.back(Duration.ofDays(3));

        // When
        bench.reconciler.round();

        // Then
        Run run = bench.lastRun(GATE);
        assertThat(bench.history().verified(GATE.serialNumber())).hasValueSatisfying(verified -> {
            assertThat(verified.since()).isEqualTo(NOON.minus(LOOK_BACK));
            assertThat(verified.until()).isEqualTo(NOON.minus(SETTLING));
        });
        assertThat(run.state()).isIn(State.DONE);
    }

    @Test
    void a_run_of_a_person_is_not_overlapped() {
        // Given
        bench.history()
                .begin(new io.punchbridge.inbox.History.Plan(
                        OFFICE.serialNumber(), Run.Trigger.PERSON, NOON.minusSeconds(60), NOON, 1));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isZero();
        assertThat(bench.gateway.pagesOf(GATE.serialNumber())).isEqualTo(1);
    }

    @Test
    void a_round_that_another_replica_is_at_is_left_to_it() {
        // Given
        Runnable round = bench.reconciler::round;

        // When
        bench.store.clusterLock().runExclusively("reconciliation", Duration.ofMinutes(1), round);

        // Then
        assertThat(bench.gateway.requests).isEmpty();
    }

    @Test
    void a_device_that_can_t_be_asked_is_taken_for_complete_after_the_configured_silence() {
        // Given
        bench.lastHeard.put(MILL, NOON.plus(Duration.ofMinutes(30)));
        bench.clock.forward(Duration.ofHours(3));

        // When
        bench.reconciler.round();

        // Then
        Instant until = NOON.plus(Duration.ofHours(3)).minus(SILENCE);
        assertThat(bench.history().verified(MILL.serialNumber()))
                .contains(new Verified(until, until, null, bench.clock.instant()));
    }

    @Test
    void not_before_that_silence() {
        // Given
        bench.lastHeard.put(MILL, NOON.plus(Duration.ofMinutes(61)));
        bench.clock.forward(Duration.ofHours(3));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.history().verified(MILL.serialNumber())).isEmpty();
    }

    @Test
    void silence_while_punchbridge_did_not_run_is_none() {
        // Given
        bench.lastHeard.put(MILL, NOON);
        bench.clock.forward(Duration.ofDays(1));
        bench.restart();
        bench.clock.forward(Duration.ofHours(1));

        // When
        bench.reconciler.round();

        // Then
        assertThat(bench.history().verified(MILL.serialNumber())).isEmpty();
    }
}
