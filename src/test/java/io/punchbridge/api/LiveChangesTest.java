package io.punchbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.punchbridge.api.LiveChange.ComeAgain;
import io.punchbridge.api.LiveChange.Punches;
import io.punchbridge.api.LiveChange.StillThere;
import io.punchbridge.api.LiveChanges.Pace;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SteppableClock;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.ws.rs.WebApplicationException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens is told what changes, and holds nobody up. */
class LiveChangesTest {
    private static final Instant NINE = Instant.parse("2026-01-19T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NINE, ZoneOffset.UTC);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int NEVER = Integer.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final SteppableClock clock = new SteppableClock();
    private TestStore store;
    private final List<LiveChanges> running = new ArrayList<>();

    @BeforeEach
    void open() {
        store = TestStore.open(directory.resolve("punchbridge.db"), CLOCK);
    }

    @AfterEach
    void close() throws InterruptedException {
        for (LiveChanges changes : running) {
            changes.stop(new ShutdownEvent());
        }
        store.close();
    }

    private LiveChanges changes(int unprompted, int silent) {
        return changes(store.inbox(), unprompted, silent);
    }

    /** As a replica that didn't store what is stored: nothing tells it. */
    private LiveChanges changesElsewhere(int unprompted) {
        Inbox untold = (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(),
                new Class<?>[] {Inbox.class},
                (self, method, args) ->
                        method.getName().equals("onNewPunches") ? null : method.invoke(store.inbox(), args));
        return changes(untold, unprompted, NEVER);
    }

    private LiveChanges changes(Inbox inbox, int unprompted, int silent) {
        LiveChanges changes = new LiveChanges(inbox, store.punchSearch(), clock, new Pace(STEP, unprompted, silent));
        running.add(changes);
        return changes;
    }

    private static AssertSubscriber<LiveChange> listener(LiveChanges changes, long requested) {
        return listenerCalled("jane", changes, requested);
    }

    private static AssertSubscriber<LiveChange> listenerCalled(String who, LiveChanges changes, long requested) {
        return changes.listen(who).subscribe().withSubscriber(AssertSubscriber.create(requested));
    }

    private static AssertSubscriber<LiveChange> listener(LiveChanges changes) {
        return listener(changes, Long.MAX_VALUE);
    }

    private static Punch punch(String user) {
        return Punch.of(new SerialNumber("SN-1"), new UserId(user), NINE, "CheckIn", PunchDetails.NONE);
    }

    private static void stored(TestStore in, Punch punch) {
        in.inbox()
                .store(new Arrival(Source.CALLBACK, NINE, List.of(punch), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    private static void awaitPending(AssertSubscriber<LiveChange> listener, long punches) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listener.getItems())
                        .last()
                        .isInstanceOfSatisfying(
                                Punches.class,
                                told -> assertThat(told.punches().getOrDefault("pending", 0L))
                                        .isEqualTo(punches)));
    }

    @Test
    void who_begins_to_listen_is_told_at_once_how_things_stand() {
        // Given
        Punch punch = punch("1");
        stored(store, punch);

        // When
        AssertSubscriber<LiveChange> listener = listener(changes(NEVER, NEVER));

        // Then
        awaitPending(listener, 1);
        assertThat(((Punches) listener.getItems().get(0)).newest())
                .containsExactly(punch.key().value());
    }

    @Test
    void what_this_process_stores_is_told_without_waiting_for_the_next_round() {
        // Given
        AssertSubscriber<LiveChange> listener = listener(changes(NEVER, NEVER));
        awaitPending(listener, 0);

        // When
        stored(store, punch("1"));

        // Then
        awaitPending(listener, 1);
        assertThat(listener.getItems())
                .extracting(change -> Long.parseLong(((Punches) change).id()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void what_another_replica_stores_and_settles_is_found() {
        // Given
        AssertSubscriber<LiveChange> listener = listener(changesElsewhere(2));
        awaitPending(listener, 0);

        // When
        stored(store, punch("1"));
        awaitPending(listener, 1);
        store.inbox().claim(10);
        store.inbox().settle(List.of(Settlement.withReason(punch("1").key(), PunchState.HELD, "Nobody has this id.")));

        // Then
        awaitPending(listener, 0);
        assertThat(((Punches) listener.getLastItem()).punches()).containsEntry("held", 1L);
    }

    @Test
    void somebody_who_came_just_before_a_look_keeps_nothing_from_the_others() {
        // Given
        LiveChanges changes = changesElsewhere(NEVER);
        AssertSubscriber<LiveChange> first = listener(changes);
        awaitPending(first, 0);
        stored(store, punch("1"));
        awaitPending(listener(changes), 1);

        // When
        changes.prompt();

        // Then
        awaitPending(first, 1);
    }

    @Test
    void silence_is_broken_so_that_nobody_between_takes_the_connection_for_dead() {
        // When
        AssertSubscriber<LiveChange> listener = listener(changes(1, 3));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listener.getItems())
                        .filteredOn(StillThere.class::isInstance)
                        .hasSizeGreaterThan(2));
        assertThat(listener.getItems()).filteredOn(Punches.class::isInstance).hasSize(1);
    }

    @Test
    void who_does_not_keep_up_gets_the_newest_alone_and_holds_nobody_up() {
        // Given
        LiveChanges changes = changes(1, 3);
        AssertSubscriber<LiveChange> slow = listener(changes, 1);
        AssertSubscriber<LiveChange> quick = listener(changes);
        await().atMost(PATIENCE).until(() -> slow.getItems().size() == 1);
        for (int i = 1; i <= 5; i++) {
            stored(store, punch(Integer.toString(i)));
            int pending = i;
            await().atMost(PATIENCE)
                    .until(() -> quick.getItems().stream()
                            .anyMatch(change -> change instanceof Punches punches
                                    && punches.punches().getOrDefault("pending", 0L) == pending));
        }
        int before = quick.getItems().size();
        await().atMost(PATIENCE).until(() -> quick.getItems().size() > before + 3);

        // When
        slow.request(1);

        // Then
        await().atMost(PATIENCE).until(() -> slow.getItems().size() == 2);
        assertThat(slow.getItems().get(1))
                .isInstanceOfSatisfying(
                        Punches.class, told -> assertThat(told.punches()).containsEntry("pending", 5L));
    }

    @Test
    void one_more_than_there_is_room_for_is_refused() {
        // Given
        LiveChanges changes = changes(NEVER, NEVER);
        for (int i = 0; i < LiveListeners.MOST; i++) {
            listenerCalled("jane-" + i, changes, 1);
        }

        // When
        Throwable refusal = catchThrowable(() -> changes.listen("omar"));

        // Then
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        problem -> assertThat(problem.getResponse().getStatus()).isEqualTo(503));
        assertThat(changes.listeners()).isEqualTo(LiveListeners.MOST);
    }

    @Test
    void one_person_leaves_room_for_others() {
        // Given
        LiveChanges changes = changes(NEVER, NEVER);
        for (int i = 0; i < LiveListeners.MOST_OF_ONE; i++) {
            listener(changes);
        }

        // When
        Throwable refusal = catchThrowable(() -> changes.listen("jane"));

        // Then
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        problem -> assertThat(problem.getResponse().getStatus()).isEqualTo(429));
        awaitPending(listenerCalled("omar", changes, Long.MAX_VALUE), 0);
    }

