package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of docs/operations.md to copy a SQLite store: what was acknowledged is in the copy, once. */
class BackupTest {
    private static final List<Punch> PUNCHES = punches(300);
    private static final int DELIVERED = 100;
    private static final int UNDER_WAY = 50;

    private final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private Path copy;

    @SuppressWarnings("NullAway.Init")
    private SqlitePunchStore store;

    @BeforeEach
    void somePunchesInEachState() throws IOException {
        file = Files.createDirectories(directory.resolve("data")).resolve("punchbridge.db");
        copy = Files.createDirectories(directory.resolve("backup")).resolve("punchbridge.db");
        store = open(file);
        store.append(List.of(live(clock.instant(), PUNCHES)));
        store.settle(store.claim(DELIVERED).stream()
                .map(waiting -> Settlement.delivered(
                        waiting.punch().key(),
                        "HR-EMP-00001",
                        "EMP-CKIN-" + waiting.punch().key()))
                .toList());
        store.claim(UNDER_WAY);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private SqlitePunchStore open(Path database) {
        return SqlitePunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    private void copyFiles(String... suffixes) throws IOException {
        for (String suffix : suffixes) {
            Path from = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(from)) {
                Files.copy(from, copy.resolveSibling(copy.getFileName() + suffix));
            }
        }
    }

    /** What people do with the program sqlite3. */
    private void vacuumInto(Path target) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + target + "'");
        }
    }

    private void assertEverythingIsThereOnce(Path database) {
        try (SqlitePunchStore restored = open(database)) {
            assertThat(restored.counts())
                    .containsEntry(PunchState.DELIVERED, (long) DELIVERED)
                    .containsEntry(PunchState.PENDING, (long) (PUNCHES.size() - DELIVERED));
            assertThat(restored.append(List.of(live(clock.instant(), PUNCHES)))
                            .get(0)
                            .newPunches())
                    .as("punches that the gateway sends again")
                    .isZero();
            // Those under way may have been sent: they are in doubt, so that they are looked up before they are sent.
            clock.forward(PunchStoreContract.LEASE.plusSeconds(1));
            List<WaitingPunch> waiting = restored.claim(PUNCHES.size());
            assertThat(waiting).hasSize(PUNCHES.size() - DELIVERED);
            assertThat(waiting.stream().filter(punch -> punch.inDoubtSince() != null))
                    .hasSize(UNDER_WAY);
        }
    }

    /** As after an upgrade that is taken back. */
    @Test
    void a_store_that_a_newer_version_has_migrated_is_opened() throws SQLException {
        // Given
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE of_a_newer_version (name TEXT)");
            statement.execute("ALTER TABLE event ADD COLUMN of_a_newer_version TEXT");
            statement.execute("""
                    INSERT INTO flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (999, '999', 'newer', 'SQL', 'V999__newer.sql', 1, '', 1, 1)""");
        }

        // When
        store = open(file);

        // Then
        assertThat(store.append(List.of(live(clock.instant(), PUNCHES))).get(0).newPunches())
                .isZero();
        assertThat(store.append(List.of(Samples.event(clock.instant(), Samples.userUpdated("1"))))
                        .get(0)
                        .newEvents())
                .isOne();
    }

    @Test
    void the_folder_of_a_stopped_service_is_a_backup() throws IOException {
        // Given
        store.close();

        // When
        copyFiles("", "-wal", "-shm");

        // Then
        assertEverythingIsThereOnce(copy);
    }

    @Test
    void a_snapshot_of_the_disk_under_a_running_service_is_a_backup() throws IOException {
        // When
        copyFiles("", "-wal", "-shm");

        // Then
        assertEverythingIsThereOnce(copy);
    }

    @Test
    void the_database_file_alone_is_none() throws IOException {
        // When
        copyFiles("");

        // Then
        try (SqlitePunchStore restored = open(copy)) {
            assertThat(restored.counts()).containsEntry(PunchState.PENDING, 0L);
        }
    }

    @Test
    void vacuum_into_beside_a_running_service_is_a_backup() throws SQLException {
        // When
        vacuumInto(copy);

        // Then
        assertEverythingIsThereOnce(copy);
    }

    @Test
    void vacuum_into_has_whatever_was_acknowledged_before_it_began_though_callbacks_go_on() throws Exception {
        // Given
        List<Punch> more = punches(5000).subList(PUNCHES.size(), 5000);
        List<Punch> acknowledged = new CopyOnWriteArrayList<>();
        CountDownLatch some = new CountDownLatch(50);
        AtomicBoolean goOn = new AtomicBoolean(true);
        ExecutorService gateway = Executors.newSingleThreadExecutor();
        Future<?> callbacks = gateway.submit(() -> {
            for (int i = 0; i < more.size() && goOn.get(); i++) {
                store.append(List.of(live(clock.instant(), more.get(i))));
                acknowledged.add(more.get(i));
                some.countDown();
            }
        });
        some.await();
        List<Punch> before = new ArrayList<>(acknowledged);

        // When
        vacuumInto(copy);

        // Then
        goOn.set(false);
        callbacks.get();
        gateway.shutdown();
        try (SqlitePunchStore restored = open(copy)) {
            assertThat(before).hasSizeGreaterThanOrEqualTo(50);
            assertThat(restored.append(List.of(live(clock.instant(), before)))
                            .get(0)
                            .newPunches())
                    .isZero();
            long inTheCopy = restored.counts().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(inTheCopy).isGreaterThanOrEqualTo(PUNCHES.size() + before.size());
            restored.append(List.of(live(clock.instant(), acknowledged)));
            assertThat(restored.counts())
                    .containsEntry(PunchState.PENDING, (long) (PUNCHES.size() - DELIVERED + acknowledged.size()));
        }
    }
}
