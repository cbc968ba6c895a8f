package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Kept;
import io.punchbridge.inbox.History.Signal;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Run.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Also shows what two replicas do to each other's runs. */
class PostgresHistoryTest extends HistoryContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore otherStore;

    @SuppressWarnings("NullAway.Init")
    private History other;

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @BeforeEach
    void openOther() {
        otherStore = open();
        other = SqlHistory.open(otherStore, clock, () -> {});
    }

    @AfterEach
    void closeOther() {
        otherStore.close();
    }

    @Test
    void a_replica_that_starts_leaves_the_other_s_run_alone() {
        // Given
        Run run = begin();

        // When
        SqlHistory.open(otherStore, clock, () -> {});

        // Then
        assertThat(stored(run).state()).isEqualTo(State.RUNNING);
        assertThat(other.begin(plan(Trigger.PERSON))).isEqualTo(new Begun.Busy(run));
    }

    @Test
    void a_replica_takes_over_from_one_that_is_dead() {
        // Given
        Run dead = begin();
        clock.forward(RunRows.LEASE);

        // When
        Begun next = other.begin(plan(Trigger.SCHEDULE));

        // Then
        assertThat(next).isInstanceOf(Begun.Began.class);
        assertThat(history.keep(dead.id(), page(punch("1", FROM)))).isEqualTo(new Kept(Signal.OVER, 0, 0));
    }

    @Test
    void a_lease_that_a_wrong_clock_gave_stands_in_nobody_s_way() {
        // Given
        clock.forward(Duration.ofDays(300));
        begin();
        clock.back(Duration.ofDays(300));

        // When
        Begun next = other.begin(plan(Trigger.SCHEDULE));

        // Then
        assertThat(next).isInstanceOf(Begun.Began.class);
    }

    @Test
    void a_holder_whose_clock_went_back_keeps_its_run() {
        // Given
        Run run = begin();
        clock.back(Duration.ofDays(300));

        // When
        history.interruptDead();

        // Then
        assertThat(history.alive(run.id())).isEqualTo(Signal.GO_ON);
    }

    @Test
    void a_replica_cancels_the_other_s_run_and_touches_nothing_else_of_it() {
        // Given
        Run run = begin();
        other.end(run.id(), State.DONE, null);

        // When
        boolean cancelled = other.cancel(run.id());

        // Then
        assertThat(cancelled).isTrue();
        assertThat(stored(run).state()).isEqualTo(State.RUNNING);
        assertThat(other.alive(run.id())).isEqualTo(Signal.OVER);
        assertThat(history.alive(run.id())).isEqualTo(Signal.CANCEL);
    }

    @Test
    void of_two_replicas_that_begin_at_once_one_is_told_of_the_other() throws InterruptedException, ExecutionException {
        // Given
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Begun>> begins = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            History one = i % 2 == 0 ? history : other;
            begins.add(threads.submit(() -> {
                go.await();
                return one.begin(plan(Trigger.PERSON));
            }));
        }

        // When
        go.countDown();

        // Then
        List<Begun> begun = new ArrayList<>();
        for (Future<Begun> begin : begins) {
            begun.add(begin.get());
        }
        threads.shutdown();
        assertThat(begun).filteredOn(one -> one instanceof Begun.Began).hasSize(1);
        assertThat(history.recent(10)).hasSize(1);
    }
}
