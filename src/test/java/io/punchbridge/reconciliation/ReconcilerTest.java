package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.MILL;
import static io.punchbridge.reconciliation.Bench.NOON;
import static io.punchbridge.reconciliation.Bench.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.StatusCode;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.StoreOnDisk;
import io.punchbridge.reconciliation.Reconciliation.Started;
import io.punchbridge.testing.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a person wants. */
class ReconcilerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

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

    private Run ended(Started started) {
        String id = ((Started.Accepted) started).run();
        await().atMost(PATIENCE)
                .until(() -> bench.reconciler.run(id).orElseThrow().state() != State.RUNNING);
        return bench.reconciler.run(id).orElseThrow();
    }

    private String refusal(LocalDate from, LocalDate to) {
        return ((Started.Refused) bench.reconciler.start(OFFICE, from, to)).reason();
    }

    @Test
    void days_are_the_device_s_and_both_count() {
        // When
        Run run = ended(bench.reconciler.start(OFFICE, LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.trigger()).isEqualTo(Run.Trigger.PERSON);
        assertThat(run.from()).isEqualTo(Instant.parse("2026-02-28T21:00:00Z"));
        assertThat(run.until()).isEqualTo(Instant.parse("2026-03-02T21:00:00Z"));
        assertThat(bench.reconciler.recent(5)).containsExactly(run);
    }

    @Test
    void a_range_may_be_as_long_as_wanted_and_ends_now_at_the_latest() {
        // When
        Run run = ended(bench.reconciler.start(OFFICE, LocalDate.of(2025, 3, 10), TODAY.plusDays(20)));

        // Then
        assertThat(run.until()).isEqualTo(NOON);
        assertThat(run.windows()).isEqualTo(run.windowsDone()).isEqualTo(13);
    }

    @Test
    void a_range_that_touches_nothing_verified_verifies_nothing() {
        // When
        ended(bench.reconciler.start(OFFICE, TODAY.minusDays(20), TODAY.minusDays(10)));

        // Then
        assertThat(bench.history().verified(OFFICE.serialNumber())).isEmpty();
    }

    @Test
    void a_range_that_touches_what_is_verified_verifies_more_but_not_what_has_not_settled() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(Duration.ofHours(6));

        // When
        ended(bench.reconciler.start(OFFICE, TODAY, TODAY));

        // Then
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(bench.clock.instant().minus(Bench.SETTLING));
    }

    @Test
    void what_happened_while_it_was_loaded_is_not_verified() {
        // Given
        bench.reconciler.round();
        bench.gateway.beforeAnswer(() -> bench.clock.forward(Duration.ofHours(1)));

        // When
        Run run = ended(bench.reconciler.start(OFFICE, TODAY, TODAY));

        // Then
        assertThat(run.until()).isEqualTo(NOON);
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(NOON.minus(Bench.SETTLING));
    }

    @Test
    void a_second_run_of_the_device_is_told_of_the_first() throws InterruptedException {
        // Given
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        bench.gateway.beforeAnswer(() -> {
            asked.countDown();
            awaitUninterruptibly(go);
        });
        Started first = bench.reconciler.start(OFFICE, TODAY, TODAY);
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        // When
        Started second = bench.reconciler.start(OFFICE, TODAY, TODAY);

        // Then
        go.countDown();
        assertThat(second).isEqualTo(new Started.Busy(((Started.Accepted) first).run()));
        assertThat(ended(first).state()).isEqualTo(State.DONE);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never went on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_person_s_run_does_not_wait_for_the_round() throws InterruptedException {
        // Given
        CountDownLatch roundMayGoOn = new CountDownLatch(1);
        CountDownLatch roundAsks = new CountDownLatch(1);
        bench.gateway.beforeAnswer(() -> {
            if (Thread.currentThread().getName().equals("reconciliation")) {
                roundAsks.countDown();
                awaitUninterruptibly(roundMayGoOn);
            }
        });
        bench.reconciler.tick();
        assertThat(roundAsks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        // When
        Run run = ended(bench.reconciler.start(Bench.GATE, TODAY, TODAY));

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        // So that it is clear which of the device's two runs is the newer.
        bench.clock.forward(Duration.ofSeconds(1));
        roundMayGoOn.countDown();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(bench.lastRun(Bench.GATE).trigger()).isEqualTo(Run.Trigger.SCHEDULE));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(bench.lastRun(Bench.GATE).state()).isEqualTo(State.DONE));
    }

    @Test
    void a_run_that_waits_for_its_turn_is_kept_alive() {
        // Given
        CountDownLatch go = new CountDownLatch(1);
        bench.gateway.beforeAnswer(() -> awaitUninterruptibly(go));
        Started first = bench.reconciler.start(OFFICE, TODAY, TODAY);
        for (int minutes = 0; minutes < 30; minutes++) {
            bench.clock.forward(Duration.ofMinutes(1));
            bench.reconciler.pulse();
        }

        // When
        Started second = bench.reconciler.start(OFFICE, TODAY, TODAY);

        // Then
        go.countDown();
        assertThat(second).isInstanceOf(Started.Busy.class);
        assertThat(ended(first).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_device_that_can_t_be_asked_is_refused_by_name() {
        // When
        Started started = bench.reconciler.start(MILL, TODAY, TODAY);

        // Then
        assertThat(started)
                .isInstanceOfSatisfying(
                        Started.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("mill can't be asked")
                                .contains("local database"));
        assertThat(bench.gateway.requests).isEmpty();
        assertThat(bench.reconciler.recent(5)).isEmpty();
    }

    @Test
    void days_in_the_wrong_order_are_refused() {
        // When
        String reason = refusal(TODAY, TODAY.minusDays(1));

        // Then
        assertThat(reason).contains("2026-03-10").contains("after the last one");
    }

    @Test
    void days_that_have_not_begun_are_refused() {
        // When
        String reason = refusal(TODAY.plusDays(1), TODAY.plusDays(1));

        // Then
        assertThat(reason).contains("2026-03-11").contains("has not begun at office (Africa/Nairobi)");
    }

    @Test
    void a_year_that_was_mistyped_is_refused() {
        // When
        String reason = refusal(LocalDate.of(202, 3, 10), TODAY);

        // Then
        assertThat(reason).contains("too long ago");
    }

    @Test
    void nothing_is_asked_without_an_address_or_a_zone() {
        // Given
        ReconciliationSettings none = new ReconciliationSettings(
                false, false, Duration.ofHours(1), Bench.OVERLAP, Bench.SETTLING, Bench.LOOK_BACK, Map.of());
        ReconciliationSettings some = new ReconciliationSettings(
                true, true, Duration.ofHours(1), Bench.OVERLAP, Bench.SETTLING, Bench.LOOK_BACK, Map.of());

        // When
        Started withoutAddress = with(none).start(OFFICE, TODAY, TODAY);
        Started withoutZone = with(some).start(OFFICE, TODAY, TODAY);

        // Then
        assertThat(((Started.Refused) withoutAddress).reason()).contains("punchbridge.gateway.endpoint");
        assertThat(((Started.Refused) withoutZone).reason()).contains("punchbridge.devices.office.time-zone");
    }

    private Reconciler with(ReconciliationSettings settings) {
        StoreOnDisk store = bench.store;
        return new Reconciler(
                bench.devices,
                bench.gateway,
                store.history(),
                store.clusterLock(),
                device -> Optional.empty(),
                device -> Optional.empty(),
                settings,
                new ReconciliationWatch(bench.devices, settings, bench.metrics, bench.clock),
                duration -> {},
                bench.clock);
    }

    @Test
    void the_pulse_shows_how_far_each_device_is_verified() {
        // Given
        bench.reconciler.round();

        // When
        bench.reconciler.pulse();

        // Then
        assertThat(bench.metrics
                        .get("punchbridge.device.verified.until")
                        .tag("device", "office")
                        .gauge()
                        .value())
                .isEqualTo((double) NOON.minus(Bench.SETTLING).getEpochSecond());
        assertThat(bench.metrics
                        .get("punchbridge.reconciliation.runs")
                        .tag("outcome", "done")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_run_of_a_person_that_fails_is_told_as_such_and_hides_no_failure_of_the_schedule() {
        // Given
        try (LogLines log = new LogLines(ReconciliationWatch.class)) {
            bench.gateway.failsOnceWith(FakeGateway.says(StatusCode.INVALID_AUTH_TOKEN));
            ended(bench.reconciler.start(OFFICE, TODAY.minusDays(20), TODAY.minusDays(10)));
            List<String> persons = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> persons.addAll(log.take()));
            bench.gateway.failsOnceWith(FakeGateway.says(StatusCode.INVALID_AUTH_TOKEN));

            // When
            bench.reconciler.round();

            // Then
            assertThat(persons)
                    .singleElement()
                    .asString()
                    .startsWith(
                            "WARN The log of office from 2026-02-17T21:00:00Z to 2026-02-28T21:00:00Z, which somebody"
                                    + " asked for, was not loaded whole. The gateway refuses the device's token.");
            assertThat(log.take())
                    .singleElement()
                    .asString()
                    .startsWith("WARN The log of office could not be loaded, so nothing after");
        }
    }

    @Test
    void a_device_whose_log_never_came_whole_is_unverified_from_the_beginning_over_a_restart_too() {
        // Given
        bench.clock.forward(Duration.ofDays(90));
        bench.gateway.failsOnceWith(FakeGateway.says(StatusCode.INVALID_AUTH_TOKEN));
        bench.reconciler.round();
        bench.clock.forward(Duration.ofHours(6));
        bench.restart();

        // When
        bench.reconciler.pulse();

        // Then
        assertThat(unverified("office")).isEqualTo(6 * 3600 + 1);
        assertThat(unverified("gate")).isEqualTo(6 * 3600 + 1 + 15 * 60);
        assertThat(bench.watch.unverifiedFor(Duration.ofHours(6))).containsExactly(OFFICE, Bench.GATE);
        assertThat(bench.watch.unverifiedFor(Duration.ofHours(6).plusSeconds(1)))
                .containsExactly(Bench.GATE);
    }

    @Test
    void a_device_that_can_t_be_asked_is_not_waited_for() {
        // Given
        bench.clock.forward(Duration.ofDays(90));

        // When
        bench.reconciler.pulse();

        // Then
        assertThat(bench.watch.unverifiedFor(Duration.ZERO)).containsExactly(OFFICE, Bench.GATE);
        assertThat(bench.metrics.find("punchbridge.device.unverified").gauges()).hasSize(2);
    }

    private double unverified(String device) {
        return bench.metrics
                .get("punchbridge.device.unverified")
                .tag("device", device)
                .gauge()
                .value();
    }
}
