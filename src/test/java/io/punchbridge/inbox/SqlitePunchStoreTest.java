package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlitePunchStoreTest extends PunchStoreContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlitePunchStore open() {
        return open(file());
    }

    private Path file() {
        return directory.resolve("data").resolve("punchbridge.db");
    }

    private SqlitePunchStore open(Path file) {
        return SqlitePunchStore.open(file, clock, LEASE, Duration.ofMillis(50));
    }

    private SqlitePunchStore sqlite() {
        return (SqlitePunchStore) store;
    }

    @Test
    void secondOpenerIsRefused() throws IOException {
        // Given
        Path otherName = Files.createSymbolicLink(directory.resolve("other-name.db"), file());

        // When
        ThrowingCallable open = () -> open(otherName);

        // Then
        assertThatThrownBy(open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is in use by another Punchbridge")
                .hasMessageContaining("punchbridge.storage.sqlite.file");
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 0L);
    }

    @Test
    void secondProcessIsRefusedUntilTheFirstOneIsKilled() throws Exception {
        // Given
        store.close();
        Process holder = DatabaseHolder.start(file());
        try {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is in use by another Punchbridge");
        } finally {
            holder.destroyForcibly().waitFor();
        }

        // When
        store = open();

        // Then
        assertThat(store.find(punch("held", NINE).key())).isPresent();
    }

    @Test
    void commitsReachTheDisk() {
        // Given
        String full = "2";

        // When
        String synchronous = sqlite().write(handle ->
                handle.createQuery("PRAGMA synchronous").mapTo(String.class).one());

        // Then
        assertThat(synchronous).isEqualTo(full);
    }

    @Override
    void refusePastKeys() {
        sqlite().write(handle -> handle.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON past_key BEGIN SELECT RAISE(ABORT, 'refused'); END"));
    }

    @Test
    void purgingSearchesFromTheOldestPunchOn() {
        // Given
        String explain = "EXPLAIN QUERY PLAN "
                + SqlPurge.PURGEABLE_AFTER
                        .replaceAll(":(limit|before)\\b", "1")
                        .replaceAll(":(after|beforeKey)\\b", "'x'");

        // When
        List<String> plan = sqlite().read(handle -> handle.createQuery(explain)
                .map((row, context) -> row.getString("detail"))
                .list());

        // Then
        assertThat(plan).containsExactly("SEARCH punch USING PRIMARY KEY (punch_key>? AND punch_key<?)");
    }

    @ParameterizedTest
    @MethodSource("queriesOfDailyWork")
    void noQueryOfDailyWorkReadsDeliveredPunches(String query) {
        // Given
        String explain = "EXPLAIN QUERY PLAN "
                + query.replaceAll(":(limit|now|far)\\b", "1").replaceAll(":(me|after)\\b", "'x'");

        // When
        List<String> plan = sqlite().read(handle -> handle.createQuery(explain)
                .map((row, context) -> row.getString("detail"))
                .list());

        // Then
        assertThat(plan)
                .filteredOn(step -> step.contains(" punch"))
                .isNotEmpty()
                .allMatch(step -> step.contains("INDEX punch_"));
    }

    static Stream<String> queriesOfDailyWork() {
        return Stream.of(
                SqlitePunchStore.SELECT_CLAIMABLE,
                SqlPunchStore.OLDEST_PENDING,
                SqlPunchStore.PENDING_AFTER,
                SqlPunchStore.SET_ASIDE_AFTER.formatted(PunchState.HELD));
    }

    @Test
    void claimsOfADeadProcessAreVoidAtOnce() {
        // Given
        store.append(List.of(live(clock.instant(), punch("1", NINE))));
        store.claim(1);
        store.close();
        store = open();

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).inDoubtSince()).isEqualTo(clock.instant());
    }

    @Test
    void whatAKilledProcessLeavesHoldsAllThatWasAcknowledged() throws IOException {
        // Given
        store.append(List.of(live(clock.instant(), punches(500))));
        Path killed = Files.createDirectory(directory.resolve("killed"));
        for (String suffix : List.of("", "-wal")) {
            Files.copy(file().resolveSibling("punchbridge.db" + suffix), killed.resolve("punchbridge.db" + suffix));
        }
        store.close();

        // When
        store = open(killed.resolve("punchbridge.db"));

        // Then
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 500L);
        assertThat(store.claim(1000)).hasSize(500);
    }

    @Test
    void fullDiskRefusesAndRecoversWhenSpaceIsFreed() {
        // Given
        store.append(List.of(live(clock.instant(), punch("0", NINE))));
        sqlite().onWriteConnection("PRAGMA max_page_count = 40");
        List<Arrival> many = List.of(live(clock.instant(), punches(2000)));
        assertThatThrownBy(() -> store.append(many))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is full")
                .hasMessageContaining("Free some space");
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 1L);
        sqlite().onWriteConnection("PRAGMA max_page_count = 1000000");

        // When
        List<Stored> stored = store.append(many);

        // Then
        assertThat(stored).containsExactly(new Stored(1999, 1, 0));
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 2000L);
    }

    @Test
    void storageFullToTheLastPageIsNotReady() {
        // Given
        sqlite().onWriteConnection("PRAGMA max_page_count = 1");

        // When
        ThrowingCallable probe = store::probe;

        // Then
        assertThatThrownBy(probe).isInstanceOf(StorageException.class).hasMessageContaining("is full");
    }

    @Test
    void foreignLockRefusesAndRecoversWhenItIsGone() throws SQLException {
        // Given
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            foreign.createStatement().execute("BEGIN IMMEDIATE");
            assertThatThrownBy(store::probe)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is locked by another program");
            foreign.createStatement().execute("ROLLBACK");
        }

        // When
        store.probe();

        // Then
        assertThat(store.recall("probe")).isPresent();
    }

    @Test
    void readOnlyDatabaseRefusesAndRecovers() {
        // Given
        sqlite().onWriteConnection("PRAGMA query_only = 1");
        assertThatThrownBy(store::probe)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is read-only")
                .hasMessageContaining("goes on by itself");

        // When
        store.probe();

        // Then
        assertThat(store.recall("probe")).isPresent();
    }

    @Test
    void readOnlyFileIsRefusedAtStart() {
        // Given
        store.close();
        assumeThat(file().toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(file())).as("root writes to any file").isFalse();

        // When
        ThrowingCallable open = this::open;

        // Then
        assertThatThrownBy(open).isInstanceOf(StorageException.class).hasMessageContaining("read-only");
    }

    @Test
    void directoryThatCannotBeMadeIsRefusedAtStart() throws IOException {
        // Given
        Path notADirectory = Files.createFile(directory.resolve("file"));

        // When
        ThrowingCallable open = () -> open(notADirectory.resolve("punchbridge.db"));

        // Then
        assertThatThrownBy(open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("can't be made")
                .hasMessageContaining("punchbridge.storage.sqlite.file");
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedAtStartAndLeftAlone() throws IOException {
        // Given
        Path letter = directory.resolve("letter.db");
        Files.writeString(letter, "Dear reader, this is not a database. ".repeat(100));

        // When
        ThrowingCallable open = () -> open(letter);

        // Then
        assertThatThrownBy(open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is damaged or is not a database of Punchbridge");
        assertThat(letter).content().startsWith("Dear reader");
    }

    @Test
    void damagedFileIsToldAsSuch() throws IOException {
        // Given
        store.append(List.of(live(clock.instant(), punches(5000))));
        store.close();
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            // The schema lies in front, and must stay readable.
            int half = (int) bytes.length() / 2;
            byte[] noise = new byte[half];
            Arrays.fill(noise, (byte) 0x5a);
            bytes.seek(half);
            bytes.write(noise);
        }
        store = open();

        // When
        ThrowingCallable claim = () -> store.claim(5000);

        // Then
        assertThatThrownBy(claim)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(".recover");
    }
}
