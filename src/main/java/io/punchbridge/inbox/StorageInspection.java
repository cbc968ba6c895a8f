package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Looks at a storage without changing what is in it: makes no database, runs no migration, takes no lock that a running
 * service would wait for. Beside a database that no service holds, SQLite makes an empty {@code -wal} and a {@code -shm},
 * which a reader may not remove; the next start takes them up. Of a file it opens the database alone, by SQLite; to open
 * and close it, or the lock file, in any other way would give up the locks of a service in this process.
 */
public final class StorageInspection {
    private static final int BUSY_MILLIS = 2000;
    private static final int SERVER_SECONDS = 10;
    /** How many steps of SQLite's machine a quick check may take: a few seconds' worth. */
    private static final long MOST_STEPS = 200_000_000;

    private static final String STANDBY =
            "It is a standby, which takes no writes. Let punchbridge.storage.postgresql.url"
                    + " name the primary (targetServerType=primary with several hosts).";

    private static final int STEPS_AT_ONCE = 1_000_000;

    private StorageInspection() {}

    /** Blocks for seconds at most. */
    public static StorageLook look(StorageSettings settings) {
        return switch (settings.engine()) {
            case SQLITE -> sqlite(settings.sqliteFile());
            case POSTGRESQL -> {
                PostgresSettings postgresql = settings.postgresql();
                yield postgresql == null
                        ? new StorageLook("PostgreSQL", Migrations.newest(), "No url, username and password are given.")
                        : postgresql(postgresql);
            }
        };
    }

