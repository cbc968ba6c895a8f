package io.punchbridge.inbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * One connection that writes, used by one thread at a time in the order of asking, and a few that read beside it. WAL
 * lets readers see the last commit without waiting for the writer.
 */
final class SqliteConnections implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SqliteConnections.class);
    private static final int READERS = 4;
    private static final int SYNCHRONOUS_FULL = 2;
    /** Pages of 4 KiB. Rarer than SQLite's 1000, since one commit in so many waits for the copying. */
    private static final int CHECKPOINT_PAGES = 4000;
    /** Bytes that a log, grown while a long read held it, is cut back to. */
    private static final int LOG_SIZE = 64 << 20;

    /** Holds the growing ends of table and indexes, and the inner pages on the way to a repeat's old row. */
    private static final int WRITER_CACHE_KIB = 16_384;

    private final Path file;
    private final SqliteFailures failures;
    private final SQLiteDataSource dataSource;

    private final ReentrantLock writeLock = new ReentrantLock(true);
    private @Nullable Handle writer;

    private final Semaphore readPermits = new Semaphore(READERS, true);
    private final ConcurrentLinkedDeque<Handle> idleReaders = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SqliteConnections(Path file, Duration busyTimeout) {
        this.file = file;
        this.failures = new SqliteFailures(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        config.setGetGeneratedKeys(false);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setJournalSizeLimit(LOG_SIZE);
        this.dataSource = new SQLiteDataSource(config);
        this.dataSource.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    }

    void migrate() {
        try {
            open().close();
            Migrations.apply(dataSource, "db/sqlite");
        } catch (RuntimeException | SQLException e) {
            throw failures.explain(e);
        }
    }

    <T extends @Nullable Object> T write(HandleCallback<T, SQLException> work) {
        writeLock.lock();
        try {
            Handle handle = writer();
            try {
                execute(handle, "BEGIN IMMEDIATE");
                T result = work.withHandle(handle);
                execute(handle, "COMMIT");
                return result;
            } catch (RuntimeException | SQLException e) {
                rollBack(handle, e);
                throw failures.explain(e);
            }
        } finally {
            writeLock.unlock();
        }
    }

    /** A connection that can't be rolled back, or may be broken, is replaced when the next write asks for one. */
    private void rollBack(Handle handle, Exception cause) {
        boolean suspect = SqliteFailures.isConnectionSuspect(cause);
        try {
            execute(handle, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite rolled back by itself, as it does when the disk is full, or never began.
            LOG.debugf(e, "No roll-back after a failed transaction on %s", file);
            suspect |= !SqliteFailures.isFull(cause);
        }
        if (suspect) {
            writer = null;
            closeQuietly(handle);
        }
    }

    private static void execute(Handle handle, String sql) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        }
    }

    private Handle writer() {
        Handle current = writer;
        if (current == null) {
            current = openHandle();
            current.execute("PRAGMA cache_size = -" + WRITER_CACHE_KIB);
            writer = current;
        }
        return current;
    }

    <T extends @Nullable Object> T read(HandleCallback<T, SQLException> work) {
        readPermits.acquireUninterruptibly();
        try {
            Handle idle = idleReaders.poll();
            Handle handle = idle == null ? openHandle() : idle;
            boolean healthy = false;
            try {
                T result = work.withHandle(handle);
                healthy = true;
                return result;
            } catch (RuntimeException | SQLException e) {
                throw failures.explain(e);
            } finally {
                if (healthy && !closed) {
                    idleReaders.push(handle);
                } else {
                    closeQuietly(handle);
                }
            }
        } finally {
            readPermits.release();
        }
    }

    private Handle openHandle() {
        if (closed) {
            throw new StorageException("The punch database " + file + " is closed: Punchbridge is stopping.");
        }
        try {
            Connection connection = open();
            return Jdbi.create(connection).open();
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    private Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            verifyDurability(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** SQLite keeps silent about a setting that it did not take, e.g. WAL on a file system without shared memory. */
    private void verifyDurability(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String journalMode = ask(statement, "PRAGMA journal_mode");
            String synchronous = ask(statement, "PRAGMA synchronous");
            if (!journalMode.equals("wal") || !synchronous.equals(Integer.toString(SYNCHRONOUS_FULL))) {
                throw new StorageException(
                        "The punch database " + file + " can't be written durably here: journal mode "
                                + journalMode + " instead of wal, synchronous " + synchronous + " instead of "
                                + SYNCHRONOUS_FULL + ". Put it on a local disk.");
            }
        }
    }

    private static String ask(Statement statement, String pragma) throws SQLException {
        try (ResultSet answer = statement.executeQuery(pragma)) {
            answer.next();
            return answer.getString(1);
        }
    }

    void onWriteConnection(String sql) {
        writeLock.lock();
        try {
            writer().execute(sql);
        } finally {
            writeLock.unlock();
        }
    }

    private void closeQuietly(Handle handle) {
        try {
            handle.getConnection().close();
        } catch (SQLException e) {
            LOG.warnf(e, "A connection to %s could not be closed", file);
        }
    }

    @Override
    public void close() {
        closed = true;
        readPermits.acquireUninterruptibly(READERS);
        idleReaders.forEach(this::closeQuietly);
        idleReaders.clear();
        readPermits.release(READERS);
        writeLock.lock();
        try {
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
        } finally {
            writeLock.unlock();
        }
    }
}
