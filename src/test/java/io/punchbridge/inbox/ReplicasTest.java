package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas of the service on one database, each with its door's inbox and its deliverer. */
class ReplicasTest {
    private static final int PUNCHES = 600;

    private final PostgresSettings database = PostgresServer.newDatabase();
    private final SettableClock clock = new SettableClock(NINE);
    private final GroupCommitInbox one = start();
    private final GroupCommitInbox other = start();

    private GroupCommitInbox start() {
        return GroupCommitInbox.start(PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void everyPunchThatMeetsBothIsOnePunchAndIsHandedOutOnce() throws Exception {
        // Given
        List<Punch> upwards = punches(PUNCHES);
        List<Punch> downwards = new ArrayList<>(upwards);
        Collections.reverse(downwards);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        // When
        Future<Integer> newAtOne = threads.submit(() -> storeEach(one, upwards));
        Future<Integer> newAtOther = threads.submit(() -> storeEach(other, downwards));
        Future<List<PunchKey>> deliveredByOne = threads.submit(() -> deliverAll(one));
        Future<List<PunchKey>> deliveredByOther = threads.submit(() -> deliverAll(other));

        // Then
        assertThat(newAtOne.get(60, TimeUnit.SECONDS) + newAtOther.get(60, TimeUnit.SECONDS))
                .isEqualTo(PUNCHES);
        List<PunchKey> delivered = new ArrayList<>(deliveredByOne.get(60, TimeUnit.SECONDS));
        delivered.addAll(deliveredByOther.get(60, TimeUnit.SECONDS));
        threads.shutdown();
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(PunchStoreContract.keysOf(upwards));
        assertThat(one.counts())
                .isEqualTo(other.counts())
                .containsEntry(PunchState.PENDING, 0L)
                .containsEntry(PunchState.DELIVERED, (long) PUNCHES);
    }

    private int storeEach(Inbox inbox, List<Punch> punches) throws Exception {
        List<CompletableFuture<Stored>> stored = punches.stream()
                .map(punch -> inbox.store(live(clock.instant(), punch)).toCompletableFuture())
                .toList();
        int newPunches = 0;
        for (CompletableFuture<Stored> one : stored) {
            newPunches += one.get(60, TimeUnit.SECONDS).newPunches();
        }
        return newPunches;
    }

    /** Until all punches are delivered, by whichever replica. */
    private static List<PunchKey> deliverAll(Inbox inbox) {
        List<PunchKey> delivered = new ArrayList<>();
        while (!Map.of(PunchState.DELIVERED, (long) PUNCHES).entrySet().stream()
                .allMatch(inbox.counts().entrySet()::contains)) {
            List<PunchKey> claimed = Samples.keys(inbox.claim(7));
            inbox.settle(claimed.stream()
                    .map(key -> Settlement.delivered(key, "HR-EMP-00001", "EMP-CKIN-1"))
                    .toList());
            delivered.addAll(claimed);
        }
        return delivered;
    }

    @Test
    void whatAnotherReplicaHasTakenOverIsNotRenewed() throws Exception {
        // Given
        List<Punch> punches = punches(1);
        one.store(live(clock.instant(), punches)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        one.claim(1);
        clock.forward(PunchStoreContract.LEASE);
        other.claim(1);

        // When
        boolean renewed = one.renew(PunchStoreContract.keysOf(punches));

        // Then
        assertThat(renewed).isFalse();
        assertThat(other.renew(PunchStoreContract.keysOf(punches))).isTrue();
    }

    @Test
    void punchesOfADeadReplicaAreTakenOverInDoubtWhenItsLeaseEnds() throws Exception {
        // Given
        List<Punch> punches = punches(3);
        one.store(live(clock.instant(), punches)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        one.claim(3);
        one.close();
        assertThat(other.claim(3)).isEmpty();
        clock.forward(PunchStoreContract.LEASE.minus(Duration.ofMillis(1)));
        assertThat(other.claim(3)).isEmpty();
        clock.forward(Duration.ofMillis(1));

        // When
        List<WaitingPunch> takenOver = other.claim(3);

        // Then
        assertThat(takenOver)
                .hasSize(3)
                .allSatisfy(punch -> assertThat(punch.inDoubtSince()).isEqualTo(clock.instant()));
    }
}