    @Test
    void who_took_a_stream_before_the_last_place_was_gone_is_not_taken_beyond_it() {
        // Given
        LiveChanges changes = changes(NEVER, NEVER);
        List<Multi<LiveChange>> promised = new ArrayList<>();
        for (int i = 0; i <= LiveListeners.MOST_OF_ONE; i++) {
            promised.add(changes.listen("jane"));
        }

        // When
        List<AssertSubscriber<LiveChange>> all = promised.stream()
                .map(stream -> stream.subscribe().withSubscriber(AssertSubscriber.<LiveChange>create(1)))
                .toList();

        // Then
        all.get(LiveListeners.MOST_OF_ONE).awaitCompletion(PATIENCE).assertHasNotReceivedAnyItem();
        assertThat(changes.listeners()).isEqualTo(LiveListeners.MOST_OF_ONE);
    }

    @Test
    void a_stream_ends_after_a_quarter_of_an_hour_so_that_who_listens_proves_anew_that_he_may() {
        // Given
        LiveChanges changes = changes(NEVER, NEVER);
        AssertSubscriber<LiveChange> early = listener(changes);
        awaitPending(early, 0);
        clock.step(Duration.ofMinutes(14));
        AssertSubscriber<LiveChange> later = listener(changes);
        awaitPending(later, 0);

        // When
        clock.step(Duration.ofMinutes(1));

        // Then
        early.awaitCompletion(PATIENCE);
        assertThat(early.getItems()).hasSize(2).last().isInstanceOf(ComeAgain.class);
        await().atMost(PATIENCE).until(() -> changes.listeners() == 1);
        assertThat(later.getItems()).hasSize(1);
    }

    @Test
    void nobody_looks_while_nobody_listens() {
        // Given
        LiveChanges changes = changes(1, NEVER);
        AssertSubscriber<LiveChange> first = listener(changes);
        AssertSubscriber<LiveChange> second = listener(changes);
        first.cancel();
        assertThat(changes.isLooking()).isTrue();

        // When
        second.cancel();

        // Then
        assertThat(changes.listeners()).isZero();
        assertThat(changes.isLooking()).isFalse();
    }

    @Test
    void at_the_end_all_are_told_and_nobody_is_taken_any_more() {
        // Given
        LiveChanges changes = changes(1, NEVER);
        AssertSubscriber<LiveChange> listener = listener(changes);

        // When
        changes.end();

        // Then
        listener.awaitCompletion(PATIENCE);
        assertThat(changes.isLooking()).isFalse();
        assertThat(catchThrowable(() -> changes.listen("jane"))).isInstanceOf(WebApplicationException.class);
    }
}
