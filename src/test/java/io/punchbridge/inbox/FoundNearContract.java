package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.Claimants.Claimant;
import io.punchbridge.inbox.Claimants.Question;
import io.punchbridge.inbox.FoundNear.Found;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was found near, and whose a check-in may be, on a real database. */
abstract class FoundNearContract {
    private static final NearCheckin DIFFERENCE = new NearCheckin("IN", "OUT", -42);

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private FoundNear foundNear;

    @SuppressWarnings("NullAway.Init")
    private Claimants claimants;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        foundNear = new SqlFoundNear(store);
        claimants = new SqlClaimants(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void claimed(Punch... punches) {
        store.append(List.of(history(clock.instant(), punches)));
        store.claim(punches.length);
    }

    private static Settlement near(Punch punch) {
        return Settlement.foundNear(
                punch.key(), "HR-EMP-00001", "CKIN-" + punch.user().value(), DIFFERENCE, "It stood there.");
    }

    private List<Found> all() {
        return foundNear.of(DEVICE, NINE.minusSeconds(60), NINE.plusSeconds(86_400), null, 100);
    }

    @Test
    void aFindIsKeptWithTheSettlementThatCountsThePunchAsDelivered() {
        // Given
        Punch punch = punch("2", NINE.plusMillis(250));
        claimed(punch);

        // When
        store.settle(List.of(near(punch)));

        // Then
        assertThat(all())
                .containsExactly(new Found(punch.key(), DEVICE, punch.at(), "CKIN-2", DIFFERENCE, clock.instant()));
        assertThat(store.find(punch.key())).hasValueSatisfying(stored -> {
            assertThat(stored.state()).isEqualTo(PunchState.DELIVERED);
            assertThat(stored.checkin()).isEqualTo("CKIN-2");
            assertThat(stored.reason()).isEqualTo("It stood there.");
        });
    }

    @Test
    void aSettlementThatFailsKeepsNoFindEither() {
        // Given
        Punch claimed = punch("2", NINE);
        Punch notClaimed = punch("3", NINE);
        claimed(claimed);

        // When
        assertThatThrownBy(() -> store.settle(List.of(near(claimed), near(notClaimed))))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(all()).isEmpty();
        assertThat(store.find(claimed.key()).orElseThrow().state()).isEqualTo(PunchState.PENDING);
    }

    @Test
    void aCrashBetweenLookUpAndSettlementLeavesADoubtAndOneFindInTheEnd() {
        // Given
        Punch punch = punch("2", NINE);
        claimed(punch);
        closeStore();
        openStore();
        clock.forward(PunchStoreContract.LEASE.plusSeconds(1));
        List<WaitingPunch> again = store.claim(10);

        // When
        store.settle(List.of(near(punch)));

        // Then
        assertThat(again)
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.inDoubtSince()).isNotNull());
        assertThat(all()).hasSize(1);
    }

    @Test
    void findsAreReadByDeviceAndTimeInPages() {
        // Given
        List<Punch> punches = punches(5);
        Punch elsewhere =
                Punch.of(new SerialNumber("SN-2"), new UserId("2"), NINE.plusSeconds(2), "CheckIn", PunchDetails.NONE);
        claimed(punches.toArray(Punch[]::new));
        claimed(elsewhere);
        store.settle(punches.stream().map(FoundNearContract::near).toList());
        store.settle(List.of(near(elsewhere)));
        Instant from = NINE.plusSeconds(1);
        Instant until = NINE.plusSeconds(4);
        List<Found> first = foundNear.of(DEVICE, from, until, null, 2);

        // When
        List<Found> second = foundNear.of(DEVICE, from, until, first.get(1).key(), 2);

        // Then
        assertThat(first)
                .extracting(Found::key)
                .containsExactly(punches.get(1).key(), punches.get(2).key());
        assertThat(second).extracting(Found::key).containsExactly(punches.get(3).key());
        assertThat(foundNear.count(DEVICE, from, until)).isEqualTo(3);
    }

    @Test
    void aReplayForgetsWhatWasFound() {
        // Given
        Punch punch = punch("2", NINE);
        claimed(punch);
        store.settle(List.of(near(punch)));

        // When
        store.release(List.of(punch.key()), PunchState.DELIVERED);

        // Then
        assertThat(all()).isEmpty();
    }

    @Test
    void aFindGoesWithItsPunch() {
        // Given
        Punch old = punch("2", NINE);
        Punch young = punch("3", NINE.plusSeconds(7200));
        claimed(old, young);
        store.settle(List.of(near(old), near(young)));

        // When
        PurgedPage purged = store.purgePunches(NINE.plusSeconds(7000), null, 500);

        // Then
        assertThat(purged.punches()).isEqualTo(1);
        assertThat(all()).extracting(Found::key).containsExactly(young.key());
    }

    @Test
    void whoseACheckInMayBeIsToldByUserByNameAndByTime() {
        // Given
        Punch sameUser = punch("2", NINE.plusSeconds(10));
        Punch deliveredAsIt = punch("3", NINE.plusSeconds(20));
        Punch neither = punch("4", NINE.plusSeconds(10));
        Punch later = punch("2", NINE.plusSeconds(31));
        claimed(sameUser, deliveredAsIt, neither, later);
        store.settle(List.of(Settlement.delivered(deliveredAsIt.key(), "HR-EMP-00001", "CKIN-X")));
        Question question = new Question("CKIN-X", new UserId("2"), NINE.plusSeconds(10), NINE.plusSeconds(31));
        Question ofNobody = new Question("CKIN-Y", new UserId("9"), NINE, NINE.plusSeconds(60));

        // When
        List<List<Claimant>> answers = claimants.of(List.of(question, ofNobody));

        // Then
        assertThat(answers)
                .containsExactly(
                        List.of(
                                new Claimant(sameUser.key(), sameUser.at(), null),
                                new Claimant(deliveredAsIt.key(), deliveredAsIt.at(), "CKIN-X")),
                        List.of());
    }
}
