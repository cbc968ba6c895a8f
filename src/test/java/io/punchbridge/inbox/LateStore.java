package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.Source;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A real database that notes late punches, for tests of other rooms. */
public final class LateStore implements AutoCloseable {
    private final SqlitePunchStore store;
    private final Clock clock;

    private LateStore(SqlitePunchStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public static LateStore open(Path file, Clock clock, Duration lateAfter) {
        SqlitePunchStore store = SqlitePunchStore.open(file, clock, Duration.ofMinutes(10));
        store.noteLate(new LateAfter(lateAfter));
        return new LateStore(store, clock);
    }

    public LatePunches latePunches() {
        return new SqlLatePunches(store);
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    /** It comes and waits. */
    public void receive(Punch punch) {
        store.append(List.of(new Arrival(Source.CALLBACK, clock.instant(), List.of(punch), List.of(), List.of())));
    }

    /** It comes, and is a check-in at once. */
    public void deliver(Punch punch, String employee, String checkin) {
        receive(punch);
        store.claim(1000);
        store.settle(List.of(Settlement.delivered(punch.key(), employee, checkin)));
    }

    @Override
    public void close() {
        store.close();
    }
}
