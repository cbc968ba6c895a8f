package io.punchbridge.inbox;

import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.History.WholeWindow;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A real database with punches, what is verified, and watermarks, for tests of other rooms. */
public final class WatermarkStore implements AutoCloseable {
    private final SqlitePunchStore store;
    private final History history;
    private final Clock clock;

    private WatermarkStore(SqlitePunchStore store, Clock clock) {
        this.store = store;
        this.history = SqlHistory.open(store, clock, () -> {});
        this.clock = clock;
    }

    public static WatermarkStore open(Path directory, Clock clock) {
        return new WatermarkStore(
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

    /** As reconciliation does it when a device's log came whole. */
    public void verify(SerialNumber device, Instant from, Instant until) {
        Run run = ((Begun.Began) history.begin(new Plan(device, Run.Trigger.SCHEDULE, from, until, 1))).run();
        history.whole(run.id(), new WholeWindow(until, until, 1));
        history.end(run.id(), Run.State.DONE, null);
    }

    public void store(Punch punch) {
        store.append(List.of(new Arrival(Source.LOAD_LOG, clock.instant(), List.of(punch), List.of(), List.of())));
    }

    /** Of all that wait. */
    public void settle(PunchState state) {
        store.settle(store.claim(1000).stream()
                .map(waiting -> waiting.punch().key())
                .map(key -> state == PunchState.DELIVERED
                        ? Settlement.delivered(key, "HR-EMP-1", "CKIN-" + key)
                        : Settlement.withReason(key, state, "Some reason."))
                .toList());
    }

    @Override
    public void close() {
        store.close();
    }
}
