package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.gateway.DoorAnswer;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the door answers, and readiness says, while the database fails under load; and what is there afterwards. */
class PostgresFaultsTest {
    @SuppressWarnings("NullAway.Init")
    private static StoppablePostgres server;

    private final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    private PostgresPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private GroupCommitInbox inbox;

    @SuppressWarnings("NullAway.Init")
    private SteadyCallers callers;

    @BeforeAll
    static void startServer() throws Exception {
        server = StoppablePostgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void serve() {
        store = PostgresPunchStore.open(server.settings(), clock, PunchStoreContract.LEASE);
        inbox = GroupCommitInbox.start(store);
        callers = new SteadyCallers(inbox, clock);
        callers.awaitAcknowledgements();
    }

    @AfterEach
    void end() {
        callers.close();
        inbox.close();
    }

    @Test
    void databaseStoppedAtOnceAndStartedAgain() throws Exception {
        // Given
        server.stopImmediately();
        callers.awaitRefusals();
        assertThatThrownBy(inbox::probe)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("can't be reached")
                .hasMessageContaining("Check that it runs");

        // When
        server.startAgain();

        // Then
        recovers();
    }

    private void recovers() throws InterruptedException {
        callers.awaitAcknowledgements();
        inbox.probe();
        assertThat(callers.lost()).isEmpty();
        assertThat(callers.answers()).containsExactlyInAnyOrder(DoorAnswer.DONE, DoorAnswer.NOT_STORED);
        long rows = store.read(handle -> handle.createQuery("SELECT count(*) FROM punch")
                .mapTo(Long.class)
                .one());
        assertThat(inbox.counts()).containsEntry(PunchState.PENDING, rows);
    }

    @Test
    void databaseReadOnlyForAWhile() throws Exception {
        // Given
        allow("off");
        callers.awaitRefusals();
        assertThatThrownBy(inbox::probe).isInstanceOf(StorageException.class).hasMessageContaining("is read-only");

        // When
        allow("on");

        // Then
        recovers();
    }

    /** As a failover does: sessions that were open before don't change. */
    private void allow(String writing) throws Exception {
        server.execute(
                "ALTER DATABASE postgres SET default_transaction_read_only = " + (writing.equals("on") ? "off" : "on"));
        if (writing.equals("off")) {
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'punchbridge'");
        }
    }
}
