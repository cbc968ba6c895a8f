package io.punchbridge.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.provider.sql.SqlConfiguration;
import net.javacrumbs.shedlock.provider.sql.SqlStatementsSource;
import net.javacrumbs.shedlock.support.StorageAccessor;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;

/**
 * ShedLock with its own statements for PostgreSQL, run on the store's connections. Its times are the database's, so that
 * clocks of replicas don't matter.
 */
final class PostgresClusterLock implements ClusterLock {
    private final StorageBasedLockProvider locks;
    private final Clock clock;

    /** @param me differs from that of every other process */
    PostgresClusterLock(PostgresPunchStore store, String me, Clock clock) {
        this.locks = new Provider(new Table(store, SqlStatementsSource.create(new Configuration(me))));
        this.clock = clock;
    }

    @Override
    public boolean runExclusively(String name, Duration atMost, Runnable job) {
        Instant now = clock.instant();
        Optional<SimpleLock> lock = locks.lock(new LockConfiguration(now, name, atMost, Duration.ZERO));
        if (lock.isEmpty()) {
            return false;
        }
        try {
            job.run();
            return true;
        } finally {
            lock.get().unlock();
        }
    }

    private static final class Provider extends StorageBasedLockProvider {
        Provider(StorageAccessor table) {
            super(table);
        }
    }

    private static final class Configuration extends SqlConfiguration {
        Configuration(String me) {
            super(
                    DatabaseProduct.POSTGRES_SQL,
                    false,
                    DEFAULT_TABLE_NAME,
                    null,
                    new ColumnNames("name", "lock_until", "locked_at", "locked_by"),
                    me,
                    true);
        }
    }

    private record Table(PostgresPunchStore store, SqlStatementsSource statements) implements StorageAccessor {
        @Override
        public boolean insertRecord(LockConfiguration lock) {
            return execute(statements.getInsertStatement(), lock);
        }

        @Override
        public boolean updateRecord(LockConfiguration lock) {
            return execute(statements.getUpdateStatement(), lock);
        }

        @Override
        public void unlock(LockConfiguration lock) {
            execute(statements.getUnlockStatement(), lock);
        }

        private boolean execute(String sql, LockConfiguration lock) {
            return store.write(handle -> handle.createUpdate(sql)
                            .bindMap(statements.params(lock))
                            .execute())
                    > 0;
        }
    }
}
