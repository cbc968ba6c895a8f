package io.punchbridge.gateway;

import static io.punchbridge.gateway.GatewayUnderTest.ALONE;
import static io.punchbridge.gateway.GatewayUnderTest.failure;
import static io.punchbridge.gateway.GatewayUnderTest.january;
import static io.punchbridge.gateway.GatewayUnderTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.PostgresServer;
import io.punchbridge.inbox.PostgresSettings;
import io.punchbridge.inbox.Replica;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.SerialNumber;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call at a time to the account, whoever asks; and what ends the waiting. */
@QuarkusTest
class OneCallAtATimeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private GatewayUnderTest simulated;

    @BeforeEach
    void start() {
        simulated = new GatewayUnderTest();
        simulated.recorded(1);
        simulated.api().latency(Duration.ofMillis(30));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        simulated.close();
    }

    private void allAnswered(List<Future<GatewayAnswer<LogPage>>> answers) throws Exception {
        for (Future<GatewayAnswer<LogPage>> answer : answers) {
            assertThat(value(answer.get(SOON.toSeconds(), TimeUnit.SECONDS)).rows())
                    .isEqualTo(1);
        }
    }

    @Test
    void threads_of_one_process_take_turns() throws Exception {
        // Given
        RestGateway gateway = simulated.gateway();

        // When
        List<Future<GatewayAnswer<LogPage>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(threads.submit(() -> january(gateway)));
        }

        // Then
        allAnswered(answers);
        assertThat(simulated.api().mostAtOnce()).isEqualTo(1);
    }

    @Test
    void replicas_take_turns_and_keep_their_calls_in_one_record() throws Exception {
        // Given
        PostgresSettings database = PostgresServer.newDatabase();
        try (Replica one = Replica.on(database);
                Replica other = Replica.on(database)) {
            RestGateway oneGateway = simulated.gateway(one.gatewayCalls(), one.clusterLock());
            RestGateway otherGateway = simulated.gateway(other.gatewayCalls(), other.clusterLock());

            // When
            List<Future<GatewayAnswer<LogPage>>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> january(oneGateway)));
                answers.add(threads.submit(() -> january(otherGateway)));
            }

            // Then
            allAnswered(answers);
            assertThat(simulated.api().mostAtOnce()).isEqualTo(1);
            assertThat(one.gatewayCalls().recent(null, 100)).hasSize(8);
        }
    }

    @Test
    void a_replica_that_died_in_the_middle_of_a_call_holds_the_others_up_for_no_longer_than_a_call_takes()
            throws Exception {
        // Given
        PostgresSettings database = PostgresServer.newDatabase();
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        try (Replica dead = Replica.on(database);
                Replica other = Replica.on(database)) {
            Duration atMost = Duration.ofSeconds(2);
            Future<?> dying = threads.submit(() -> dead.clusterLock().runExclusively(OneCallAtATime.JOB, atMost, () -> {
                taken.countDown();
                awaitQuietly(never);
            }));
            assertThat(taken.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            RestGateway gateway = simulated.gateway(other.gatewayCalls(), other.clusterLock());

            // When
            GatewayAnswer<LogPage> answer = january(gateway);

            // Then
            assertThat(value(answer).rows()).isEqualTo(1);
            assertThat(dying).isNotDone();
            never.countDown();
            dying.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void callers_of_one_process_get_their_turns_in_the_order_in_which_they_came() throws Exception {
        // Given
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        List<Integer> order = new java.util.concurrent.CopyOnWriteArrayList<>();
        OneCallAtATime turns = new OneCallAtATime(ALONE, SOON, Duration.ofMillis(10));
        List<Future<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            callers.add(threads.submit(() -> turns.call(() -> {
                order.add(number);
                awaitQuietly(firstMayEnd);
                return number;
            })));
            await().atMost(SOON).until(() -> number == 0 ? order.size() == 1 : turns.waiting() == number);
        }

        // When
        firstMayEnd.countDown();

        // Then
        for (Future<Integer> caller : callers) {
            caller.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void who_is_interrupted_while_waiting_gets_a_failure_and_stays_interrupted() throws Exception {
        // Given
        ClusterLock elsewhere = (name, atMost, job) -> false;
        RestGateway gateway = simulated.gateway(simulated.calls, elsewhere);
        Callable<GatewayFailure> asking = () -> {
            Thread.currentThread().interrupt();
            GatewayFailure failure = failure(january(gateway));
            assertThat(Thread.interrupted()).isTrue();
            return failure;
        };

        // When
        GatewayFailure failure = threads.submit(asking).get(SOON.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.NOT_ASKED);
        assertThat(simulated.api().calls()).isEmpty();
    }

    @Test
    void who_is_interrupted_between_two_looks_at_the_lock_waits_no_longer() throws Exception {
        // Given
        AtomicInteger looks = new AtomicInteger();
        RestGateway gateway = simulated.gateway(simulated.calls, (name, atMost, job) -> {
            looks.incrementAndGet();
            return false;
        });
        List<Thread> caller = new java.util.concurrent.CopyOnWriteArrayList<>();
        Future<GatewayFailure> asking = threads.submit(() -> {
            caller.add(Thread.currentThread());
            return failure(january(gateway));
        });
        await().atMost(SOON).until(() -> looks.get() >= 2);

        // When
        caller.get(0).interrupt();

        // Then
        assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS).kind()).isEqualTo(Kind.NOT_ASKED);
        assertThat(simulated.api().calls()).isEmpty();
    }

    @Test
    void who_is_interrupted_during_a_call_keeps_its_record_and_gives_the_turn_back() throws Exception {
        // Given
        simulated.api().latency(Duration.ofSeconds(20));
        AtomicInteger givenBackUninterrupted = new AtomicInteger();
        RestGateway gateway = simulated.gateway(simulated.calls, (name, atMost, job) -> {
            job.run();
            givenBackUninterrupted.addAndGet(Thread.currentThread().isInterrupted() ? 0 : 1);
            return true;
        });
        List<Thread> caller = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Boolean> stayedInterrupted = new java.util.concurrent.CopyOnWriteArrayList<>();
        Future<GatewayFailure> asking = threads.submit(() -> {
            caller.add(Thread.currentThread());
            GatewayFailure failure = failure(january(gateway));
            stayedInterrupted.add(Thread.interrupted());
            return failure;
        });
        await().atMost(SOON).until(() -> simulated.api().mostAtOnce() == 1);

        // When
        caller.get(0).interrupt();

        // Then
        assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS).kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(simulated.calls.kept()).hasSize(1);
        assertThat(givenBackUninterrupted).hasValue(1);
        assertThat(stayedInterrupted).containsExactly(true);
    }

    @Test
    void a_storage_that_cant_tell_whose_turn_it_is_keeps_the_call_from_being_made() {
        // Given
        RestGateway gateway = simulated.gateway(simulated.calls, (name, atMost, job) -> {
            throw new StorageException("The database is away.");
        });

        // When
        GatewayFailure failure = failure(january(gateway));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.NOT_ASKED);
        assertThat(failure.words()).contains("The database is away.");
        assertThat(failure.retryAfter()).isPositive();
        assertThat(simulated.api().calls()).isEmpty();
    }

    @Test
    void a_turn_that_cant_be_given_back_leaves_the_answer_an_answer() {
        // Given
        RestGateway gateway = simulated.gateway(simulated.calls, (name, atMost, job) -> {
            job.run();
            throw new StorageException("The database went away.");
        });

        // When
        GatewayAnswer<LogPage> answer = january(gateway);

        // Then
        assertThat(value(answer).rows()).isEqualTo(1);
        assertThat(simulated.calls.kept())
                .singleElement()
                .satisfies(call -> assertThat(call.device()).isEqualTo(new SerialNumber("ZHM11A")));
    }
}
