package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.GATE;
import static io.punchbridge.reconciliation.Bench.LOOK_BACK;
import static io.punchbridge.reconciliation.Bench.NOON;
import static io.punchbridge.reconciliation.Bench.OFFICE;
import static io.punchbridge.reconciliation.Bench.SETTLING;
import static io.punchbridge.reconciliation.FakeGateway.punch;
import static io.punchbridge.reconciliation.FakeGateway.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.punch.Punch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over one device's log, as the schedule makes them, on a real store. */
class DeviceWalkTest {
    private static final Instant SETTLED = NOON.minus(SETTLING);

    /** What a kill looks like from inside. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

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

    private Run walk() {
        bench.reconciler.round();
        return bench.lastRun(OFFICE);
    }

    private void failsWith(StatusCode code, int times) {
        for (int i = 0; i < times; i++) {
            bench.gateway.failsOnceWith(says(code));
        }
    }

    private void changesPagesOfTheOffice(java.util.function.UnaryOperator<LogPage> change) {
        bench.gateway.spoils(page -> {
            boolean office = page.arrival().punches().stream()
                    .anyMatch(punch -> punch.device().equals(OFFICE.serialNumber()));
            return office ? change.apply(page) : page;
        });
    }

    @Test
    void every_page_comes_into_the_inbox() {
        // Given
        bench.gateway.records(OFFICE, 120, NOON.minus(Duration.ofDays(5)), Duration.ofMinutes(10));

        // When
        Run run = walk();

        // Then
        assertThat(bench.store.punches()).isEqualTo(120);
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.pages()).isEqualTo(3);
        assertThat(run.rows()).isEqualTo(120);
        assertThat(run.newPunches()).isEqualTo(120);
        assertThat(run.provenUntil()).isEqualTo(run.until()).isEqualTo(SETTLED);
        assertThat(run.windows()).isEqualTo(run.windowsDone()).isEqualTo(1);
        assertThat(run.endedAt()).isEqualTo(bench.clock.instant());
        assertThat(run.reason()).isNull();
        assertThat(bench.store.wakes()).isEqualTo(3);
    }

    @Test
    void a_whole_first_run_verifies_the_device_from_the_look_back_to_what_has_settled() {
        // When
        Run run = walk();

        // Then
        assertThat(bench.history().verified(OFFICE.serialNumber())).hasValueSatisfying(verified -> {
            assertThat(verified.since()).isEqualTo(NOON.minus(LOOK_BACK));
            assertThat(verified.until()).isEqualTo(SETTLED);
            assertThat(verified.run()).isEqualTo(run.id());
            assertThat(verified.at()).isEqualTo(NOON);
        });
    }

    @Test
    void punches_from_before_it_was_watched_are_new_and_not_lost() {
        // Given
        bench.gateway.records(OFFICE, 20, NOON.minus(Duration.ofDays(5)), Duration.ofMinutes(10));

        // When
        Run run = walk();

        // Then
        assertThat(run.newPunches()).isEqualTo(20);
        assertThat(run.lostPunches()).isZero();
        assertThat(bench.history().lostByDay(OFFICE.serialNumber())).isEmpty();
    }

    @Test
    void punches_that_the_callback_lost_are_counted_by_the_days_of_the_device() {
        // Given
        walk();
        Punch called = punch(OFFICE, "1", Instant.parse("2026-03-11T06:00:00Z"));
        Punch lost = punch(OFFICE, "2", Instant.parse("2026-03-11T06:00:00Z"));
        Punch lostAfterMidnightInNairobi = punch(OFFICE, "2", Instant.parse("2026-03-11T21:30:00Z"));
        bench.gateway.records(called, lost, lostAfterMidnightInNairobi);
        bench.callsBack(called);
        bench.clock.forward(Duration.ofDays(2));

        // When
        Run run = walk();

        // Then
        assertThat(run.newPunches()).isEqualTo(2);
        assertThat(run.lostPunches()).isEqualTo(2);
        assertThat(bench.history().lostByDay(OFFICE.serialNumber()))
                .containsOnly(
                        java.util.Map.entry(LocalDate.of(2026, 3, 11), 1L),
                        java.util.Map.entry(LocalDate.of(2026, 3, 12), 1L));
        assertThat(bench.metrics
                        .counter("punchbridge.reconciliation.missing", "device", "office")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void what_a_run_brings_again_changes_nothing() {
        // Given
        bench.gateway.records(OFFICE, 60, NOON.plusSeconds(60), Duration.ofSeconds(10));
        bench.clock.forward(Duration.ofHours(2));
        Run first = walk();
        bench.clock.forward(Duration.ofHours(1));

        // When
        Run second = walk();

        // Then
        assertThat(first.lostPunches()).isEqualTo(60);
        assertThat(second.rows()).isEqualTo(60);
        assertThat(second.newPunches()).isZero();
        assertThat(second.lostPunches()).isZero();
        assertThat(bench.store.punches()).isEqualTo(60);
        assertThat(bench.history().lostByDay(OFFICE.serialNumber())).containsEntry(LocalDate.of(2026, 3, 10), 60L);
    }

    @Test
    void a_punch_outside_the_window_is_stored_and_not_lost_while_its_callback_may_be_on_its_way() {
        // Given
        Punch young = punch(OFFICE, "9", NOON.plus(Duration.ofMinutes(55)));
        bench.gateway.records(punch(OFFICE, "1", NOON.minusSeconds(7200)));
        changesPagesOfTheOffice(page -> {
            List<Punch> rows = new ArrayList<>(page.arrival().punches());
            rows.add(young);
            return FakeGateway.with(page, rows);
        });
        bench.clock.forward(Duration.ofHours(1));

        // When
        Run run = walk();

        // Then
        assertThat(bench.store.punches()).isEqualTo(2);
        assertThat(run.lostPunches()).isZero();
    }

    @Test
    void a_log_that_is_longer_than_a_window_is_walked_window_by_window() {
        // Given
        walk();
        bench.clock.forward(Duration.ofDays(70));
        bench.gateway.requests.clear();

        // When
        Run run = walk();

        // Then
        assertThat(run.windows()).isEqualTo(run.windowsDone()).isEqualTo(3);
        assertThat(bench.gateway.requests)
                .filteredOn(request -> request.device().equals(OFFICE))
                .allSatisfy(request -> assertThat(Duration.between(request.from(), request.until()))
                        .isLessThanOrEqualTo(Duration.ofDays(30)));
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(SETTLED.plus(Duration.ofDays(70)));
    }

    @Test
    void a_gateway_that_gives_neither_offset_nor_count_is_asked_for_halves_until_no_page_is_full() {
        // Given
        bench.gateway.givesNoOffsets();
        bench.gateway.givesNoCounts();
        bench.gateway.records(OFFICE, 175, NOON.minus(Duration.ofDays(2)), Duration.ofMinutes(1));

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(bench.store.punches()).isEqualTo(175);
        assertThat(run.windows()).isEqualTo(run.windowsDone()).isGreaterThan(4);
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(SETTLED);
    }

    @Test
    void a_log_that_stays_cut_however_small_the_window_verifies_only_what_is_before_it() {
        // Given
        Instant crowd = NOON.minus(Duration.ofDays(2));
        bench.gateway.givesNoOffsets();
        bench.gateway.givesNoCounts();
        bench.gateway.records(OFFICE, 60, crowd, Duration.ZERO);

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason())
                .contains("full page of 50 rows")
                .contains("punches may be missing")
                .contains("ask the vendor");
        assertThat(bench.verifiedUntil(OFFICE))
                .isAfter(crowd.minus(Duration.ofMinutes(1)))
                .isBeforeOrEqualTo(crowd);
    }

    @Test
    void a_window_with_fewer_rows_than_the_gateway_announced_is_not_verified() {
        // Given
        bench.gateway.records(OFFICE, 30, NOON.minus(Duration.ofDays(2)), Duration.ofMinutes(1));
        changesPagesOfTheOffice(page ->
                FakeGateway.with(page, page.arrival().punches().subList(0, page.rows() - 1)));

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason()).contains("announced 1 rows and gave 0");
        assertThat(bench.verifiedUntil(OFFICE))
                .isBefore(NOON.minus(Duration.ofDays(2)).plusSeconds(60));
    }

    @Test
    void a_request_that_nobody_can_mend_is_made_again_after_a_growing_while() {
        // Given
        failsWith(StatusCode.NO_ANSWER_FROM_DEVICE, 3);

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.errors()).isEqualTo(3);
        assertThat(run.reason()).isNull();
        assertThat(bench.waits.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(15 + 30 + 60);
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isEqualTo(4);
    }

    @Test
    void a_gateway_that_says_when_is_not_asked_before() {
        // Given
        bench.gateway.failsOnceWith(new GatewayFailure(
                Kind.SAID_BY_GATEWAY, StatusCode.ANOTHER_CALL_RUNNING, WhoActs.NOBODY, "busy", Duration.ofMinutes(1)));

        // When
        walk();

        // Then
        assertThat(bench.waits.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(60);
    }

    @Test
    void a_device_that_stays_away_fails_the_run_and_keeps_its_verified_until() {
        // Given
        walk();
        bench.clock.forward(Duration.ofHours(1));
        failsWith(StatusCode.OFFLINE_OR_NO_SUBSCRIPTION, DeviceWalk.TRIES);

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.errors()).isEqualTo(DeviceWalk.TRIES);
        assertThat(run.reason()).isEqualTo(StatusCode.OFFLINE_OR_NO_SUBSCRIPTION.words());
        assertThat(bench.verifiedUntil(OFFICE)).isEqualTo(SETTLED);
        assertThat(bench.lastRun(GATE).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_failure_that_a_person_must_mend_ends_the_run_at_once() {
        // Given
        failsWith(StatusCode.READING_LOGS_NOT_ALLOWED, 1);

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason()).contains("Ask the vendor for the load log option");
        assertThat(bench.waits).isEmpty();
        assertThat(bench.history().verified(OFFICE.serialNumber())).isEmpty();
    }

    @Test
    void windows_before_a_failure_stay_verified_and_the_next_run_goes_on_behind_them() {
        // Given
        walk();
        bench.clock.forward(Duration.ofDays(40));
        AtomicInteger requests = new AtomicInteger();
        bench.gateway.beforeAnswer(() -> {
            if (requests.incrementAndGet() == 2) {
                failsWith(StatusCode.INVALID_AUTH_TOKEN, 1);
            }
        });
        Run failed = walk();
        bench.clock.forward(Duration.ofHours(2));

        // When
        Run next = walk();

        // Then
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.windowsDone()).isEqualTo(1);
        Instant firstWindowsEnd = SETTLED.minus(Bench.OVERLAP).plus(Window.LONGEST);
        assertThat(failed.provenUntil()).isEqualTo(firstWindowsEnd);
        assertThat(next.from()).isEqualTo(firstWindowsEnd.minus(Bench.OVERLAP));
        assertThat(next.state()).isEqualTo(State.DONE);
    }

    @Test
    void a_wish_to_cancel_is_heard_while_the_run_waits() {
        // Given
        failsWith(StatusCode.OFFLINE_OR_NO_SUBSCRIPTION, 2);
        AtomicInteger requests = new AtomicInteger();
        bench.gateway.beforeAnswer(() -> {
            if (requests.incrementAndGet() == 2) {
                bench.reconciler.cancel(bench.lastRun(OFFICE).id());
            }
        });

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(bench.gateway.pagesOf(OFFICE.serialNumber())).isEqualTo(2);
        assertThat(bench.history().verified(OFFICE.serialNumber())).isEmpty();
    }

    @Test
    void a_cancelled_run_keeps_the_page_that_was_under_way() {
        // Given
        bench.gateway.records(OFFICE, 120, NOON.minus(Duration.ofDays(5)), Duration.ofMinutes(10));
        bench.gateway.beforeAnswer(
                () -> bench.reconciler.cancel(bench.lastRun(OFFICE).id()));

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(run.rows()).isEqualTo(50);
        assertThat(bench.store.punches()).isEqualTo(50);
    }

    @Test
    void a_run_that_is_killed_between_two_pages_is_walked_again_and_counts_nothing_twice() {
        // Given
        bench.gateway.records(OFFICE, 120, NOON.plusSeconds(60), Duration.ofSeconds(10));
        bench.clock.forward(Duration.ofDays(1));
        AtomicInteger requests = new AtomicInteger();
        bench.gateway.beforeAnswer(() -> {
            if (requests.incrementAndGet() == 3) {
                throw new Killed();
            }
        });
        Throwable kill = catchThrowable(this::walk);
        bench.restart();
        Run killed = bench.lastRun(OFFICE);

        // When
        Run next = walk();

        // Then
        assertThat(kill).isInstanceOf(Killed.class);
        assertThat(killed.state()).isEqualTo(State.INTERRUPTED);
        assertThat(killed.lostPunches()).isEqualTo(100);
        assertThat(next.state()).isEqualTo(State.DONE);
        assertThat(next.from()).isEqualTo(bench.clock.instant().minus(LOOK_BACK));
        assertThat(next.rows()).isEqualTo(120);
        assertThat(next.lostPunches()).isEqualTo(20);
        assertThat(bench.history().lostByDay(OFFICE.serialNumber()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(120);
    }

    @Test
    void a_surprise_ends_one_run_and_no_other() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        bench.gateway.beforeAnswer(() -> {
            if (requests.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
        });

        // When
        Run run = walk();

        // Then
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason()).contains("ended unexpectedly");
        assertThat(bench.lastRun(GATE).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_clock_that_was_ahead_when_the_run_began_verifies_nothing() {
        // Given
        bench.clock.forward(Duration.ofDays(3));
        AtomicInteger requests = new AtomicInteger();
        bench.gateway.beforeAnswer(() -> {
            if (requests.incrementAndGet() == 1) {
                bench.clock.back(Duration.ofDays(3));
            }
        });

        // When
        walk();

        // Then
        assertThat(bench.history().verified(OFFICE.serialNumber())).isEmpty();
        assertThat(bench.verifiedUntil(GATE)).isEqualTo(SETTLED);
    }
}
