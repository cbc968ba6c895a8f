package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
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

    public OpenPunches openPunches() {
        return new SqlOpenPunches(store);
    }

    public Watermarks watermarks() {
        return new SqlWatermarks(store);
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    /** As a callback does. */
    public Stored append(Arrival arrival) {
        return store.append(List.of(arrival)).get(0);
    }

    public List<WaitingPunch> claim(int limit) {
        return store.claim(limit);
    }

    public void settle(Collection<Settlement> settlements) {
        store.settle(settlements);
    }

    public int release(Collection<PunchKey> keys, PunchState from) {
        return store.release(keys, from);
    }

    /** Keys of the readable punches in a state. */
    public List<PunchKey> keysIn(PunchState state) {
        return store.inState(state, null, 10_000).stream()
                .map(waiting -> waiting.punch().key())
                .toList();
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
