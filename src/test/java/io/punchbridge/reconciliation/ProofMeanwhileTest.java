package io.punchbridge.reconciliation;

import static io.punchbridge.reconciliation.Bench.NOON;
import static io.punchbridge.reconciliation.Bench.OVERLAP;
import static io.punchbridge.reconciliation.Bench.SETTLING;
import static io.punchbridge.reconciliation.FakeGateway.punch;
import static io.punchbridge.reconciliation.FakeGateway.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.StatusCode;
import io.punchbridge.inbox.History.Begun;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.inbox.Run.Trigger;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.reconciliation.FakeGateway.Request;
import io.punchbridge.reconciliation.Reconciliation.Started;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule's proof of devices that persons' runs have. */
class ProofMeanwhileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final List<Device> FIVE = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> Bench.device("door-" + i, "SN-" + i, Connection.NATIVE_PUSH))
            .toList();
    private static final Device FIRST = FIVE.get(0);
    private static final Device LAST = FIVE.get(4);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final CountDownLatch go = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(directory, FIVE);
    }

    @AfterEach
    void close() {
        go.countDown();
        bench.close();
    }

    private Run ended(Started started) {
        String id = ((Started.Accepted) started).run();
        await().atMost(PATIENCE)
                .until(() -> bench.reconciler.run(id).orElseThrow().state() != State.RUNNING);
        return bench.reconciler.run(id).orElseThrow();
    }

    /** Of the device, without those of the first round; the oldest first. */
    private List<Run> proofs(Device device) {
        return bench.history().recent(device.serialNumber(), 100).stream()
                .filter(run ->
                        run.trigger() == Trigger.SCHEDULE && run.startedAt().isAfter(NOON))
                .sorted(Comparator.comparing(Run::startedAt))
                .toList();
    }

    private List<Request> requests(Device device) {
        return bench.gateway.requests.stream()
                .filter(request -> request.device().equals(device))
                .toList();
    }

    private void awaitGo() {
        try {
            if (!go.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never went on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void passes(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusMinutes(5)) {
            bench.clock.forward(Duration.ofMinutes(5));
            bench.reconciler.pulse();
        }
    }

    @Test
    void before_a_person_s_range_the_device_is_proven_where_that_is_due() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(HOUR);
        bench.gateway.records(punch(FIRST, "7", NOON), punch(FIRST, "8", NOON.minus(Duration.ofDays(15))));

        // When
        Run run = ended(bench.reconciler.start(FIRST, TODAY.minusDays(20), TODAY.minusDays(10)));

        // Then
        assertThat(bench.verifiedUntil(FIRST)).isEqualTo(NOON.plus(HOUR).minus(SETTLING));
        assertThat(proofs(FIRST)).singleElement().satisfies(proof -> {
            assertThat(proof.state()).isEqualTo(State.DONE);
            assertThat(proof.from()).isEqualTo(NOON.minus(SETTLING).minus(OVERLAP));
            assertThat(proof.newPunches()).isEqualTo(1);
        });
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(List.of(run.windows(), run.windowsDone(), run.pages())).containsOnly(1);
        assertThat(run.rows()).isEqualTo(1);
    }

    @Test
    void it_is_not_proven_more_often_than_the_schedule_would() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(HOUR.minusSeconds(1));

        // When
        Run run = ended(bench.reconciler.start(FIRST, TODAY.minusDays(20), TODAY.minusDays(10)));

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(proofs(FIRST)).isEmpty();
    }

    @Test
    void between_the_windows_of_a_long_range_the_proof_goes_on() {
        // Given
        bench.reconciler.round();
        bench.gateway.beforeAnswer(() -> bench.clock.forward(Duration.ofMinutes(40)));

        // When
        Run run = ended(bench.reconciler.start(FIRST, LocalDate.of(2025, 3, 10), LocalDate.of(2025, 12, 31)));

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(List.of(run.windows(), run.windowsDone(), run.pages())).containsOnly(11);
        List<Run> proofs = proofs(FIRST);
        assertThat(proofs).hasSize(5).allMatch(proof -> proof.state() == State.DONE);
        Instant asked = proofs.get(4).startedAt();
        assertThat(bench.verifiedUntil(FIRST)).isEqualTo(asked.minus(SETTLING));
        assertThat(Duration.between(asked, bench.clock.instant())).isLessThan(HOUR.multipliedBy(2));
    }

    @Test
    void a_device_that_can_t_be_proven_is_asked_as_often_as_the_schedule_would() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(HOUR);
        bench.gateway.failsOnceWith(says(StatusCode.INVALID_AUTH_TOKEN));

        // When
        Run run = ended(bench.reconciler.start(FIRST, TODAY.minusDays(100), TODAY.minusDays(10)));

        // Then
        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(proofs(FIRST)).extracting(Run::state).containsExactly(State.FAILED);
        assertThat(bench.verifiedUntil(FIRST)).isEqualTo(NOON.minus(SETTLING));
    }

    @Test
    void a_device_whose_run_waits_for_a_thread_is_proven_meanwhile() {
        // Given
        bench.gateway.beforeAnswer(() -> {
            if (Thread.currentThread().getName().equals("load-log")) {
                awaitGo();
            }
        });
        List<Started> started = FIVE.stream()
                .map(device -> bench.reconciler.start(device, TODAY.minusDays(20), TODAY.minusDays(10)))
                .toList();
        await().atMost(PATIENCE).until(() -> bench.gateway.requests.size() == 4);
        passes(HOUR);

        // When
        bench.reconciler.tick();

        // Then
        await().atMost(PATIENCE)
                .until(() -> bench.history().verified(LAST.serialNumber()).isPresent());
        assertThat(bench.verifiedUntil(LAST)).isEqualTo(NOON.plus(HOUR).minus(SETTLING));
        Run waiting =
                bench.reconciler.run(((Started.Accepted) started.get(4)).run()).orElseThrow();
        assertThat(waiting.state()).isEqualTo(State.RUNNING);
        assertThat(waiting.pages()).isZero();
        go.countDown();
        assertThat(started).extracting(this::ended).allMatch(run -> run.state() == State.DONE && run.pages() == 1);
        assertThat(requests(LAST)).hasSize(2);
    }

    @Test
    void who_has_got_a_thread_waits_until_the_proof_is_over() throws InterruptedException {
        // Given
        bench.reconciler.round();
        bench.clock.forward(HOUR);
        bench.gateway.requests.clear();
        bench.gateway.beforeAnswer(this::awaitGo);
        ReconciliationWatch watch = bench.watch;
        Runner runner = new Runner(bench.gateway, bench.history(), bench.clock, wait -> {}, SETTLING, watch);
        Plan plan =
                new Plan(FIRST.serialNumber(), Trigger.PERSON, NOON.minus(Duration.ofDays(9)), NOON.minus(OVERLAP), 1);
        Run run = ((Begun.Began) bench.history().begin(plan)).run();
        ProofMeanwhile meanwhile = new ProofMeanwhile(
                bench.history(),
                runner,
                device -> Optional.of(new Plan(device.serialNumber(), Trigger.SCHEDULE, NOON.minus(OVERLAP), NOON, 1)),
                device -> ZoneOffset.UTC,
                bench.settings(),
                watch,
                bench.clock);
        meanwhile.hold(FIRST, run);
        Thread schedule = new Thread(meanwhile::proveWaiting, "a schedule");
        schedule.start();
        await().atMost(PATIENCE).until(() -> requests(FIRST).size() == 1);

        // When
        Thread person = new Thread(() -> meanwhile.run(run, ZoneOffset.UTC), "a person's");
        person.start();

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        person.getState() == Thread.State.WAITING || person.getState() == Thread.State.TIMED_WAITING);
        assertThat(requests(FIRST)).hasSize(1);
        go.countDown();
        schedule.join(PATIENCE.toMillis());
        person.join(PATIENCE.toMillis());
        assertThat(requests(FIRST)).extracting(Request::from).containsExactly(NOON.minus(OVERLAP), plan.from());
        assertThat(bench.history().run(run.id()).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void whoever_cancels_the_run_ends_its_proof_too() {
        // Given
        bench.reconciler.round();
        bench.clock.forward(HOUR);
        bench.gateway.requests.clear();
        bench.gateway.beforeAnswer(
                () -> bench.reconciler.cancel(bench.reconciler.underWay().get(0).id()));
        // So that the proof has more than one page.
        bench.gateway.records(FIRST, 60, NOON, Duration.ofSeconds(1));

        // When
        Run run = ended(bench.reconciler.start(FIRST, TODAY.minusDays(20), TODAY.minusDays(10)));

        // Then
        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(run.pages()).isZero();
        assertThat(proofs(FIRST)).extracting(Run::state).containsExactly(State.CANCELLED);
        assertThat(requests(FIRST)).hasSize(1);
        assertThat(bench.verifiedUntil(FIRST)).isEqualTo(NOON.minus(SETTLING));
    }

    @Test
    void a_kill_in_the_middle_of_the_proof_ends_both_and_gives_the_device_free() {
        // Given
        Plan plan = new Plan(FIRST.serialNumber(), Trigger.PERSON, NOON.minus(Duration.ofDays(9)), NOON, 1);
        Run run = ((Begun.Began) bench.history().begin(plan)).run();
        Run proof = bench.history().beginWithin(run.id(), plan).orElseThrow();

        // When
        bench.restart();

        // Then
        assertThat(List.of(run, proof))
                .extracting(one -> bench.history().run(one.id()).orElseThrow().state())
                .containsOnly(State.INTERRUPTED);
        bench.reconciler.round();
        assertThat(bench.lastRun(FIRST).state()).isEqualTo(State.DONE);
    }
}