    private static StorageLook sqlite(Path file) {
        Path absolute = file.toAbsolutePath();
        int newest = Migrations.newest();
        Path directory = existing(absolute.getParent());
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return new StorageLook(
                    absolute.toString(),
                    newest,
                    "This user can't write to the directory " + directory + ". Give it write access, or set"
                            + " punchbridge.storage.sqlite.file to a place where it has.");
        }
        if (!Files.exists(absolute)) {
            return new StorageLook(
                    absolute.toString(),
                    null,
                    null,
                    free(directory),
                    0,
                    newest,
                    StorageLook.Health.NOT_LOOKED,
                    null,
                    false,
                    Map.of());
        }
        if (!Files.isWritable(absolute)) {
            return new StorageLook(
                    absolute.toString(),
                    newest,
                    "This user can't write to the file. Make it belong to the user that runs Punchbridge.");
        }
        try (Connection connection = open(absolute)) {
            Long free = free(directory);
            int schema = schema(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'");
            String found = quickCheck(connection);
            StorageLook.Health health = found == null
                    ? StorageLook.Health.TOO_LARGE
                    : found.equals("ok") ? StorageLook.Health.SOUND : StorageLook.Health.DAMAGED;
            return new StorageLook(
                    absolute.toString(),
                    null,
                    null,
                    free,
                    schema,
                    newest,
                    health,
                    health == StorageLook.Health.DAMAGED ? found : null,
                    delivered(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'punch_count'"),
                    heard(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'device_state'"));
        } catch (SQLException failure) {
            return new StorageLook(absolute.toString(), newest, words(new SqliteFailures(file).explain(failure)));
        }
    }

    /** The directory, or the nearest above it that is there: a start makes those that are missing. */
    private static @Nullable Path existing(@Nullable Path directory) {
        Path place = directory;
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return place;
    }

    private static @Nullable Long free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException unknown) {
            return null;
        }
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    /** What SQLite says, or null if it took too long: a long read keeps the write-ahead log of a service from shrinking. */
    private static @Nullable String quickCheck(Connection connection) throws SQLException {
        Steps steps = new Steps();
        ProgressHandler.setHandler(connection, STEPS_AT_ONCE, steps);
        try {
            return text(connection, "PRAGMA quick_check(1)");
        } catch (SQLException interrupted) {
            if (steps.left > 0) {
                throw interrupted;
            }
            return null;
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    private static final class Steps extends ProgressHandler {
        private long left = MOST_STEPS;

        @Override
        protected int progress() {
            left -= STEPS_AT_ONCE;
            return left > 0 ? 0 : 1;
        }
    }

    private static StorageLook postgresql(PostgresSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        source.setUser(settings.username());
        source.setPassword(settings.password());
        source.setLoginTimeout(SERVER_SECONDS);
        source.setConnectTimeout(SERVER_SECONDS);
        source.setSocketTimeout(SERVER_SECONDS);
        try (Connection connection = source.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            String server = "PostgreSQL " + text(connection, "SHOW server_version");
            boolean standby = "t".equals(text(connection, "SELECT pg_is_in_recovery()"));
            int schema = schema(connection, "SELECT count(*) WHERE to_regclass('flyway_schema_history') IS NOT NULL");
            Map<SerialNumber, Instant> heard =
                    heard(connection, "SELECT count(*) WHERE to_regclass('device_state') IS NOT NULL");
            boolean delivered = delivered(connection, "SELECT count(*) WHERE to_regclass('punch_count') IS NOT NULL");
            String problem = standby ? STANDBY : schema == 0 ? cannotCreate(connection) : null;
            connection.rollback();
            return new StorageLook(
                    settings.place(),
                    problem,
                    server,
                    null,
                    schema,
                    Migrations.newest(),
                    StorageLook.Health.NOT_LOOKED,
                    null,
                    delivered,
                    heard);
        } catch (SQLException failure) {
            return new StorageLook(
                    settings.place(), Migrations.newest(), words(new PostgresFailures(settings).explain(failure)));
        }
    }

    /** Why the first start couldn't make its tables; null if it can. Since version 15 not everybody may in public. */
    private static @Nullable String cannotCreate(Connection connection) throws SQLException {
        String schema = text(connection, "SELECT current_schema()");
        if (schema == null) {
            return "The database has no schema that this user's search_path names, so no table can be made. Create one, or"
                    + " set the user's search_path.";
        }
        return "t".equals(text(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')"))
                ? null
                : "There are no tables yet, and this user may make none in the schema " + schema
                        + ". As the database's owner: GRANT CREATE, USAGE ON SCHEMA " + schema + " TO the user.";
    }

    private static String words(RuntimeException explained) {
        String message = explained.getMessage();
        return message == null ? explained.getClass().getSimpleName() : message;
    }

    private static int schema(Connection connection, String isThere) throws SQLException {
        if ("0".equals(text(connection, isThere))) {
            return 0;
        }
        String version = text(
                connection,
                "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = "
                        + (connection.getMetaData().getDatabaseProductName().equals("SQLite") ? "1" : "true"));
        return version == null ? 0 : Integer.parseInt(version);
    }

    /** History is left out: what Frappe had already was never written by us. */
    private static boolean delivered(Connection connection, String isThere) throws SQLException {
        return !"0".equals(text(connection, isThere))
                // The counts are few, and spare a walk through all punches where nothing is delivered.
                && !"0"
                        .equals(text(
                                connection, "SELECT coalesce(sum(n), 0) FROM punch_count WHERE state = 'DELIVERED'"))
                && text(connection, "SELECT 1 FROM punch WHERE state = 'DELIVERED' AND source = 'CALLBACK' LIMIT 1")
                        != null;
    }

    private static Map<SerialNumber, Instant> heard(Connection connection, String isThere) throws SQLException {
        Map<SerialNumber, Instant> heard = new LinkedHashMap<>();
        if ("0".equals(text(connection, isThere))) {
            return heard;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT device, coalesce(last_callback, last_event) FROM device_state"
                                + " WHERE coalesce(last_callback, last_event) IS NOT NULL ORDER BY device")) {
            while (row.next()) {
                heard.put(new SerialNumber(row.getString(1)), Instant.ofEpochMilli(row.getLong(2)));
            }
        }
        return heard;
    }

    private static @Nullable String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            return answer.next() ? answer.getString(1) : null;
        }
    }
}
