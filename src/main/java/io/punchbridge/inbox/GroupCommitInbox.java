package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UnreadablePunch;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets all arrivals that come during one commit share the next: one thread stores whatever waits, at once and in one
 * transaction. Nothing is ever held back to fill a batch.
 *
 * <p>Stages are completed by a second thread, in the order of the commits, so that answering one batch and storing the
 * next go on side by side.
 */
final class GroupCommitInbox implements Inbox, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommitInbox.class);

    private static final int ARRIVALS_A_COMMIT = 512;
    /** Keeps a commit, and with it the wait of the next arrivals, short when arrivals are large. */
    private static final int WEIGHT_A_COMMIT = 4096;
    /**
     * Bounds the memory of what waits: one a punch, and one for each half KiB of free content. The one arrival that passes
     * it is still taken: a large one must not be turned away again and again because small ones come between.
     */
    private static final int WEIGHT_WAITING = 20_000;

    private static final int CONTENT_CHARS_A_WEIGHT = 512;
    private static final long STOP_SECONDS = 15;

    private record Waiting(Arrival arrival, int weight, CompletableFuture<Stored> stored) {}

    private final PunchStore store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object monitor = new Object();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int queuedWeight;
    private boolean closed;

    private final Thread writer = new Thread(this::storeUntilClosed, "inbox-writer");
    private final ExecutorService answers =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "inbox-answers"));

    GroupCommitInbox(PunchStore store) {
        this.store = store;
    }

    static GroupCommitInbox start(PunchStore store) {
        GroupCommitInbox inbox = new GroupCommitInbox(store);
        inbox.writer.start();
        return inbox;
    }

    PunchStore punchStore() {
        return store;
    }

    @Override
    public CompletionStage<Stored> store(Arrival arrival) {
        Waiting waiting = new Waiting(arrival, weight(arrival), new CompletableFuture<>());
        String refusal = enqueue(waiting);
        return refusal == null ? waiting.stored() : CompletableFuture.failedFuture(new StorageException(refusal));
    }

    private @Nullable String enqueue(Waiting waiting) {
        synchronized (monitor) {
            if (closed) {
                return "Punchbridge is stopping and stores nothing new. The gateway sends it again.";
            }
            if (queuedWeight > WEIGHT_WAITING) {
                return "The storage is busy: " + queue.size()
                        + " arrivals wait to be written already. The gateway sends this one again.";
            }
            queue.add(waiting);
            queuedWeight += waiting.weight();
            monitor.notifyAll();
            return null;
        }
    }

    private static int weight(Arrival arrival) {
        long chars = 0;
        for (UnreadablePunch unreadable : arrival.unreadable()) {
            chars += unreadable.content().length();
        }
        for (DeviceEvent event : arrival.events()) {
            chars += event.content().length();
        }
        int rows = arrival.punches().size()
                + arrival.unreadable().size()
                + arrival.events().size();
        return Math.toIntExact(1 + rows + chars / CONTENT_CHARS_A_WEIGHT);
    }

    private void storeUntilClosed() {
        List<Waiting> batch = nextBatch();
        while (!batch.isEmpty()) {
            storeTogether(batch);
            batch = nextBatch();
        }
    }

    /** Waits for arrivals; empty only when closed and all are stored. */
    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>();
        synchronized (monitor) {
            while (queue.isEmpty() && !closed) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    // Only close() ends this thread: an acknowledgement may hang on each arrival in the queue.
                    LOG.debug("Interrupted while waiting for arrivals; going on", e);
                }
            }
            int weight = 0;
            Waiting next = queue.peek();
            while (next != null
                    && batch.size() < ARRIVALS_A_COMMIT
                    && (batch.isEmpty() || weight + next.weight() <= WEIGHT_A_COMMIT)) {
                batch.add(queue.remove());
                weight += next.weight();
                next = queue.peek();
            }
            queuedWeight -= weight;
        }
        return batch;
    }

    private void storeTogether(List<Waiting> batch) {
        try {
            List<Stored> stored =
                    store.append(batch.stream().map(Waiting::arrival).toList());
            answers.execute(() -> answer(batch, stored));
        } catch (Throwable failure) {
            // Whatever it was, these senders need an answer and the next arrivals a living writer.
            StorageException refusal = failure instanceof StorageException known
                    ? known
                    : new StorageException(
                            "The storage failed unexpectedly; nothing of this arrival was kept.", failure);
            answers.execute(() -> batch.forEach(waiting -> waiting.stored().completeExceptionally(refusal)));
        }
    }

    private void answer(List<Waiting> batch, List<Stored> stored) {
        boolean anyNew = false;
        for (int i = 0; i < batch.size(); i++) {
            anyNew |= stored.get(i).newPunches() > 0;
            batch.get(i).stored().complete(stored.get(i));
        }
        if (anyNew) {
            tellListeners();
        }
    }

    /** After a commit that made punches pending, by whichever way they came. */
    void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("A listener of new punches failed; they are stored and will be found by the next claim", e);
            }
        }
    }

    @Override
    public void onNewPunches(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public List<WaitingPunch> claim(int limit) {
        return store.claim(limit);
    }

    @Override
    public void settle(Collection<Settlement> settlements, Collection<Attempted> attempts) {
        store.settle(settlements, attempts);
    }

    @Override
    public boolean renew(Collection<PunchKey> keys) {
        return store.renew(keys);
    }

    @Override
    public List<WaitingPunch> inState(PunchState state, @Nullable PunchKey after, int limit) {
        return store.inState(state, after, limit);
    }

    @Override
    public int release(Collection<PunchKey> keys, PunchState from) {
        int released = store.release(keys, from);
        if (released > 0) {
            tellListeners();
        }
        return released;
    }

    @Override
    public Map<PunchState, Long> counts() {
        return store.counts();
    }

    @Override
    public Optional<Instant> oldestPending() {
        return store.oldestPending();
    }

    @Override
    public Optional<StoredPunch> find(PunchKey key) {
        return store.find(key);
    }

    @Override
    public List<StoredEvent> recentEvents(int limit) {
        return store.recentEvents(limit);
    }

    @Override
    public void remember(String name, String value) {
        store.remember(name, value);
    }

    @Override
    public Optional<String> recall(String name) {
        return store.recall(name);
    }

    @Override
    public void probe() {
        store.probe();
    }

    /** Refuses new arrivals, stores and answers those that wait, then closes the storage. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        try {
            writer.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            answers.shutdown();
            if (writer.isAlive() || !answers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The storage did not come to rest in time; what was not answered was not acknowledged either");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }
}
