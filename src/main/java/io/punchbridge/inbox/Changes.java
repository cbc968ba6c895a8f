package io.punchbridge.inbox;

import io.punchbridge.punch.PunchState;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** By how much one transaction changes the number of punches in each state. */
final class Changes {
    private final Map<PunchState, Long> byState = new EnumMap<>(PunchState.class);

    void add(PunchState state, long punches) {
        byState.merge(state, punches, Long::sum);
    }

    void move(PunchState from, PunchState to) {
        add(from, -1);
        add(to, 1);
    }

    /** In the order of the states, so that no two transactions wait for each other's rows. */
    void write(Handle handle, int slot) {
        byState.values().removeIf(punches -> punches == 0);
        if (byState.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO punch_count (state, slot, n) VALUES (?, ?, ?)
                ON CONFLICT (state, slot) DO UPDATE SET n = punch_count.n + excluded.n""");
        byState.forEach((state, punches) -> batch.add(state.name(), slot, punches));
        batch.execute();
    }
}
