package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Kept;
import io.punchbridge.inbox.History.Page;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.History.Signal;
import io.punchbridge.inbox.History.WholeWindow;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Run.Trigger;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises of the history, shown on the real database. */
abstract class HistoryContract {
    static final SerialNumber OTHER = new SerialNumber("SN-OTHER");
    static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    static final Instant FROM = NINE.minus(Duration.ofDays(30));

    final SettableClock clock = new SettableClock(NINE);
    final AtomicInteger wakes = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    History history;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openHistory() {
        store = open();
        history = SqlHistory.open(store, clock, wakes::incrementAndGet);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    static Plan plan(Trigger trigger) {
        return new Plan(DEVICE, trigger, FROM, NINE, 2);
    }

    Run begin() {
        return began(history.begin(plan(Trigger.SCHEDULE)));
    }

    static Run began(Begun begun) {
        return ((Begun.Began) begun).run();
    }

    Run stored(Run run) {
        return history.run(run.id()).orElseThrow();
    }

    Page page(Punch... punches) {
        return page(new Arrival(Source.LOAD_LOG, clock.instant(), List.of(punches), List.of(), List.of()));
    }

    private Page page(Arrival arrival) {
        return new Page(arrival, 50, FROM.plusSeconds(60), clock.instant().minusSeconds(900), NAIROBI);
    }

    private static WholeWindow whole(Instant until) {
        return new WholeWindow(until, until, 2);
    }

    private Verified verified() {
        return history.verified(DEVICE).orElseThrow();
    }

    @Test
    void a_run_is_kept_as_it_began() {
        // When
        Run run = began(history.begin(plan(Trigger.PERSON)));

        // Then
        assertThat(stored(run))
                .isEqualTo(run)
                .isEqualTo(new Run(
                        run.id(),
                        DEVICE,
                        Trigger.PERSON,
                        FROM,
                        NINE,
                        State.RUNNING,
                        FROM,
                        FROM,
                        2,
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
                        null));
        assertThat(history.recent(10)).containsExactly(run);
        assertThat(history.recent(DEVICE, 10)).containsExactly(run);
        assertThat(history.recent(OTHER, 10)).isEmpty();
    }

    @Test
    void a_page_s_rows_and_figures_are_kept_together() {
        // Given
        history.watch(List.of(DEVICE));
        Run run = begin();
        store.append(List.of(live(NINE, punch("1", NINE.plusSeconds(60)))));
        UnreadablePunch unreadable = UnreadablePunch.of(DEVICE, null, null, "It has no time.", "{}");
        clock.forward(Duration.ofHours(1));
        Arrival arrival = new Arrival(
                Source.LOAD_LOG,
                clock.instant(),
                List.of(
                        punch("1", NINE.plusSeconds(60)),
                        punch("2", NINE.plusSeconds(60)),
                        punch("3", NINE.minusSeconds(1)),
                        punch("4", NINE.plusSeconds(3600))),
                List.of(unreadable),
                List.of());

        // When
        Kept kept = history.keep(run.id(), page(arrival));

        // Then
        assertThat(kept).isEqualTo(new Kept(Signal.GO_ON, 4, 1));
        Run after = stored(run);
        assertThat(after.pages()).isEqualTo(1);
        assertThat(after.rows()).isEqualTo(50);
        assertThat(after.newPunches()).isEqualTo(4);
        assertThat(after.lostPunches()).isEqualTo(1);
        assertThat(after.unreadable()).isEqualTo(1);
        assertThat(after.reached()).isEqualTo(FROM.plusSeconds(60));
        assertThat(after.updatedAt()).isEqualTo(clock.instant());
        assertThat(history.lostByDay(DEVICE)).isEqualTo(Map.of(LocalDate.of(2024, 9, 17), 1L));
        assertThat(store.find(punch("2", NINE.plusSeconds(60)).key())).isPresent();
        assertThat(wakes).hasValue(1);
    }

    @Test
    void lost_punches_add_up_by_the_device_s_day() {
        // Given
        history.watch(List.of(DEVICE));
        Run run = begin();
        clock.forward(Duration.ofDays(2));
        Instant beforeMidnight = Instant.parse("2024-09-17T20:59:59Z");
        history.keep(run.id(), page(punch("1", beforeMidnight)));

        // When
        history.keep(run.id(), page(punch("2", beforeMidnight), punch("1", beforeMidnight.plusSeconds(1))));

        // Then
        assertThat(history.lostByDay(DEVICE))
                .isEqualTo(Map.of(LocalDate.of(2024, 9, 17), 2L, LocalDate.of(2024, 9, 18), 1L));
        assertThat(history.lostByDay(OTHER)).isEmpty();
        assertThat(stored(run).lostPunches()).isEqualTo(3);
    }

    @Test
    void a_page_that_comes_again_counts_its_rows_alone() {
        // Given
        history.watch(List.of(DEVICE));
        Run run = begin();
        clock.forward(Duration.ofDays(2));
        Page page = page(punch("1", NINE.plusSeconds(60)));
        history.keep(run.id(), page);

        // When
        Kept again = history.keep(run.id(), page);

        // Then
        assertThat(again).isEqualTo(new Kept(Signal.GO_ON, 0, 0));
        assertThat(stored(run).rows()).isEqualTo(100);
        assertThat(stored(run).newPunches()).isEqualTo(1);
        assertThat(history.lostByDay(DEVICE)).isEqualTo(Map.of(LocalDate.of(2024, 9, 17), 1L));
        assertThat(wakes).hasValue(1);
    }

    @Test
    void a_page_that_can_t_be_counted_is_not_stored_either() {
        // Given
        history.watch(List.of(DEVICE));
        Run run = begin();
        clock.forward(Duration.ofDays(2));
        Punch punch = punch("1", NINE.plusSeconds(60));
        store.write(handle -> handle.execute("ALTER TABLE lost_punch_count RENAME TO elsewhere"));
        Throwable failure = catchThrowable(() -> history.keep(run.id(), page(punch)));
        store.write(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO lost_punch_count"));

        // When
        boolean isStored = store.find(punch.key()).isPresent();

        // Then
        assertThat(failure).isInstanceOf(RuntimeException.class);
        assertThat(isStored).isFalse();
        assertThat(stored(run).pages()).isZero();
        assertThat(wakes).hasValue(0);
        assertThat(history.keep(run.id(), page(punch)).lostPunches()).isEqualTo(1);
    }

    @Test
    void nothing_is_lost_of_a_device_that_nobody_watched() {
        // Given
        Run run = begin();
        clock.forward(Duration.ofDays(2));

        // When
        Kept kept = history.keep(run.id(), page(punch("1", NINE.plusSeconds(60))));

        // Then
        assertThat(kept.lostPunches()).isZero();
        assertThat(kept.newPunches()).isEqualTo(1);
    }

    @Test
    void a_device_is_watched_since_it_was_said_first() {
        // Given
        history.watch(List.of(DEVICE));
        clock.forward(Duration.ofDays(2));

        // When
        history.watch(List.of(DEVICE, OTHER));

        // Then
        assertThat(history.watchedSince(DEVICE)).contains(NINE);
        assertThat(history.watchedSince(OTHER)).contains(NINE.plus(Duration.ofDays(2)));
    }

    @Test
    void a_device_is_not_watched_since_the_future() {
        // Given
        history.watch(List.of(DEVICE));
        clock.back(Duration.ofDays(2));

        // When
        history.watch(List.of(DEVICE));

        // Then
        assertThat(history.watchedSince(DEVICE)).contains(NINE.minus(Duration.ofDays(2)));
    }

    @Test
    void two_runs_of_a_device_never_overlap() {
        // Given
        Run first = begin();

        // When
        Begun second = history.begin(plan(Trigger.PERSON));

        // Then
        assertThat(second).isEqualTo(new Begun.Busy(first));
    }

    @Test
    void runs_of_two_devices_go_side_by_side() {
        // Given
        begin();

        // When
        Begun other = history.begin(new Plan(OTHER, Trigger.PERSON, FROM, NINE, 1));

        // Then
        assertThat(other).isInstanceOf(Begun.Began.class);
    }

    @Test
    void a_run_that_ended_makes_way() {
        // Given
        Run first = begin();
        history.end(first.id(), State.FAILED, "The gateway was away.");

        // When
        Begun second = history.begin(plan(Trigger.SCHEDULE));

        // Then
        assertThat(second).isInstanceOf(Begun.Began.class);
        assertThat(stored(first).state()).isEqualTo(State.FAILED);
        assertThat(stored(first).reason()).isEqualTo("The gateway was away.");
        assertThat(stored(first).endedAt()).isEqualTo(NINE);
    }

    @Test
    void a_run_without_a_sign_of_life_makes_way_and_stays_ended() {
        // Given
        Run dead = begin();
        clock.forward(RunRows.LEASE);
        Run next = begin();

        // When
        Kept kept = history.keep(dead.id(), page(punch("1", FROM)));

        // Then
        assertThat(kept).isEqualTo(new Kept(Signal.OVER, 0, 0));
        assertThat(store.find(punch("1", FROM).key())).isEmpty();
        assertThat(stored(dead).state()).isEqualTo(State.INTERRUPTED);
        assertThat(stored(dead).reason()).contains("stopped in the middle");
        assertThat(stored(next).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_run_that_ended_verifies_nothing_more() {
        // Given
        Run run = begin();
        history.end(run.id(), State.CANCELLED, "enough");

        // When
        Signal signal = history.whole(run.id(), whole(NINE));

        // Then
        assertThat(signal).isEqualTo(Signal.OVER);
        assertThat(history.verified(DEVICE)).isEmpty();
        assertThat(history.alive(run.id())).isEqualTo(Signal.OVER);
        assertThat(history.failed(run.id(), "late")).isEqualTo(Signal.OVER);
        assertThat(stored(run).errors()).isZero();
    }

    @Test
    void each_sign_of_life_counts_for_ten_minutes() {
        // Given
        Run run = begin();
        clock.forward(Duration.ofMinutes(9));
        history.keep(run.id(), page());
        clock.forward(Duration.ofMinutes(9));
        history.alive(run.id());
        clock.forward(Duration.ofMinutes(9));
        history.failed(run.id(), "busy");
        clock.forward(Duration.ofMinutes(9));
        history.whole(run.id(), whole(FROM.plusSeconds(1)));
        clock.forward(Duration.ofMinutes(9));

        // When
        Begun other = history.begin(plan(Trigger.PERSON));

        // Then
        assertThat(other).isInstanceOf(Begun.Busy.class);
    }

    @Test
    void an_error_is_counted_and_its_reason_stands_until_the_next_page() {
        // Given
        Run run = begin();
        history.failed(run.id(), "The device is offline.");
        String meanwhile = stored(run).reason();

        // When
        history.keep(run.id(), page());

        // Then
        assertThat(meanwhile).isEqualTo("The device is offline.");
        assertThat(stored(run).reason()).isNull();
        assertThat(stored(run).errors()).isEqualTo(1);
    }

    @Test
    void a_wish_to_cancel_reaches_whoever_runs_it() {
        // Given
        Run run = begin();
        boolean cancelled = history.cancel(run.id());

        // When
        Kept kept = history.keep(run.id(), page(punch("1", FROM)));

        // Then
        assertThat(cancelled).isTrue();
        assertThat(kept).isEqualTo(new Kept(Signal.CANCEL, 1, 0));
        assertThat(history.alive(run.id())).isEqualTo(Signal.CANCEL);
    }

    @Test
    void a_run_is_cancelled_once() {
        // Given
        Run run = begin();
        boolean first = history.cancel(run.id());

        // When
        boolean second = history.cancel(run.id());

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(history.alive(run.id())).isEqualTo(Signal.CANCEL);
    }

    @Test
    void a_dead_run_is_cancelled_at_once_and_an_ended_one_not_at_all() {
        // Given
        Run run = begin();
        clock.forward(RunRows.LEASE);

        // When
        boolean cancelled = history.cancel(run.id());

        // Then
        assertThat(cancelled).isTrue();
        assertThat(stored(run).state()).isEqualTo(State.CANCELLED);
        assertThat(history.cancel(run.id())).isFalse();
        assertThat(history.cancel("nobody's")).isFalse();
    }

    @Test
    void whole_windows_move_the_run_and_the_device_on() {
        // Given
        Run run = begin();
        history.whole(run.id(), whole(FROM.plusSeconds(3600)));

        // When
        history.whole(run.id(), new WholeWindow(NINE, NINE.minusSeconds(900), 3));

        // Then
        assertThat(stored(run).windows()).isEqualTo(3);
        assertThat(stored(run).windowsDone()).isEqualTo(2);
        assertThat(stored(run).provenUntil()).isEqualTo(NINE);
        assertThat(verified()).isEqualTo(new Verified(FROM, NINE.minusSeconds(900), run.id(), NINE));
        assertThat(history.verified()).isEqualTo(Map.of(DEVICE, verified()));
    }

    @Test
    void what_is_verified_ahead_of_the_clock_is_not_told_and_can_be_forgotten_for_good() {
        // Given
        Run run = begin();
        history.whole(run.id(), whole(NINE));
        history.end(run.id(), State.DONE, null);
        clock.back(Duration.ofHours(1));
        boolean told =
                history.verified(DEVICE).isPresent() || !history.verified().isEmpty();
        List<SerialNumber> forgotten = history.forgetFuture();
        clock.forward(Duration.ofDays(1));

        // When
        boolean toldLater = history.verified(DEVICE).isPresent();

        // Then
        assertThat(told).isFalse();
        assertThat(forgotten).containsExactly(DEVICE);
        assertThat(toldLater).isFalse();
        assertThat(history.forgetFuture()).isEmpty();
    }

    @Test
    void an_assumption_moves_a_device_on_but_never_back_or_ahead() {
        // Given
        history.assume(DEVICE, NINE.minusSeconds(7200));
        history.assume(DEVICE, NINE.minusSeconds(3600));

        // When
        history.assume(DEVICE, NINE.minusSeconds(5000));

        // Then
        history.assume(OTHER, NINE.plusSeconds(1));
        assertThat(verified()).isEqualTo(new Verified(NINE.minusSeconds(7200), NINE.minusSeconds(3600), null, NINE));
        assertThat(history.verified(OTHER)).isEmpty();
    }

    @Test
    void the_last_callback_is_the_newest_that_came_not_the_newest_punch() {
        // Given
        store.append(List.of(live(NINE.plusSeconds(30), punch("late", NINE.minus(Duration.ofDays(3))))));
        store.append(List.of(live(NINE, punch("1", NINE))));
        store.append(List.of(history(NINE.plusSeconds(60), punch("2", NINE))));

        // When
        Instant last =
                history.lastCallback(DEVICE, NINE.minus(Duration.ofDays(31))).orElseThrow();

        // Then
        assertThat(last).isEqualTo(NINE.plusSeconds(30));
        assertThat(history.lastCallback(DEVICE, NINE.minusSeconds(1))).contains(NINE);
        assertThat(history.lastCallback(OTHER, NINE.minus(Duration.ofDays(31)))).isEmpty();
    }

    @Test
    void old_runs_are_purged_in_steps_unless_they_go_on() {
        // Given
        for (int i = 0; i < 3; i++) {
            history.end(begin().id(), State.DONE, null);
            clock.forward(Duration.ofSeconds(1));
        }
        Run goesOn = begin();
        clock.forward(Duration.ofSeconds(1));

        // When
        int purged = history.purgeRuns(clock.instant(), 2);

        // Then
        assertThat(purged).isEqualTo(2);
        assertThat(history.purgeRuns(clock.instant(), 2)).isEqualTo(1);
        assertThat(history.recent(10)).containsExactly(goesOn);
    }

    @Test
    void a_run_of_a_later_version_is_listed_by_its_words() {
        // Given
        Run run = begin();
        history.end(run.id(), State.DONE, null);
        store.write(handle -> handle.execute("UPDATE history_run SET state = 'LEFT_OPEN', wanted_by = 'GATEWAY'"));

        // When
        List<Run> recent = history.recent(10);

        // Then
        assertThat(recent).singleElement().satisfies(read -> {
            assertThat(read.state()).isNull();
            assertThat(read.stateWord().shown()).isEqualTo("left-open");
            assertThat(read.triggerWord().shown()).isEqualTo("gateway");
        });
    }

    @Test
    void counts_of_old_days_go_the_oldest_first() {
        // Given
        history.watch(List.of(DEVICE));
        Run run = begin();
        clock.forward(Duration.ofDays(4));
        for (int day = 0; day < 4; day++) {
            history.keep(run.id(), page(punch("1", NINE.plusSeconds(60).plus(Duration.ofDays(day)))));
        }
        Instant third = Instant.parse("2024-09-19T00:00:00Z");

        // When
        int purged = history.purgeLost(third, 1);

        // Then
        assertThat(purged).isEqualTo(1);
        assertThat(history.lostByDay(DEVICE))
                .doesNotContainKey(LocalDate.of(2024, 9, 17))
                .hasSize(3);
        assertThat(history.purgeLost(third, 10)).isEqualTo(1);
        assertThat(history.lostByDay(DEVICE)).containsOnlyKeys(LocalDate.of(2024, 9, 19), LocalDate.of(2024, 9, 20));
    }

    @Test
    void those_under_way_are_told_all_the_first_of_them_first() {
        // Given
        Run ended = begin();
        history.end(ended.id(), State.DONE, null);
        Run first = began(history.begin(new Plan(OTHER, Trigger.PERSON, FROM, NINE, 2)));
        clock.forward(Duration.ofSeconds(1));
        Run second = begin();

        // When
        List<Run> underWay = history.underWay();

        // Then
        assertThat(underWay).extracting(Run::id).containsExactly(first.id(), second.id());
    }

    @Test
    void a_run_inside_of_another_has_its_own_figures_and_the_device_stays_the_outer_one_s() {
        // Given
        Run outer = began(history.begin(plan(Trigger.PERSON)));
        Run inner = history.beginWithin(outer.id(), plan(Trigger.SCHEDULE)).orElseThrow();

        // When
        Kept kept = history.keep(inner.id(), page(punch("1", FROM)));

        // Then
        assertThat(kept).isEqualTo(new Kept(Signal.GO_ON, 1, 0));
        assertThat(history.whole(inner.id(), whole(NINE))).isEqualTo(Signal.GO_ON);
        assertThat(verified().run()).isEqualTo(inner.id());
        assertThat(stored(inner).state()).isEqualTo(State.RUNNING);
        assertThat(stored(inner).pages()).isEqualTo(1);
        assertThat(stored(outer)).isEqualTo(outer);
        assertThat(history.underWay()).containsExactly(outer);
        assertThat(history.begin(plan(Trigger.SCHEDULE))).isEqualTo(new Begun.Busy(outer));
        history.end(inner.id(), State.DONE, null);
        assertThat(stored(inner).state()).isEqualTo(State.DONE);
        assertThat(history.alive(outer.id())).isEqualTo(Signal.GO_ON);
    }

    @Test
    void a_run_inside_of_another_is_over_with_it() {
        // Given
        Run outer = began(history.begin(plan(Trigger.PERSON)));
        Run inner = history.beginWithin(outer.id(), plan(Trigger.SCHEDULE)).orElseThrow();
        clock.forward(RunRows.LEASE);
        begin();

        // When
        Kept kept = history.keep(inner.id(), page(punch("1", FROM)));

        // Then
        assertThat(kept).isEqualTo(new Kept(Signal.OVER, 0, 0));
        assertThat(history.alive(inner.id())).isEqualTo(Signal.OVER);
        assertThat(history.whole(inner.id(), whole(NINE))).isEqualTo(Signal.OVER);
        assertThat(history.verified(DEVICE)).isEmpty();
        assertThat(history.interruptDead()).isEqualTo(1);
        assertThat(stored(inner).state()).isEqualTo(State.INTERRUPTED);
        assertThat(stored(inner).endedAt()).isEqualTo(clock.instant());
    }

    @Test
    void what_goes_on_inside_of_a_run_is_not_taken_for_dead() {
        // Given
        Run outer = began(history.begin(plan(Trigger.PERSON)));
        Run inner = history.beginWithin(outer.id(), plan(Trigger.SCHEDULE)).orElseThrow();

        // When
        int ended = history.interruptDead();

        // Then
        assertThat(ended).isZero();
        assertThat(history.alive(inner.id())).isEqualTo(Signal.GO_ON);
    }

    @Test
    void a_wish_to_cancel_a_run_reaches_what_runs_inside_of_it_and_lets_nothing_more_begin_there() {
        // Given
        Run outer = began(history.begin(plan(Trigger.PERSON)));
        Run inner = history.beginWithin(outer.id(), plan(Trigger.SCHEDULE)).orElseThrow();
        history.cancel(outer.id());

        // When
        Signal signal = history.alive(inner.id());

        // Then
        assertThat(signal).isEqualTo(Signal.CANCEL);
        assertThat(history.beginWithin(outer.id(), plan(Trigger.SCHEDULE))).isEmpty();
    }

    @Test
    void what_runs_inside_of_a_run_can_be_cancelled_by_itself() {
        // Given
        Run outer = began(history.begin(plan(Trigger.PERSON)));
        Run inner = history.beginWithin(outer.id(), plan(Trigger.SCHEDULE)).orElseThrow();

        // When
        boolean cancelled = history.cancel(inner.id());

        // Then
        assertThat(cancelled).isTrue();
        assertThat(history.alive(inner.id())).isEqualTo(Signal.CANCEL);
        assertThat(history.alive(outer.id())).isEqualTo(Signal.GO_ON);
    }

    @Test
    void the_newest_runs_come_first() {
        // Given
        Run first = begin();
        history.end(first.id(), State.DONE, null);
        clock.forward(Duration.ofSeconds(1));
        Run second = begin();

        // When
        List<Run> recent = history.recent(2);

        // Then
        assertThat(recent).extracting(Run::id).containsExactly(second.id(), first.id());
        assertThat(history.recent(1)).extracting(Run::id).containsExactly(second.id());
    }

    @Test
    void a_first_proof_is_awaited_from_when_a_device_is_watched_and_logs_are_loaded() {
        // Given
        history.watch(List.of(DEVICE));
        clock.forward(Duration.ofDays(30));
        history.begin(new Plan(OTHER, Trigger.PERSON, FROM, NINE, 2));
        Map<SerialNumber, Instant> beforeAnyRound = history.awaitedSince();
        clock.forward(Duration.ofDays(30));
        begin();
        clock.forward(Duration.ofDays(1));
        history.watch(List.of(OTHER));

        // When
        Map<SerialNumber, Instant> awaited = history.awaitedSince();

        // Then
        assertThat(beforeAnyRound).isEqualTo(Map.of(DEVICE, NINE));
        assertThat(awaited)
                .isEqualTo(Map.of(
                        DEVICE, NINE.plus(Duration.ofDays(60)),
                        OTHER, NINE.plus(Duration.ofDays(61))));
    }

    @Test
    void runs_are_read_page_by_page_newest_first_also_those_of_one_device() {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // Two and two begin at once, of which the ids tell the order.
            clock.forward(Duration.ofSeconds(i % 2));
            Run run = began(history.begin(new Plan(i == 2 ? OTHER : DEVICE, Trigger.SCHEDULE, FROM, NINE, 2)));
            history.end(run.id(), State.DONE, null);
            ids.add(run.id());
        }
        List<Run> all = history.recent(10);

        // When
        List<Run> paged = new ArrayList<>();
        List<Run> page = history.runs(null, null, 2);
        while (!page.isEmpty()) {
            paged.addAll(page);
            Run last = page.get(page.size() - 1);
            page = history.runs(null, new History.Place(last.startedAt(), last.id()), 2);
        }

        // Then
        assertThat(all).extracting(Run::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(paged).isEqualTo(all);
        List<Run> ofDevice =
                all.stream().filter(run -> run.device().equals(DEVICE)).toList();
        Run first = ofDevice.get(0);
        assertThat(history.runs(DEVICE, new History.Place(first.startedAt(), first.id()), 10))
                .isEqualTo(ofDevice.subList(1, 4));
    }
}
