package io.punchbridge.inbox;

import java.time.Clock;
import java.time.Duration;

/** Another process on one PostgreSQL, as far as other rooms see it. */
public final class Replica implements AutoCloseable {
    private final PostgresPunchStore store;

    private Replica(PostgresPunchStore store) {
        this.store = store;
    }

    public static Replica on(PostgresSettings database) {
        return new Replica(PostgresPunchStore.open(database, Clock.systemUTC(), Duration.ofMinutes(10)));
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    public Alerts alerts() {
        return new SqlAlerts(store);
    }

    public GatewayCalls gatewayCalls() {
        return new SqlGatewayCalls(store);
    }

    @Override
    public void close() {
        store.close();
    }
}
