package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real store for tests of other rooms. To close it and to open it again is a restart of the service. */
public final class StoreOnDisk implements AutoCloseable {
    private final SqlitePunchStore store;
    private final History history;
    private final AtomicInteger wakes = new AtomicInteger();

    private StoreOnDisk(SqlitePunchStore store, Clock clock) {
        this.store = store;
        this.history = SqlHistory.open(store, clock, wakes::incrementAndGet);
    }

    public static StoreOnDisk open(Path directory, Clock clock) {
        return new StoreOnDisk(
                SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, Duration.ofMinutes(10)), clock);
    }

    public History history() {
        return history;
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    /** As a callback does. */
    public Stored append(Arrival arrival) {
        return store.append(List.of(arrival)).get(0);
    }

    /** How many punches there are, whatever became of them. */
    public long punches() {
        return store.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often delivery was woken. */
    public int wakes() {
        return wakes.get();
    }

    @Override
    public void close() {
        store.close();
    }
}
