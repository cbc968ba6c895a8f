package io.punchbridge.inbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A real database with the roster's tables, for tests of other rooms. */
public final class RosterStore implements AutoCloseable {
    private final GroupCommitInbox inbox;
    private final PunchStore store;
    private final Clock clock;

    private RosterStore(PunchStore store, Clock clock) {
        this.store = store;
        this.inbox = GroupCommitInbox.start(store);
        this.clock = clock;
    }

    public static RosterStore open(Path file, Clock clock) {
        return new RosterStore(SqlitePunchStore.open(file, clock, Duration.ofMinutes(10)), clock);
    }

    public Inbox inbox() {
        return inbox;
    }

    public KnownUsers users() {
        return new SqlKnownUsers((Transactions) store, clock);
    }

    public UserCommands commands() {
        return new SqlUserCommands((Transactions) store, clock);
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    @Override
    public void close() {
        inbox.close();
    }
}
