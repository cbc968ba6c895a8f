package io.punchbridge.inbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The storage of a SQLite file, for tests of other rooms. */
public final class TestStore implements AutoCloseable {
    private final SqlitePunchStore store;
    private final GroupCommitInbox inbox;
    private final DeviceStates deviceStates;
    private final PunchSearch punchSearch;

    private TestStore(SqlitePunchStore store, Clock clock) {
        this.store = store;
        this.inbox = GroupCommitInbox.start(store);
        this.deviceStates = new SqlDeviceStates(store, clock);
        this.punchSearch = new SqlPunchSearch(store, clock);
    }

    public static TestStore open(Path file, Clock clock) {
        return new TestStore(SqlitePunchStore.open(file, clock, Duration.ofMinutes(10)), clock);
    }

    public Inbox inbox() {
        return inbox;
    }

    public DeviceStates deviceStates() {
        return deviceStates;
    }

    public PunchSearch punchSearch() {
        return punchSearch;
    }

    public ClusterLock clusterLock() {
        return store.clusterLock();
    }

    /** Whether the storage refuses to write from now on. */
    public void readOnly(boolean refuses) {
        store.onWriteConnection("PRAGMA query_only = " + (refuses ? 1 : 0));
    }

    @Override
    public void close() {
        inbox.close();
    }
}
