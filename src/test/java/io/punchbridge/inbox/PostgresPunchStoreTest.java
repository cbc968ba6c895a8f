package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresPunchStoreTest extends PunchStoreContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    PostgresPunchStore open() {
        return PostgresPunchStore.open(database, clock, LEASE);
    }

    private PostgresPunchStore postgres() {
        return (PostgresPunchStore) store;
    }

    @Test
    void replicasNeverClaimTheSamePunch() throws Exception {
        // Given
        List<Punch> punches = punches(1000);
        store.append(List.of(live(clock.instant(), punches)));
        List<Callable<List<PunchKey>>> replicas = List.of(claimer(), claimer(), claimer(), claimer());

        // When
        List<PunchKey> claimed = together(replicas);

        // Then
        assertThat(claimed).hasSize(1000).doesNotHaveDuplicates();
    }

    /** Claims until nothing is left, as a replica of its own. */
    private Callable<List<PunchKey>> claimer() {
        return () -> {
            List<PunchKey> mine = new ArrayList<>();
            try (PostgresPunchStore replica = open()) {
                List<WaitingPunch> claimed = replica.claim(7);
                while (!claimed.isEmpty()) {
                    mine.addAll(Samples.keys(claimed));
                    claimed = replica.claim(7);
                }
            }
            return mine;
        };
    }

    @Test
    void oneRepeatAtEachReplicaIsOnePunchAndTheCountsAreExact() throws Exception {
        // Given
        List<Punch> upwards = punches(500);
        List<Punch> downwards = new ArrayList<>(upwards);
        Collections.reverse(downwards);
        List<Callable<List<Stored>>> replicas =
                List.of(storer(upwards), storer(downwards), storer(upwards), storer(downwards));

        // When
        List<Stored> stored = together(replicas);

        // Then
        assertThat(stored.stream().mapToInt(Stored::newPunches).sum()).isEqualTo(500);
        assertThat(stored.stream().mapToInt(Stored::repeats).sum()).isEqualTo(1500);
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 500L);
    }

    private Callable<List<Stored>> storer(List<Punch> punches) {
        List<Arrival> arrivals =
                punches.stream().map(punch -> live(clock.instant(), punch)).toList();
        return () -> {
            List<Stored> stored = new ArrayList<>();
            try (PostgresPunchStore replica = open()) {
                for (int start = 0; start < arrivals.size(); start += 50) {
                    stored.addAll(replica.append(arrivals.subList(start, start + 50)));
                }
            }
            return stored;
        };
    }

    private static <T> List<T> together(List<Callable<List<T>>> replicas) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(replicas.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<List<T>> result : threads.invokeAll(replicas)) {
                results.addAll(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void replicasMayStartTogetherOnAnEmptyDatabase() throws Exception {
        // Given
        PostgresSettings empty = PostgresServer.newDatabase();
        Callable<List<Stored>> replica = () -> {
            try (PostgresPunchStore opened = PostgresPunchStore.open(empty, clock, LEASE)) {
                return opened.append(List.of(live(clock.instant(), punch("1", NINE))));
            }
        };

        // When
        List<Stored> stored = together(List.of(replica, replica, replica));

        // Then
        assertThat(stored).containsExactlyInAnyOrder(new Stored(1, 0, 0), new Stored(0, 1, 0), new Stored(0, 1, 0));
    }

    @Test
    void settlementAfterALostLeaseIsRefusedAndTheNewHoldersStands() {
        // Given
        Punch punch = punch("1", NINE);
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(1);
        clock.forward(LEASE);
        try (PostgresPunchStore other = open()) {
            other.claim(1);

            // When
            ThrowingCallable settle =
                    () -> store.settle(List.of(Settlement.withReason(punch.key(), PunchState.REJECTED, "too late")));

            // Then
            assertThatThrownBy(settle)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(punch.key().value());
            other.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1")));
        }
        assertThat(store.counts()).containsEntry(PunchState.DELIVERED, 1L).containsEntry(PunchState.REJECTED, 0L);
    }

    @Test
    void claimOfALivingReplicaIsRespected() {
        // Given
        store.append(List.of(live(clock.instant(), punch("1", NINE))));
        store.claim(1);
        clock.back(Duration.ofMinutes(30));
        try (PostgresPunchStore other = open()) {

            // When
            List<WaitingPunch> claimed = other.claim(1);

            // Then
            assertThat(claimed).isEmpty();
        }
    }

    @Override
    void refusePastKeys() {
        postgres()
                .write(handle ->
                        handle.execute("ALTER TABLE past_key ADD CONSTRAINT refuse CHECK (punch_key IS NULL)"));
    }

    @ParameterizedTest
    @MethodSource("queriesOfDailyWork")
    void noQueryOfDailyWorkReadsDeliveredPunches(String query) {
        // Given
        fillWithDeliveredPunches();
        String explain = "EXPLAIN "
                + query.replaceAll(":(limit|now|far|farLease)\\b", "10").replaceAll(":(me|after)\\b", "'202401'");

        // When
        List<String> plan = plan(explain);

        // Then
        assertThat(plan)
                .filteredOn(step -> step.contains(" on punch"))
                .isNotEmpty()
                .allMatch(
                        step -> step.matches(".*(using|on) punch_(pending|pending_age|set_aside) .*"),
                        "by a partial index");
    }

    static Stream<String> queriesOfDailyWork() {
        return Stream.of(
                PostgresPunchStore.SELECT_CLAIMABLE,
                SqlPunchStore.OLDEST_PENDING,
                SqlPunchStore.PENDING_AFTER,
                SqlPunchStore.SET_ASIDE_AFTER.formatted(PunchState.HELD));
    }

    @Test
    void purgingSearchesFromTheOldestPunchOn() {
        // Given
        fillWithDeliveredPunches();
        String explain = "EXPLAIN "
                + SqlPurge.PURGEABLE_AFTER
                        .replaceAll(":before\\b", "2000000000000")
                        .replaceAll(":limit\\b", "500")
                        .replaceAll(":after\\b", "''")
                        .replaceAll(":beforeKey\\b", "'2025'");

        // When
        List<String> plan = plan(explain);

        // Then
        assertThat(plan).anyMatch(step -> step.contains("Index Scan using punch_pkey on punch"));
        assertThat(plan).noneMatch(step -> step.contains("Sort") || step.contains("Seq Scan"));
    }

    /** So many that the planner cares: a tenth waits, as after an outage of Frappe. */
    private void fillWithDeliveredPunches() {
        postgres().write(handle -> handle.execute("""
                INSERT INTO punch (punch_key, device, user_id, punched_at, type, source, priority, received_at, state,
                    settled_at)
                SELECT to_char(timestamp '2024-01-01' + i * interval '1 minute', 'YYYYMMDD"T"HH24MISS"Z"') || '-' || md5(i::text),
                    'SN', i::text, i, 'CHECK_IN', 'CALLBACK', i % 2, i,
                    CASE i % 20 WHEN 0 THEN 'PENDING' WHEN 1 THEN 'PENDING' WHEN 2 THEN 'HELD' ELSE 'DELIVERED' END, i
                FROM generate_series(1, 50000) i"""));
        postgres().read(handle -> handle.execute("ANALYZE punch"));
    }

    private List<String> plan(String explain) {
        return postgres()
                .read(handle -> handle.createQuery(explain.replace("::", "\\:\\:"))
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void purgeOfAPunchThatIsBeingReleasedLeavesIt() throws Exception {
        // Given
        Punch punch = deliveredLongAgo();
        Instant before = clock.instant().minus(Duration.ofDays(400));

        // When
        Future<PurgedPage> purged = whileThisTransactionHolds(
                "UPDATE punch SET state = 'PENDING'", () -> store.purgePunches(before, null, 500));

        // Then
        assertThat(purged.get(30, TimeUnit.SECONDS).punches()).isZero();
        assertThat(store.find(punch.key())).isPresent();
    }

    @Test
    void repeatThatMeetsThePurgeOfItsPunchIsStillARepeat() throws Exception {
        // Given
        Punch punch = deliveredLongAgo();

        // When
        Future<List<Stored>> stored =
                whileThisTransactionHolds("""
                WITH purged AS (DELETE FROM punch RETURNING punch_key)
                INSERT INTO past_key SELECT punch_key FROM purged""", () -> store.append(List.of(live(clock.instant(), punch))));

        // Then
        assertThat(stored.get(30, TimeUnit.SECONDS)).containsExactly(new Stored(0, 1, 0));
        assertThat(store.find(punch.key())).isEmpty();
        assertThat(store.claim(1)).isEmpty();
    }

    private Punch deliveredLongAgo() {
        Punch punch = punch("1", NINE);
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(1);
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1")));
        clock.forward(Duration.ofDays(401));
        return punch;
    }

    /** Runs a statement, then a task that has to wait for it, and commits only when the task waits. */
    private <T> Future<T> whileThisTransactionHolds(String sql, Callable<T> task) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return postgres().write(handle -> {
                handle.execute(sql);
                Future<T> waiting = thread.submit(task);
                await().until(() -> postgres()
                                .read(other -> other.createQuery("SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                        .mapTo(Long.class)
                                        .one())
                        == 1);
                return waiting;
            });
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void jobOfALivingReplicaIsLeftToIt() {
        // Given
        List<String> ran = new ArrayList<>();
        try (PostgresPunchStore other = open()) {
            Runnable job =
                    () -> other.clusterLock().runExclusively("job", Duration.ofMinutes(1), () -> ran.add("other"));

            // When
            boolean mine = store.clusterLock().runExclusively("job", Duration.ofMinutes(1), job);

            // Then
            assertThat(mine).isTrue();
            assertThat(ran).isEmpty();
            job.run();
            assertThat(ran).containsExactly("other");
        }
    }

    @Test
    void jobOfADeadReplicaIsTakenOverWhenItsTimeIsUp() {
        // Given
        List<String> ran = new ArrayList<>();
        try (PostgresPunchStore other = open()) {
            Runnable job =
                    () -> other.clusterLock().runExclusively("job", Duration.ofMinutes(1), () -> ran.add("other"));

            // When
            store.clusterLock().runExclusively("job", Duration.ofMinutes(1), () -> {
                postgres()
                        .write(handle ->
                                handle.execute("UPDATE shedlock SET lock_until = lock_until - interval '1 minute'"));
                job.run();
            });

            // Then
            assertThat(ran).containsExactly("other");
        }
    }

    @Test
    void commitsReachTheDiskWhateverTheServerHasSet() {
        // Given
        String serverSetting = "off";

        // When
        String setting = postgres()
                .read(handle -> handle.createQuery("SHOW synchronous_commit")
                        .mapTo(String.class)
                        .one());

        // Then
        assertThat(setting).isNotEqualTo(serverSetting).isEqualTo("on");
    }

    @Test
    void messageOfAFailureQuotesNoStoredValue() {
        // Given
        String twice = "INSERT INTO fact (name, value) VALUES ('somebody', '1'), ('somebody', '2')";

        // When
        Throwable failure = catchThrowable(() -> postgres().write(handle -> handle.execute(twice)));

        // Then
        assertThat(failure).isInstanceOf(StorageException.class);
        assertThat(failure).hasStackTraceContaining("duplicate key");
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("somebody");
    }

    @Test
    void recoversFromConnectionsThatTheServerCut() {
        // Given
        store.probe();
        try (PostgresPunchStore administrator = open()) {
            administrator.read(handle -> handle.createQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                    .mapTo(Boolean.class)
                    .list());
        }

        // When
        await().ignoreExceptionsInstanceOf(StorageException.class).untilAsserted(store::probe);

        // Then
        assertThat(store.recall("probe")).isPresent();
    }

    @Test
    void databaseThatDoesNotExistIsToldAsSuch() {
        // Given
        PostgresSettings missing = new PostgresSettings(database.url() + "_missing?ssl=false", "postgres", "secret");

        // When
        ThrowingCallable open = () -> PostgresPunchStore.open(missing, clock, LEASE);

        // Then
        assertThatThrownBy(open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("_missing does not exist")
                .hasMessageNotContaining("secret");
    }

    @Test
    void serverThatIsAwayIsToldAsSuch() {
        // Given
        PostgresSettings away = new PostgresSettings("jdbc:postgresql://localhost:1/punchbridge", "postgres", "secret");

        // When
        ThrowingCallable open = () -> PostgresPunchStore.open(away, clock, LEASE);

        // Then
        assertThatThrownBy(open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("localhost:1/punchbridge can't be reached");
    }

    @Test
    void readOnlyDatabaseIsToldAsSuch() {
        // Given
        postgres()
                .write(handle ->
                        handle.execute("ALTER DATABASE " + databaseName() + " SET default_transaction_read_only = on"));
        store.close();
        store = open();

        // When
        ThrowingCallable probe = store::probe;

        // Then
        assertThatThrownBy(probe).isInstanceOf(StorageException.class).hasMessageContaining("is read-only");
    }

    private String databaseName() {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    @Test
    void urlThatHidesRowCountsIsRefused() {
        // Given
        PostgresSettings settings =
                new PostgresSettings(database.url() + "?reWriteBatchedInserts=true", "postgres", "postgres");

        // When
        ThrowingCallable open = () -> PostgresPunchStore.open(settings, clock, LEASE);

        // Then
        assertThatThrownBy(open).isInstanceOf(StorageException.class).hasMessageContaining("reWriteBatchedInserts");
    }

    @Test
    void settingsShowNoPassword() {
        // Given
        PostgresSettings settings =
                new PostgresSettings("jdbc:postgresql://db/punchbridge?password=secret", "punch", "secret");

        // When
        String shown = settings.toString();

        // Then
        assertThat(shown).contains("jdbc:postgresql://db/punchbridge", "punch").doesNotContain("secret");
    }
}
