package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Run.State;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends HistoryContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }

    @Test
    void what_an_earlier_process_left_running_is_interrupted_at_the_start() {
        // Given
        Run run = begin();
        store.close();

        // When
        openHistory();

        // Then
        assertThat(stored(run).state()).isEqualTo(State.INTERRUPTED);
        assertThat(stored(run).endedAt()).isEqualTo(clock.instant());
    }

    @Test
    void what_a_page_brings_wakes_those_who_listen_to_the_inbox() {
        // Given
        GroupCommitInbox inbox = GroupCommitInbox.start(store);
        AtomicInteger woken = new AtomicInteger();
        inbox.onNewPunches(woken::incrementAndGet);
        History ofTheService = new InboxProducer().history(inbox, clock);
        Run run = began(ofTheService.begin(plan(Run.Trigger.SCHEDULE)));

        // When
        ofTheService.keep(run.id(), page(punch("1", FROM)));

        // Then
        inbox.close();
        assertThat(woken).hasValue(1);
    }
}
