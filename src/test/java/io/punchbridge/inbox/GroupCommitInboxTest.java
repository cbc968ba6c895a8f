package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group commit on a real database, whose commits the test can count, hold up and let fail. */
class GroupCommitInboxTest {
    private final SettableClock clock = new SettableClock(NINE);
    private final AtomicInteger commits = new AtomicInteger();
    private final Semaphore commitPermits = new Semaphore(0);
    private volatile @Nullable RuntimeException failure;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private GroupCommitInbox inbox;

    @BeforeEach
    void openInbox() {
        SqlitePunchStore sqlite =
                SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
        inbox = GroupCommitInbox.start(watched(sqlite));
    }

    @AfterEach
    void closeInbox() {
        letCommit();
        inbox.close();
    }

    private void letCommit() {
        commitPermits.release(1_000_000);
    }

    /** The store, with {@code append} waiting for a permit and failing on demand. */
    private PunchStore watched(PunchStore real) {
        return (PunchStore) Proxy.newProxyInstance(
                PunchStore.class.getClassLoader(), new Class<?>[] {PunchStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append")) {
                        commitPermits.acquire();
                        commits.incrementAndGet();
                        RuntimeException wanted = failure;
                        if (wanted != null) {
                            throw wanted;
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private CompletableFuture<Stored> store(Arrival arrival) {
        return inbox.store(arrival).toCompletableFuture();
    }

    private List<CompletableFuture<Stored>> storeEach(List<Punch> punches) {
        return punches.stream().map(punch -> store(live(NINE, punch))).toList();
    }

    @Test
    void arrivalsOfManyThreadsShareFewCommits() throws Exception {
        // Given
        int threads = 16;
        int each = 100;
        List<Punch> punches = punches(threads * each);
        CountDownLatch handedIn = new CountDownLatch(threads);
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        List<Future<List<CompletableFuture<Stored>>>> sent = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            List<Punch> mine = punches.subList(thread * each, (thread + 1) * each);
            sent.add(senders.submit(() -> {
                List<CompletableFuture<Stored>> stored = storeEach(mine);
                handedIn.countDown();
                return stored;
            }));
        }
        assertThat(handedIn.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        letCommit();

        // Then
        for (Future<List<CompletableFuture<Stored>>> stored : sent) {
            for (CompletableFuture<Stored> one : stored.get()) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(new Stored(1, 0, 0));
            }
        }
        senders.shutdown();
        assertThat(inbox.counts()).containsEntry(PunchState.PENDING, (long) threads * each);
        assertThat(commits.get()).isLessThanOrEqualTo(10);
    }

    @Test
    void nothingIsAcknowledgedBeforeItsCommit() throws Exception {
        // Given
        CompletableFuture<Stored> stored = store(live(NINE, punch("1", NINE)));
        await().until(commitPermits::hasQueuedThreads);
        assertThat(stored).isNotDone();

        // When
        letCommit();

        // Then
        assertThat(stored.get(30, TimeUnit.SECONDS)).isEqualTo(new Stored(1, 0, 0));
    }

    @Test
    void failedCommitRefusesItsArrivalsAndNoOthers() throws Exception {
        // Given
        failure = new StorageException("the disk is full");
        CompletableFuture<Stored> alone = store(live(NINE, punch("alone", NINE)));
        await().until(commitPermits::hasQueuedThreads);
        List<CompletableFuture<Stored>> together = storeEach(punches(5));
        commitPermits.release(2);
        for (CompletableFuture<Stored> refused : together) {
            assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
        failure = null;
        letCommit();

        // When
        CompletableFuture<Stored> next = store(live(NINE, punch("next", NINE)));

        // Then
        assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(new Stored(1, 0, 0));
        assertThat(alone).isCompletedExceptionally();
        assertThat(inbox.counts()).containsEntry(PunchState.PENDING, 1L);
    }

    @Test
    void unforeseenFailureIsAnsweredAndSurvivedToo() throws Exception {
        // Given
        failure = new IllegalStateException("a bug");
        letCommit();
        CompletableFuture<Stored> refused = store(live(NINE, punch("1", NINE)));
        assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageException.class);
        failure = null;

        // When
        CompletableFuture<Stored> next = store(live(NINE, punch("1", NINE)));

        // Then
        assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(new Stored(1, 0, 0));
    }

    @Test
    void refusesAtOnceWhenTooMuchWaits() {
        // Given
        CompletableFuture<Stored> inCommit = store(live(NINE, punches(15_000)));
        await().until(commitPermits::hasQueuedThreads);
        CompletableFuture<Stored> waiting = store(live(NINE, punches(15_000)));
        CompletableFuture<Stored> overTheBrim = store(live(NINE, punches(15_000)));

        // When
        CompletableFuture<Stored> tooMuch = store(live(NINE, punches(15_000)));

        // Then
        assertThatThrownBy(() -> tooMuch.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StorageException.class)
                .hasMessageContaining("The storage is busy");
        assertThat(inCommit).isNotDone();
        assertThat(waiting).isNotDone();
        assertThat(overTheBrim).isNotDone();
    }

    @Test
    void listenersHearOfNewPunchesAndNotOfRepeats() throws Exception {
        // Given
        AtomicInteger heard = new AtomicInteger();
        inbox.onNewPunches(() -> {
            heard.incrementAndGet();
            throw new IllegalStateException("a listener's bug stays the listener's");
        });
        letCommit();
        store(live(NINE, punch("1", NINE))).get(30, TimeUnit.SECONDS);
        store(live(NINE, punch("1", NINE))).get(30, TimeUnit.SECONDS);

        // When
        store(live(NINE, punch("2", NINE))).get(30, TimeUnit.SECONDS);

        // Then
        inbox.close();
        assertThat(heard).hasValue(2);
        openInbox();
    }

    @Test
    void closingStoresAndAnswersWhatWaitsAndRefusesTheRest() throws Exception {
        // Given
        CompletableFuture<Stored> inCommit = store(live(NINE, punch("first", NINE)));
        await().until(commitPermits::hasQueuedThreads);
        List<CompletableFuture<Stored>> waiting = storeEach(punches(50));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(inbox::close);
        await().until(() -> store(live(NINE, punch("late", NINE))).isCompletedExceptionally());

        // When
        letCommit();

        // Then
        closing.get(30, TimeUnit.SECONDS);
        assertThat(inCommit).isCompletedWithValue(new Stored(1, 0, 0));
        assertThat(waiting).allSatisfy(stored -> assertThat(stored).isCompletedWithValue(new Stored(1, 0, 0)));
        openInbox();
        assertThat(inbox.find(punches(50).get(49).key())).isPresent();
    }
}
