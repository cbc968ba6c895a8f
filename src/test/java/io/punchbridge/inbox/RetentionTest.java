package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.event;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punches;
import static io.punchbridge.inbox.Samples.userUpdated;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The periodic job on a real store; how a step is done is shown by {@link PunchStoreContract}. */
class RetentionTest {
    private static final RetentionSettings SETTINGS =
            new RetentionSettings(Duration.ofDays(400), Duration.ofDays(1100), Duration.ofDays(90));
    /** More than two steps of the job. */
    private static final List<Punch> PUNCHES = punches(1200);

    private final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private SqlitePunchStore store;

    @SuppressWarnings("NullAway.Init")
    private GatewayCalls calls;

    @SuppressWarnings("NullAway.Init")
    private Retention retention;

    @BeforeEach
    void deliverPunchesAndKeepAnEvent() {
        store = SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
        calls = new SqlGatewayCalls(store);
        calls.keep(new GatewayCall(
                "op1", Samples.DEVICE, "Load.UserInfo", clock.instant(), Duration.ofSeconds(15), 0, "Done."));
        retention = new Retention(
                store,
                SqlHistory.open(store, clock, () -> {}),
                calls,
                new SqlLatePunches(store),
                new SqlActions(store, clock, () -> {}),
                store.clusterLock(),
                SETTINGS,
                clock);
        store.append(List.of(live(clock.instant(), PUNCHES), event(clock.instant(), userUpdated("1"))));
        store.claim(PUNCHES.size());
        store.settle(PUNCHES.stream()
                .map(punch -> Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1"))
                .toList());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** The hours of so many days, at each of which the job runs. */
    private void runHourlyFor(Duration duration) {
        clock.forward(duration);
        retention.run();
        clock.forward(Duration.ofHours(1));
        retention.run();
    }

    private long delivered() {
        return store.counts().getOrDefault(PunchState.DELIVERED, 0L);
    }

    private int events() {
        return store.recentEvents(10).size();
    }

    private boolean knownAsRepeat() {
        return store.append(List.of(history(clock.instant(), PUNCHES.get(0))))
                        .get(0)
                        .newPunches()
                == 0;
    }

    @Test
    void nothingGoesBeforeItsTime() {
        // Given
        Duration justBefore = Duration.ofDays(90).minusHours(2);

        // When
        runHourlyFor(justBefore);

        // Then
        assertThat(delivered()).isEqualTo(PUNCHES.size());
        assertThat(events()).isEqualTo(1);
        assertThat(calls.recent(null, 10)).hasSize(1);
    }

    @Test
    void eventsGoFirst() {
        // When
        runHourlyFor(Duration.ofDays(91));

        // Then
        assertThat(events()).isZero();
        assertThat(calls.recent(null, 10)).isEmpty();
        assertThat(delivered()).isEqualTo(PUNCHES.size());
    }

    @Test
    void runsGoWithTheEvents() {
        // Given
        History history = SqlHistory.open(store, clock, () -> {});
        History.Plan plan = new History.Plan(Samples.DEVICE, Run.Trigger.SCHEDULE, NINE.minusSeconds(60), NINE, 1);
        history.end(HistoryContract.began(history.begin(plan)).id(), Run.State.DONE, null);

        // When
        runHourlyFor(Duration.ofDays(91));

        // Then
        assertThat(history.recent(10)).isEmpty();
    }

    @Test
    void thenPunchesGoInOneRunAndTheirKeysStay() {
        // When
        runHourlyFor(Duration.ofDays(401));

        // Then
        assertThat(delivered()).isZero();
        assertThat(knownAsRepeat()).isTrue();
    }

    @Test
    void keysGoLast() {
        // Given
        runHourlyFor(Duration.ofDays(401));

        // When
        runHourlyFor(Duration.ofDays(700));

        // Then
        assertThat(knownAsRepeat()).isFalse();
    }

    @Test
    void clockThatJumpsAheadPurgesNothingUntilItProvesSteady() {
        // Given
        retention.run();
        clock.forward(Duration.ofHours(1));
        retention.run();
        clock.forward(Duration.ofDays(3650));

        // When
        retention.run();

        // Then
        assertThat(delivered()).isEqualTo(PUNCHES.size());
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void clockThatWasSetRightAgainPurgesNothingEither() {
        // Given
        retention.run();
        clock.forward(Duration.ofDays(3650));
        retention.run();
        clock.back(Duration.ofDays(3650));

        // When
        retention.run();

        // Then
        assertThat(delivered()).isEqualTo(PUNCHES.size());
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void whatPersonsDidIsForgottenWithThePunchesOfThatTime() {
        // Given
        Actions actions = new SqlActions(store, clock, () -> {});
        Actions.Request request = new Actions.Request("token file on this host", "jo", "one punch by its key", "so");
        actions.dismiss(List.of(PUNCHES.get(0).key()), request);
        clock.forward(Duration.ofDays(401));
        actions.dismiss(List.of(PUNCHES.get(1).key()), request);
        retention.run();
        clock.forward(Duration.ofHours(1));

        // When
        retention.run();

        // Then
        assertThat(actions.recent(null, 10)).hasSize(1);
    }

    @Test
    void countsOfLostPunchesGoWhenThePunchesOfTheirDayMay() {
        // Given
        clock.forward(Duration.ofDays(401));
        for (String day : List.of("2024-09-17", "2025-09-17")) {
            store.write(handle -> handle.execute(
                    "INSERT INTO lost_punch_count (device, day, n) VALUES (?, ?, 1)", Samples.DEVICE.value(), day));
        }
        retention.run();
        clock.forward(Duration.ofHours(1));

        // When
        retention.run();

        // Then
        assertThat(SqlHistory.open(store, clock, () -> {}).lostByDay(Samples.DEVICE))
                .containsOnlyKeys(LocalDate.of(2025, 9, 17));
    }

    @Test
    void replicaThatFindsTheJobTakenDoesNothing() {
        // Given
        clock.forward(Duration.ofDays(401));
        retention.run();
        clock.forward(Duration.ofHours(1));
        Retention other = new Retention(
                store,
                SqlHistory.open(store, clock, () -> {}),
                calls,
                new SqlLatePunches(store),
                new SqlActions(store, clock, () -> {}),
                (name, atMost, job) -> false,
                SETTINGS,
                clock);

        // When
        other.run();

        // Then
        assertThat(delivered()).isEqualTo(PUNCHES.size());
    }

    @Test
    void storageThatFailsIsTriedAgainAtTheNextRun() {
        // Given
        clock.forward(Duration.ofDays(401));
        retention.run();
        clock.forward(Duration.ofHours(1));
        store.onWriteConnection("PRAGMA query_only = 1");
        retention.run();
        assertThat(delivered()).isEqualTo(PUNCHES.size());

        // When
        retention.run();

        // Then
        assertThat(delivered()).isZero();
    }
}
