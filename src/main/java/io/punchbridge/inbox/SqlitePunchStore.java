package io.punchbridge.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * Punches in one SQLite file that belongs to this process alone. What a transaction stored survives a crash of the
 * process, of the operating system and of the power (WAL with {@code synchronous=FULL}), as far as the disk keeps what
 * it confirmed to {@code fsync}.
 */
final class SqlitePunchStore extends SqlPunchStore {

    static final String SELECT_CLAIMABLE = """
            SELECT * FROM punch
            WHERE state = 'PENDING'
                AND (not_before IS NULL OR not_before <= :now OR not_before > :far)
                AND (claimed_by IS NULL OR claimed_by <> :me OR claimed_until <= :now)
                AND NOT EXISTS (SELECT 1 FROM delivery_pause)
            ORDER BY priority, punch_key LIMIT :limit""";

    private final DatabaseLock lock;
    private final SqliteConnections connections;
    private final ClusterLock clusterLock = new SqliteClusterLock();

    private SqlitePunchStore(DatabaseLock lock, SqliteConnections connections, Clock clock, Duration lease) {
        super(clock, lease);
        this.lock = lock;
        this.connections = connections;
    }

    /**
     * Opens the file, which is made if it is missing, and brings it to this version's schema.
     *
     * @param lease how long a claim stands without its settlement
     * @throws StorageException if that can't be done, e.g. since another process has the file
     */
    static SqlitePunchStore open(Path file, Clock clock, Duration lease) {
        return open(file, clock, lease, Duration.ofSeconds(5));
    }

    /** @param busyTimeout how long a transaction waits for a foreign program's lock on the file */
    static SqlitePunchStore open(Path file, Clock clock, Duration lease, Duration busyTimeout) {
        makeDirectory(file);
        DatabaseLock lock = DatabaseLock.acquire(file);
        boolean opened = false;
        try {
            SqliteConnections connections = new SqliteConnections(file, busyTimeout);
            connections.migrate();
            opened = true;
            return new SqlitePunchStore(lock, connections, clock, lease);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static void makeDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "The directory of the punch database " + file
                            + " can't be made, so no punch can be stored. Make it and give this user write access, or set"
                            + " punchbridge.storage.sqlite.file to a place where it has.",
                    e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(HandleCallback<T, SQLException> work) {
        return connections.write(work);
    }

    @Override
    public <T extends @Nullable Object> T read(HandleCallback<T, SQLException> work) {
        return connections.read(work);
    }

    /** One process has the file, so that claims of any other were left by one that is dead. */
    @Override
    String selectClaimable() {
        return SELECT_CLAIMABLE;
    }

    @Override
    boolean isAlone() {
        return true;
    }

    @Override
    int countSlot() {
        return 0;
    }

    @Override
    public ClusterLock clusterLock() {
        return clusterLock;
    }

    /** Runs SQL on the one connection that writes, for tests that bring it into distress. */
    void onWriteConnection(String sql) {
        connections.onWriteConnection(sql);
    }

    @Override
    public void close() {
        try {
            connections.close();
        } finally {
            lock.close();
        }
    }
}
