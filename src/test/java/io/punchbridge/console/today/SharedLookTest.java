package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.punchbridge.console.today.TodayView.FrappeCard;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One look serves many, and none for longer than an open page can bear. */
class SharedLookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-15T09:00:00Z"));
    private final AtomicInteger looks = new AtomicInteger();

    /** Each look is told from the others by its words. */
    private TodayView view() {
        return new TodayView(
                false,
                List.of(),
                new FrappeCard("there", "ok", "look " + looks.incrementAndGet(), null, null, null, null, null),
                List.of(),
                new AlertsCard(null, List.of()),
                HourChart.of(new Hourly(List.of(), true), LocalDate.parse("2026-01-15"), ZoneOffset.UTC),
                List.of());
    }

    private static String words(TodayView view) {
        return view.frappe().words();
    }

    private static FutureTask<String> asking(Supplier<TodayView> question) {
        FutureTask<String> asking = new FutureTask<>(() -> words(question.get()));
        Thread thread = new Thread(asking, "asks-for-today");
        thread.setDaemon(true);
        thread.start();
        return asking;
    }

    /** How many who ask are waiting. */
    private static long waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("asks-for-today"))
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .count();
    }

    /** Lasts until the latch is opened. */
    private static void lasts(CountDownLatch latch, AtomicInteger begun) {
        begun.incrementAndGet();
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void who_comes_within_the_second_is_shown_the_same_as_his_own_page_wants_it() {
        // Given
        SharedLook look = new SharedLook(this::view, clock);
        TodayView page = look.take(false);
        clock.forward(SharedLook.YOUNG.minusMillis(1));

        // When
        TodayView parts = look.take(true);

        // Then
        assertThat(words(parts)).isEqualTo(words(page));
        assertThat(page.update()).isFalse();
        assertThat(parts.update()).isTrue();
    }

    @Test
    void after_a_second_a_new_look_is_taken() {
        // Given
        SharedLook look = new SharedLook(this::view, clock);
        look.take(true);
        clock.forward(SharedLook.YOUNG);

        // When
        TodayView later = look.take(true);

        // Then
        assertThat(words(later)).isEqualTo("look 2");
    }

    @Test
    void a_clock_that_was_set_back_keeps_no_old_look() {
        // Given
        SharedLook look = new SharedLook(this::view, clock);
        look.take(true);
        clock.back(Duration.ofHours(1));

        // When
        TodayView later = look.take(true);

        // Then
        assertThat(words(later)).isEqualTo("look 2");
    }

    @Test
    void all_who_ask_while_a_look_is_taken_wait_for_that_one() throws Exception {
        // Given
        CountDownLatch latch = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        SharedLook look = new SharedLook(
                () -> {
                    lasts(latch, begun);
                    return view();
                },
                clock);
        List<FutureTask<String>> askers = new ArrayList<>();
        askers.add(asking(() -> look.take(true)));
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        for (int i = 0; i < 20; i++) {
            askers.add(asking(() -> look.take(true)));
        }

        // When
        latch.countDown();

        // Then
        List<String> seen = new ArrayList<>();
        for (FutureTask<String> asker : askers) {
            seen.add(asker.get());
        }
        assertThat(seen).hasSize(21).containsOnly("look 1");
        assertThat(begun).hasValue(1);
    }

    @Test
    void who_comes_when_a_look_has_lasted_long_is_shown_the_next_and_shares_it() throws Exception {
        // Given
        CountDownLatch latch = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        SharedLook look = new SharedLook(
                () -> {
                    lasts(latch, begun);
                    return view();
                },
                clock);
        FutureTask<String> first = asking(() -> look.take(true));
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        clock.forward(SharedLook.YOUNG);
        List<FutureTask<String>> later = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            later.add(asking(() -> look.take(true)));
        }

        // When
        latch.countDown();

        // Then
        assertThat(first.get()).isEqualTo("look 1");
        for (FutureTask<String> asker : later) {
            assertThat(asker.get()).isEqualTo("look 2");
        }
        assertThat(begun).hasValue(2);
    }

    @Test
    void who_has_changed_something_sees_what_came_of_it_and_so_do_the_next() {
        // Given
        SharedLook look = new SharedLook(this::view, clock);
        look.take(true);

        // When
        TodayView own = look.fresh(true);

        // Then
        assertThat(words(own)).isEqualTo("look 2");
        assertThat(words(look.take(true))).isEqualTo("look 2");
    }

    @Test
    void a_look_that_fails_is_no_answer_for_the_next() {
        // Given
        AtomicInteger tried = new AtomicInteger();
        SharedLook look = new SharedLook(
                () -> {
                    if (tried.incrementAndGet() == 1) {
                        throw new IllegalStateException("the storage is away");
                    }
                    return view();
                },
                clock);

        // When
        Throwable first = catchThrowable(() -> look.take(true));

        // Then
        assertThat(first).isInstanceOf(IllegalStateException.class);
        assertThat(words(look.take(true))).isEqualTo("look 1");
    }

    @Test
    void who_waits_for_a_look_that_fails_is_told_why() throws Exception {
        // Given
        CountDownLatch latch = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        SharedLook look = new SharedLook(
                () -> {
                    lasts(latch, begun);
                    throw new IllegalStateException("the storage is away, look " + begun.get());
                },
                clock);
        FutureTask<String> first = asking(() -> look.take(true));
        await().atMost(PATIENCE).until(() -> begun.get() == 1);
        FutureTask<String> second = asking(() -> look.take(true));
        await().atMost(PATIENCE).until(() -> waiting() == 2);

        // When
        latch.countDown();

        // Then
        assertThat(catchThrowable(first::get)).hasRootCauseMessage("the storage is away, look 1");
        assertThat(catchThrowable(second::get)).hasRootCauseMessage("the storage is away, look 1");
    }
}
