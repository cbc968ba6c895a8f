package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.DoorAnswer;
import io.punchbridge.testing.SettableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the door answers, and readiness says, while the storage fails under load; and what is there afterwards. */
class SqliteFaultsTest {
    private final SettableClock clock = new SettableClock(NINE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private SqlitePunchStore store;

    @SuppressWarnings("NullAway.Init")
    private GroupCommitInbox inbox;

    @SuppressWarnings("NullAway.Init")
    private SteadyCallers callers;

    @BeforeEach
    void serve() {
        serve(file());
    }

    private void serve(Path file) {
        store = SqlitePunchStore.open(file, clock, PunchStoreContract.LEASE, Duration.ofMillis(50));
        inbox = GroupCommitInbox.start(store);
        callers = new SteadyCallers(inbox, clock);
        callers.awaitAcknowledgements();
    }

    @AfterEach
    void end() {
        callers.close();
        inbox.close();
    }

    private Path file() {
        return directory.resolve("punchbridge.db");
    }

    @Test
    void fullDisk() throws Exception {
        // Given
        store.onWriteConnection("PRAGMA max_page_count = 1");
        callers.awaitRefusals();
        assertThatThrownBy(inbox::probe)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is full")
                .hasMessageContaining("Free some space");

        // When
        store.onWriteConnection("PRAGMA max_page_count = 1000000");

        // Then
        recovers();
    }

    private void recovers() throws InterruptedException {
        callers.awaitAcknowledgements();
        inbox.probe();
        assertThat(callers.lost()).isEmpty();
        assertThat(callers.answers()).containsExactlyInAnyOrder(DoorAnswer.DONE, DoorAnswer.NOT_STORED);
    }

    @Test
    void fileSystemWithoutSpace() throws Exception {
        // Given
        end();
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()))
                .as("a file system can only be mounted by root: this fault is NOT tested here")
                .isZero();
        try {
            serve(small.resolve("punchbridge.db"));
            callers.awaitRefusals();
            // Four at once find no room before one does.
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatThrownBy(inbox::probe)
                            .isInstanceOf(StorageException.class)
                            .hasMessageContaining("503")
                            .message()
                            .containsAnyOf("is full", "free space"));

            // When
            int enlarged = run("mount", "-o", "remount,size=64m", small.toString());

            // Then
            assertThat(enlarged).isZero();
            recovers();
        } finally {
            end();
            run("umount", small.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void readOnly() throws Exception {
        // Given
        callers.awaitAcknowledgements();

        // When
        store.onWriteConnection("PRAGMA query_only = 1");

        // Then
        callers.awaitRefusals();
        recovers();
    }

    @Test
    void lockedByAnotherProcess() throws Exception {
        // Given
        Process other = DatabaseHolder.lock(file());
        try {
            callers.awaitRefusals();
            assertThatThrownBy(inbox::probe)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is locked by another program")
                    .hasMessageContaining("End it");
        } finally {

            // When
            other.destroyForcibly().waitFor();
        }

        // Then
        recovers();
    }

    @Test
    void damagedFileIsToldAndNothingMoreIsAcknowledged() {
        // Given
        callers.awaitAcknowledgements();

        // When
        callers.between(() -> {
            // What a commit wrote between these steps would stand in the log and hide the damage of its pages.
            store.onWriteConnection("PRAGMA wal_checkpoint(TRUNCATE)");
            overwrite(file());
            store.onWriteConnection("PRAGMA shrink_memory");
        });

        // Then
        callers.awaitRefusals();
        assertThatThrownBy(inbox::probe)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("restore a backup");
    }

    private static void overwrite(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[(int) bytes.length()];
            Arrays.fill(noise, (byte) 0x5a);
            bytes.write(noise);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
