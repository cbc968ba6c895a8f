package io.punchbridge.attendance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;

/** How the report of late punches stands; read from the store, so that every replica shows the same. */
@ApplicationScoped
class LateGauges {
    private final LatePunches store;
    private final MeterRegistry metrics;
    private volatile Map<LateEntry.State, Long> byState = Map.of();
    private volatile long candidates;
    private volatile long stuck;

    LateGauges(LatePunches store, MeterRegistry metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    void register() {
        for (LateEntry.State state : LateEntry.State.values()) {
            Gauge.builder("punchbridge.late.punches", () -> byState.getOrDefault(state, 0L))
                    .description("Days of employees whose attendance was made without some of their punches, by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
        Gauge.builder("punchbridge.late.punches.candidates", () -> candidates)
                .description("Punches that were delivered late, of which it isn't known yet whether too late")
                .register(metrics);
        Gauge.builder("punchbridge.late.punches.stuck", () -> stuck)
                .description(
                        "Repairs that aren't through after several tries; a person may have no attendance meanwhile")
                .register(metrics);
    }

    void read() {
        byState = store.counts();
        candidates = store.candidateCount();
        stuck = store.countTried(LateVerdicts.MANY_TRIES);
    }
}
