package io.punchbridge.packaged;

import io.punchbridge.inbox.PostgresServer;
import io.punchbridge.inbox.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The engines on which the packaged service is put to the test. */
enum Engine {
    SQLITE {
        @Override
        Store newStore() {
            return new Store(
                    Map.of("PUNCHBRIDGE_STORAGE_ENGINE", "sqlite", "PUNCHBRIDGE_STORAGE_SQLITE_FILE", "punches.db"),
                    () -> {});
        }
    },
    POSTGRESQL {
        @Override
        Store newStore() {
            PostgresSettings database = PostgresServer.newDatabase();
            return new Store(
                    Map.of(
                            "PUNCHBRIDGE_STORAGE_ENGINE",
                            "postgresql",
                            "PUNCHBRIDGE_STORAGE_POSTGRESQL_URL",
                            database.url(),
                            "PUNCHBRIDGE_STORAGE_POSTGRESQL_USERNAME",
                            database.username(),
                            "PUNCHBRIDGE_STORAGE_POSTGRESQL_PASSWORD",
                            database.password()),
                    () -> run(database, END_LEASES));
        }
    };

    /** A service that was killed before it had made its tables left no leases either. */
    private static final String END_LEASES = """
            DO $$ BEGIN
                IF to_regclass('punch') IS NOT NULL THEN
                    UPDATE punch SET claimed_until = 0 WHERE claimed_by IS NOT NULL;
                END IF;
            END $$""";

    /**
     * An empty store, given to any number of services, one after the other.
     *
     * @param settings environment of a service that uses it
     * @param leasesEnd lets the time pass after which a dead replica loses its claims: ten minutes are long for a test.
     *     Not while a living one has claims. On SQLite, claims of the dead end by themselves with their process
     */
    record Store(Map<String, String> settings, Runnable leasesEnd) {
        void endLeases() {
            leasesEnd.run();
        }
    }

    abstract Store newStore();

    private static void run(PostgresSettings database, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(database.url(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
