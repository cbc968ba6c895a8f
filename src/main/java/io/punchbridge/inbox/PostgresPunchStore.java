package io.punchbridge.inbox;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Punches in a PostgreSQL database that any number of replicas share. What a transaction stored is on the server's disk
 * when it returns, whatever {@code synchronous_commit} the database has set, as long as it runs with {@code fsync}.
 */
final class PostgresPunchStore extends SqlPunchStore {
    private static final Logger LOG = Logger.getLogger(PostgresPunchStore.class);

    private static final int CONNECTIONS = 8;
    private static final int COUNT_SLOTS = 64;

    /**
     * A holder's own claim does not end by a clock set back, as it may be sending still; another's that lies too far
     * ahead was made by a clock that was wrong.
     */
    static final String SELECT_CLAIMABLE = """
            SELECT * FROM punch
            WHERE state = 'PENDING'
                AND (not_before IS NULL OR not_before <= :now OR not_before > :far)
                AND (claimed_by IS NULL OR claimed_until <= :now
                    OR (claimed_by <> :me AND claimed_until > :farLease))
                AND NOT EXISTS (SELECT 1 FROM delivery_pause)
            ORDER BY priority, punch_key LIMIT :limit
            FOR UPDATE SKIP LOCKED""";

    /** Stronger levels of commit (of a server with standbys) stay as they are. No lock of ours is held for seconds. */
    private static final String SET_UP_SESSION = """
            SELECT CASE WHEN current_setting('synchronous_commit') = 'off'
                THEN set_config('synchronous_commit', 'on', false) END;
            SET lock_timeout = '10s'""";

    private final AgroalDataSource dataSource;
    private final Jdbi jdbi;
    private final PostgresFailures failures;
    private final ClusterLock clusterLock;

    private PostgresPunchStore(AgroalDataSource dataSource, PostgresFailures failures, Clock clock, Duration lease) {
        super(clock, lease);
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource);
        this.failures = failures;
        this.clusterLock = new PostgresClusterLock(this, me(), clock);
    }

    /**
     * Connects and brings the database to this version's schema; replicas that start together do so one after another.
     *
     * @param lease how long a claim stands without its settlement
     * @throws StorageException if that can't be done
     */
    static PostgresPunchStore open(PostgresSettings settings, Clock clock, Duration lease) {
        if (settings.url().toLowerCase(Locale.ROOT).contains("rewritebatchedinserts=true")) {
            throw new StorageException(
                    "punchbridge.storage.postgresql.url switches reWriteBatchedInserts on. Punchbridge"
                            + " could not tell new punches from repeats then; take it out.");
        }
        PostgresFailures failures = new PostgresFailures(settings);
        AgroalDataSource dataSource = dataSource(settings, failures);
        boolean opened = false;
        try {
            Migrations.apply(migrationSource(settings), "db/postgresql");
            PostgresPunchStore store = new PostgresPunchStore(dataSource, failures, clock, lease);
            store.warnIfNotDurable(settings);
            opened = true;
            return store;
        } catch (RuntimeException e) {
            throw failures.explain(e);
        } finally {
            if (!opened) {
                dataSource.close();
            }
        }
    }

    /** Apart from the pool, since a migration may take longer than an answer in daily work. */
    private static DataSource migrationSource(PostgresSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        source.setUser(settings.username());
        source.setPassword(settings.password());
        return source;
    }

    private static AgroalDataSource dataSource(PostgresSettings settings, PostgresFailures failures) {
        PostgreSQLExceptionSorter sorter = new PostgreSQLExceptionSorter();
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                            .acquisitionTimeout(Duration.ofSeconds(5))
                            // Finds connections that a restart of the database has cut.
                            .idleValidationTimeout(Duration.ofSeconds(1))
                            // A server that turned into a standby stays read-only: look for the primary anew.
                            .exceptionSorter(e -> sorter.isFatal(e) || "25006".equals(e.getSQLState()))
                            .connectionFactoryConfiguration(connection -> connect(connection, settings))));
        } catch (SQLException e) {
            throw failures.explain(e);
        }
    }

    /** The URL's own parameters win over the properties here. */
    private static AgroalConnectionFactoryConfigurationSupplier connect(
            AgroalConnectionFactoryConfigurationSupplier connection, PostgresSettings settings) {
        return connection
                .connectionProviderClass(Driver.class)
                .jdbcUrl(settings.url())
                .principal(new NamePrincipal(settings.username()))
                .credential(new SimplePassword(settings.password()))
                .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED)
                .initialSql(SET_UP_SESSION)
                .jdbcProperty("ApplicationName", "punchbridge")
                .jdbcProperty("connectTimeout", "5")
                .jdbcProperty("socketTimeout", "30")
                .jdbcProperty("tcpKeepAlive", "true")
                // The detail quotes values, which are personal data.
                .jdbcProperty("logServerErrorDetail", "false");
    }

    private void warnIfNotDurable(PostgresSettings settings) {
        String fsync = read(
                handle -> handle.createQuery("SHOW fsync").mapTo(String.class).one());
        if (!fsync.equals("on")) {
            LOG.warnf(
                    "%s runs with fsync=%s: a power cut or a crash of its machine loses acknowledged punches."
                            + " Set fsync=on in its postgresql.conf.",
                    settings.place(), fsync);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(HandleCallback<T, SQLException> work) {
        try {
            return jdbi.inTransaction(work);
        } catch (RuntimeException | SQLException e) {
            throw explain(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T read(HandleCallback<T, SQLException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (RuntimeException | SQLException e) {
            throw explain(e);
        }
    }

    /** A restart of the server cuts every connection: one failure is enough to try them all. */
    private RuntimeException explain(Exception failure) {
        if (PostgresFailures.isUnreachable(failure)) {
            dataSource.flush(FlushMode.INVALID);
        }
        return failures.explain(failure);
    }

    @Override
    String selectClaimable() {
        return SELECT_CLAIMABLE;
    }

    @Override
    boolean isAlone() {
        return false;
    }

    /** Spread, so that transactions that run together seldom wait for one count. */
    @Override
    int countSlot() {
        return ThreadLocalRandom.current().nextInt(COUNT_SLOTS);
    }

    @Override
    public ClusterLock clusterLock() {
        return clusterLock;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
