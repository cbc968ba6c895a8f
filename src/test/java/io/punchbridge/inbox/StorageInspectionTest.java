package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.punchbridge.inbox.StorageLook.Health;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageInspectionTest {
    private static final Instant CALLED = Instant.parse("2026-11-24T05:00:00Z");
    private static final SettableClock CLOCK = new SettableClock(CALLED);
    private static final SerialNumber DEVICE = new SerialNumber("SN-1");

    @TempDir
    Path directory;

    private StorageLook look() {
        return StorageInspection.look(
                new StorageSettings(StorageSettings.Engine.SQLITE, directory.resolve("punchbridge.db"), null));
    }

    private SqlitePunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), CLOCK, Duration.ofMinutes(10));
    }

    private static DeviceStates.Kept heard() {
        return new DeviceStates.Kept(DEVICE, CALLED, CALLED, null, null, null, null, null);
    }

    @Test
    void a_storage_that_is_not_there_yet_is_not_made() throws IOException {
        // When
        StorageLook look = look();

        // Then
        assertThat(look.problem()).isNull();
        assertThat(look.schema()).isZero();
        assertThat(look.freeBytes()).isPositive();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_directory_that_a_start_would_make_is_not_made() {
        // When
        StorageLook look = StorageInspection.look(
                new StorageSettings(StorageSettings.Engine.SQLITE, directory.resolve("a/b/punchbridge.db"), null));

        // Then
        assertThat(look.problem()).isNull();
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void a_directory_that_is_a_file_is_a_problem() throws IOException {
        // Given
        Files.writeString(directory.resolve("data"), "");

        // When
        StorageLook look = StorageInspection.look(
                new StorageSettings(StorageSettings.Engine.SQLITE, directory.resolve("data/punchbridge.db"), null));

        // Then
        assertThat(look.problem()).contains("can't write to the directory");
    }

    @Test
    void a_storage_is_looked_at_while_a_service_holds_and_writes_it() throws SQLException {
        // Given
        try (SqlitePunchStore store = open()) {
            DeviceStates states = new SqlDeviceStates(store, CLOCK);
            states.merge(List.of(heard()));
            store.onWriteConnection("BEGIN IMMEDIATE");
            store.onWriteConnection("UPDATE device_state SET last_callback = 0");

            // When
            StorageLook look = look();

            // Then
            assertThat(look.problem()).isNull();
            assertThat(look.schema()).isEqualTo(Migrations.newest());
            assertThat(look.health()).isEqualTo(Health.SOUND);
            assertThat(look.heard()).containsEntry(DEVICE, CALLED);

            // and the service goes on
            store.onWriteConnection("COMMIT");
            states.merge(List.of(heard()));
            assertThat(states.all()).hasSize(1);
        }
    }

    @Test
    void a_second_service_is_kept_off_as_before() {
        // Given
        try (SqlitePunchStore store = open()) {
            look();

            // When
            Throwable thrown = catchThrowable(this::open);

            // Then
            assertThat(thrown).hasMessageContaining("in use by another Punchbridge");
            assertThat(store.isAlone()).isTrue();
        }
    }

    @Test
    void what_no_service_holds_is_read_and_can_be_started_from_afterwards() {
        // Given
        try (SqlitePunchStore store = open()) {
            new SqlDeviceStates(store, CLOCK).merge(List.of(heard()));
        }

        // When
        StorageLook look = look();

        // Then
        assertThat(look.schema()).isEqualTo(Migrations.newest());
        assertThat(look.heard()).containsOnlyKeys(DEVICE);
        try (SqlitePunchStore again = open()) {
            assertThat(new SqlDeviceStates(again, CLOCK).all()).hasSize(1);
        }
    }

    @Test
    void a_look_at_what_no_service_holds_leaves_nothing_but_what_sqlite_needs_to_read_it() throws IOException {
        // Given
        open().close();
        byte[] before = Files.readAllBytes(directory.resolve("punchbridge.db"));

        // When
        look();

        // Then
        assertThat(Files.readAllBytes(directory.resolve("punchbridge.db"))).isEqualTo(before);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> !file.endsWith("punchbridge.db") && !file.endsWith("punchbridge.db-shm")))
                    .allSatisfy(file -> assertThat(file).isEmptyFile());
        }
        open().close();
    }

    @Test
    void a_delivered_punch_of_a_device_is_told_and_history_is_not() throws SQLException {
        // Given
        open().close();
        execute("INSERT INTO punch (punch_key, device, source, priority, received_at, state)"
                + " VALUES ('K', 'SN-1', 'HISTORY', 1, 0, 'DELIVERED')");
        execute("INSERT OR REPLACE INTO punch_count (state, slot, n) VALUES ('DELIVERED', 0, 1)");
        boolean history = look().delivered();
        execute("UPDATE punch SET source = 'CALLBACK'");

        // When
        boolean callback = look().delivered();

        // Then
        assertThat(history).isFalse();
        assertThat(callback).isTrue();
    }

    @Test
    void a_later_schema_is_told_and_an_older_one_is_not_brought_up() throws SQLException {
        // Given
        open().close();
        execute("UPDATE flyway_schema_history SET version = '999' WHERE version = '" + Migrations.newest() + "'");

        // When
        StorageLook later = look();
        execute("DELETE FROM flyway_schema_history WHERE version = '999'");
        StorageLook older = look();

        // Then
        assertThat(later.schema()).isEqualTo(999);
        assertThat(older.schema()).isEqualTo(Migrations.newest() - 1);
        assertThat(look().schema()).isEqualTo(Migrations.newest() - 1);
    }

    @Test
    void what_is_no_database_is_a_problem() throws IOException {
        // Given
        Files.writeString(
                directory.resolve("punchbridge.db"), "not a database, but long enough to be read as one. ".repeat(90));

        // When
        StorageLook look = look();

        // Then
        assertThat(look.problem()).contains("damaged or is not a database");
    }

    @Test
    void what_a_dead_service_left_is_not_touched() throws IOException {
        // Given
        Path left = Files.createDirectory(directory.resolve("left"));
        try (SqlitePunchStore store = open()) {
            new SqlDeviceStates(store, CLOCK).merge(List.of(heard()));
            for (String name : List.of("punchbridge.db", "punchbridge.db-wal")) {
                Files.copy(directory.resolve(name), left.resolve(name));
            }
        }
        byte[] before = Files.readAllBytes(left.resolve("punchbridge.db"));

        // When
        StorageLook look = StorageInspection.look(
                new StorageSettings(StorageSettings.Engine.SQLITE, left.resolve("punchbridge.db"), null));

        // Then
        assertThat(look.heard()).containsOnlyKeys(DEVICE);
        assertThat(Files.readAllBytes(left.resolve("punchbridge.db"))).isEqualTo(before);
        assertThat(Files.size(left.resolve("punchbridge.db-wal"))).isPositive();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("punchbridge.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void postgresql_is_looked_at_and_not_migrated() throws SQLException {
        // Given
        PostgresSettings settings = PostgresServer.newDatabase();

        // When
        StorageLook look = look(settings);

        // Then
        assertThat(look.problem()).isNull();
        assertThat(look.server()).startsWith("PostgreSQL ");
        assertThat(look.schema()).isZero();
        try (Connection connection = DriverManager.getConnection(settings.url(), "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")) {
            tables.next();
            assertThat(tables.getInt(1)).isZero();
        }
    }

    @Test
    void a_user_that_may_make_no_tables_in_an_empty_database_is_a_problem() throws SQLException {
        // Given
        PostgresSettings owner = PostgresServer.newDatabase();
        try (Connection connection = DriverManager.getConnection(owner.url(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            statement.execute("CREATE ROLE may_make_nothing LOGIN PASSWORD 'a-password'");
        }

        // When
        StorageLook look = look(new PostgresSettings(owner.url(), "may_make_nothing", "a-password"));

        // Then
        assertThat(look.problem()).contains("may make none in the schema public", "GRANT CREATE");
        assertThat(look(owner).problem()).isNull();
    }

    @Test
    void postgresql_tells_its_schema_and_who_called_beside_a_service() {
        // Given
        PostgresSettings settings = PostgresServer.newDatabase();
        try (PostgresPunchStore store = PostgresPunchStore.open(settings, CLOCK, Duration.ofMinutes(10))) {
            new SqlDeviceStates(store, CLOCK).merge(List.of(heard()));

            // When
            StorageLook look = look(settings);

            // Then
            assertThat(look.problem()).isNull();
            assertThat(look.schema()).isEqualTo(Migrations.newest());
            assertThat(look.heard()).containsEntry(DEVICE, CALLED);
            assertThat(look.delivered()).isFalse();
        }
    }

    @Test
    void a_server_that_lets_nobody_in_is_a_problem_and_the_password_stays_secret() {
        // Given
        PostgresSettings right = PostgresServer.newDatabase();
        PostgresSettings wrong = new PostgresSettings(right.url() + "_missing", "postgres", "s3cret-password");

        // When
        StorageLook look = look(wrong);

        // Then
        assertThat(look.problem()).contains("does not exist");
        assertThat(look.toString()).doesNotContain("s3cret-password");
    }

    private StorageLook look(PostgresSettings settings) {
        return StorageInspection.look(
                new StorageSettings(StorageSettings.Engine.POSTGRESQL, directory.resolve("none"), settings));
    }
}
