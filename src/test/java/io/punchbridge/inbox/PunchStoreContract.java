package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.event;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.keys;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static io.punchbridge.inbox.Samples.unreadable;
import static io.punchbridge.inbox.Samples.userUpdated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises, shown on the real database. */
abstract class PunchStoreContract {
    static final Duration LEASE = Duration.ofMinutes(10);

    final SettableClock clock = new SettableClock(NINE.plusSeconds(60));

    @SuppressWarnings("NullAway.Init")
    PunchStore store;

    /** Opens this test's database, which is empty at first. */
    abstract PunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** As a restart of the service: a new process on the same database. */
    private void reopen() {
        store.close();
        store = open();
    }

    private Stored append(Arrival arrival) {
        return store.append(List.of(arrival)).get(0);
    }

    private StoredPunch find(Punch punch) {
        return store.find(punch.key()).orElseThrow();
    }

    @Test
    void storesEveryFieldOfAPunch() {
        // Given
        PunchDetails details = new PunchDetails(
                "2024-09-17 12:00:00 GMT +0300",
                NINE.plusSeconds(2),
                "9nu1wak5616p",
                "Fingerprint",
                "36.8",
                false,
                "{\"Extra\":\"é 中\"}");
        Punch punch = Punch.of(DEVICE, new UserId("007"), NINE, "Siesta", details);

        // When
        append(live(clock.instant(), punch));

        // Then
        assertThat(find(punch))
                .isEqualTo(new StoredPunch(
                        punch.key(),
                        DEVICE,
                        new UserId("007"),
                        NINE,
                        punch.type(),
                        "Siesta",
                        details,
                        null,
                        Source.CALLBACK,
                        clock.instant(),
                        PunchState.PENDING,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void handsOutAPunchAsItWasStored() {
        // Given
        Punch punch = Punch.of(
                DEVICE, new UserId("2"), NINE, null, new PunchDetails(null, null, null, null, null, true, null));
        append(history(clock.instant(), punch));

        // When
        List<WaitingPunch> claimed = store.claim(10);

        // Then
        assertThat(claimed).containsExactly(new WaitingPunch(punch, Source.LOAD_LOG, clock.instant(), null, null));
    }

    @Test
    void repeatChangesNothing() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        StoredPunch before = find(punch);
        clock.forward(Duration.ofMinutes(1));

        // When
        Stored stored = append(history(clock.instant(), punch));

        // Then
        assertThat(stored).isEqualTo(new Stored(0, 1, 0));
        assertThat(find(punch)).isEqualTo(before);
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 1L);
    }

    @Test
    void repeatOfADeliveredPunchIsNotDeliveredAgain() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1")));

        // When
        append(live(clock.instant(), punch));

        // Then
        assertThat(store.claim(10)).isEmpty();
        assertThat(find(punch).state()).isEqualTo(PunchState.DELIVERED);
    }

    @Test
    void twoArrivalsOfOnePunchInOneTransactionAreOneNewAndOneRepeat() {
        // Given
        Punch punch = punch("2", NINE);
        Punch other = punch("1", NINE.plusSeconds(9));

        // When
        List<Stored> stored = store.append(List.of(
                live(clock.instant(), other, punch),
                live(clock.instant(), punch),
                history(clock.instant(), punch, punch)));

        // Then
        assertThat(stored).containsExactly(new Stored(2, 0, 0), new Stored(0, 1, 0), new Stored(0, 2, 0));
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 2L);
        assertThat(find(punch).source()).isEqualTo(Source.CALLBACK);
    }

    @Test
    void keepsAnUnreadablePunchInQuarantineWithReasonAndContent() {
        // Given
        UnreadablePunch noTime =
                UnreadablePunch.of(DEVICE, new UserId("2"), null, "it has no time", "{\"UserId\":\"2\"}");
        append(unreadable(clock.instant(), noTime));

        // When
        Stored repeat = append(unreadable(clock.instant(), noTime));

        // Then
        assertThat(repeat).isEqualTo(new Stored(0, 1, 0));
        StoredPunch stored = store.find(noTime.key()).orElseThrow();
        assertThat(stored.state()).isEqualTo(PunchState.QUARANTINED);
        assertThat(stored.reason()).isEqualTo("it has no time");
        assertThat(stored.content()).isEqualTo("{\"UserId\":\"2\"}");
        assertThat(stored.user()).isEqualTo(new UserId("2"));
        assertThat(stored.at()).isNull();
        assertThat(stored.type()).isNull();
        assertThat(store.counts()).containsEntry(PunchState.QUARANTINED, 1L);
    }

    @Test
    void unreadablePunchIsNeitherClaimedNorReleased() {
        // Given
        UnreadablePunch unreadable = UnreadablePunch.of(DEVICE, new UserId("2"), NINE, "unknown device", "{}");
        append(unreadable(clock.instant(), unreadable));

        // When
        int released = store.release(List.of(unreadable.key()), PunchState.QUARANTINED);

        // Then
        assertThat(released).isZero();
        assertThat(store.claim(10)).isEmpty();
        assertThat(store.inState(PunchState.QUARANTINED, null, 10)).isEmpty();
    }

    @Test
    void storesWhatNoDatabaseLikes() {
        // Given
        Punch punch = Punch.of(
                DEVICE,
                new UserId("2\0"),
                NINE,
                "Check\0In?",
                new PunchDetails("\0", Instant.MAX, "x", "y", "z", null, "\uD800"));
        Punch next = punch("3", NINE);

        // When
        Stored stored = append(live(clock.instant(), punch, next));

        // Then
        assertThat(stored.newPunches()).isEqualTo(2);
        assertThat(find(punch).user()).isEqualTo(new UserId("2\uFFFD"));
    }

    @Test
    void claimsLivePunchesBeforeHistoryAndOldestFirst() {
        // Given
        Punch liveLate = punch("1", NINE.plusSeconds(30));
        Punch liveEarly = punch("2", NINE.plusSeconds(20));
        Punch historyLate = punch("3", NINE.plusSeconds(10));
        Punch historyEarly = punch("4", NINE);
        append(history(clock.instant(), historyLate, historyEarly));
        append(live(clock.instant(), liveLate, liveEarly));

        // When
        List<WaitingPunch> claimed = store.claim(3);

        // Then
        assertThat(keys(claimed)).containsExactly(liveEarly.key(), liveLate.key(), historyEarly.key());
        assertThat(keys(store.claim(3))).containsExactly(historyLate.key());
    }

    @Test
    void claimIsExclusiveUntilItsLeaseEnds() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        clock.forward(LEASE.minusMillis(1));
        assertThat(store.claim(1)).isEmpty();
        clock.forward(Duration.ofMillis(1));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(keys(claimed)).containsExactly(punch.key());
        assertThat(claimed.get(0).inDoubtSince()).isEqualTo(clock.instant());
    }

    @Test
    void renewedClaimLastsAWholeLeaseMore() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        clock.forward(LEASE.minusMillis(1));

        // When
        boolean renewed = store.renew(List.of(punch.key()));

        // Then
        assertThat(renewed).isTrue();
        clock.forward(LEASE.minusMillis(1));
        assertThat(store.claim(1)).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThat(keys(store.claim(1))).containsExactly(punch.key());
    }

    @Test
    void whatIsNotClaimedCanNotBeRenewed() {
        // Given
        Punch claimed = punch("2", NINE);
        Punch settled = punch("3", NINE);
        append(live(clock.instant(), claimed, settled));
        store.claim(2);
        store.settle(List.of(Settlement.delivered(settled.key(), "HR-EMP-00001", "EMP-CKIN-1")));

        // When
        boolean renewed = store.renew(List.of(claimed.key(), settled.key()));

        // Then
        assertThat(renewed).isFalse();
        assertThat(store.claim(1)).isEmpty();
    }

    @Test
    void punchClaimedBeforeACrashIsInDoubtSinceItsClaimAfterIt() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        clock.forward(LEASE.plusSeconds(1));
        reopen();

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed.get(0).inDoubtSince()).isEqualTo(clock.instant());
    }

    @Test
    void punchInDoubtStaysSoSinceTheInstantThatItsSettlementNames() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        Instant sentAt = clock.instant().plusSeconds(3);
        store.settle(List.of(Settlement.inDoubt(punch.key(), sentAt, null)));
        clock.forward(Duration.ofMinutes(1));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed.get(0).inDoubtSince()).isEqualTo(sentAt);
    }

    @Test
    void punchInDoubtWhoseNextClaimEndsInACrashIsInDoubtAnew() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.inDoubt(punch.key(), clock.instant(), null)));
        clock.forward(Duration.ofMinutes(1));
        store.claim(1);
        clock.forward(LEASE.plusSeconds(1));
        reopen();

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed.get(0).inDoubtSince()).isEqualTo(clock.instant());
    }

    @Test
    void punchThatIsSurelyNotInFrappeIsInDoubtNoMore() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.inDoubt(punch.key(), clock.instant(), null)));
        store.claim(1);
        store.settle(List.of(Settlement.again(punch.key(), null)));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed.get(0).inDoubtSince()).isNull();
    }

    @Test
    void postponedPunchWaitsUntilItsInstant() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.again(punch.key(), clock.instant().plus(Duration.ofMinutes(5)))));
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        assertThat(store.claim(1)).isEmpty();
        clock.forward(Duration.ofMillis(1));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(keys(claimed)).containsExactly(punch.key());
    }

    @Test
    void noPunchIsPostponedByMoreThanAnHour() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.again(punch.key(), clock.instant().plus(Duration.ofDays(1)))));
        assertThat(store.claim(1)).isEmpty();
        clock.forward(Duration.ofHours(1));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(keys(claimed)).containsExactly(punch.key());
    }

    @Test
    void clockThatStepsBackStrandsNoPostponedPunch() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.again(punch.key(), clock.instant().plus(Duration.ofMinutes(5)))));
        clock.back(Duration.ofHours(1));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(keys(claimed)).containsExactly(punch.key());
    }

    @Test
    void clockThatStepsBackStrandsNoPunchThatADeadProcessClaimed() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        reopen();
        clock.back(Duration.ofHours(2));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(keys(claimed)).containsExactly(punch.key());
    }

    @Test
    void clockThatStepsBackTakesNoClaimFromItsHolder() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        clock.back(Duration.ofDays(2));

        // When
        List<WaitingPunch> claimed = store.claim(1);

        // Then
        assertThat(claimed).isEmpty();
    }

    @Test
    void deliveredPunchKeepsEmployeeCheckinAndTheInstant() {
        // Given
        Punch punch = punch("2", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);

        // When
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-09-2024-000001")));

        // Then
        StoredPunch stored = find(punch);
        assertThat(stored.state()).isEqualTo(PunchState.DELIVERED);
        assertThat(stored.employee()).isEqualTo("HR-EMP-00001");
        assertThat(stored.checkin()).isEqualTo("EMP-CKIN-09-2024-000001");
        assertThat(stored.settledAt()).isEqualTo(clock.instant());
    }

    @Test
    void settlingWhatWasNotClaimedKeepsNothingOfTheSettlement() {
        // Given
        Punch claimed = punch("1", NINE);
        Punch unclaimed = punch("2", NINE.plusSeconds(1));
        append(live(clock.instant(), claimed, unclaimed));
        store.claim(1);

        // When
        Runnable settle = () -> store.settle(List.of(
                Settlement.delivered(claimed.key(), "HR-EMP-00001", "EMP-CKIN-1"),
                Settlement.again(unclaimed.key(), null)));

        // Then
        assertThatThrownBy(settle::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(unclaimed.key().value())
                .hasMessageNotContaining(claimed.key().value());
        assertThat(find(claimed).state()).isEqualTo(PunchState.PENDING);
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 2L).containsEntry(PunchState.DELIVERED, 0L);
    }

    @Test
    void settlingTwiceIsRefused() {
        // Given
        Punch punch = punch("1", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.withReason(punch.key(), PunchState.REJECTED, "refused")));

        // When
        Runnable settle = () -> store.settle(List.of(Settlement.again(punch.key(), null)));

        // Then
        assertThatThrownBy(settle::run).isInstanceOf(IllegalStateException.class);
        assertThat(find(punch).reason()).isEqualTo("refused");
    }

    @Test
    void settlementOfAClaimThatAnotherProcessTookOverIsRefused() {
        // Given
        Punch punch = punch("1", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        clock.forward(LEASE);
        reopen();
        store.claim(1);
        reopen();

        // When
        Runnable settle = () -> store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1")));

        // Then
        assertThatThrownBy(settle::run).isInstanceOf(IllegalStateException.class);
        assertThat(find(punch).state()).isEqualTo(PunchState.PENDING);
    }

    @Test
    void releasedPunchIsDueAtOnceWithoutDoubt() {
        // Given
        Punch punch = punch("1", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.withReason(punch.key(), PunchState.HELD, "no employee has device id 1")));
        assertThat(store.claim(1)).isEmpty();

        // When
        int released = store.release(List.of(punch.key()), PunchState.HELD);

        // Then
        assertThat(released).isEqualTo(1);
        assertThat(store.claim(1))
                .containsExactly(new WaitingPunch(punch, Source.CALLBACK, clock.instant(), null, null));
    }

    @Test
    void releaseLeavesPunchesOfOtherStatesAlone() {
        // Given
        Punch punch = punch("1", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.withReason(punch.key(), PunchState.REJECTED, "refused")));

        // When
        int released = store.release(List.of(punch.key(), new PunchKey("absent")), PunchState.HELD);

        // Then
        assertThat(released).isZero();
        assertThat(find(punch).state()).isEqualTo(PunchState.REJECTED);
    }

    @Test
    void replayOfADeliveredPunchStartsInDoubt() {
        // Given
        Punch punch = punch("1", NINE);
        append(live(clock.instant(), punch));
        store.claim(1);
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00001", "EMP-CKIN-1")));

        // When
        store.release(List.of(punch.key()), PunchState.DELIVERED);

        // Then
        assertThat(store.claim(1).get(0).inDoubtSince()).isEqualTo(clock.instant());
    }

    @Test
    void countsStayExactThroughEveryTransition() {
        // Given
        List<Punch> punches = punches(7);
        append(live(clock.instant(), punches));
        append(live(clock.instant(), punches));
        append(unreadable(clock.instant(), UnreadablePunch.of(DEVICE, null, null, "unreadable", "{}")));
        List<PunchKey> keys = keys(store.claim(7));
        store.settle(List.of(
                Settlement.delivered(keys.get(0), "HR-EMP-00001", "EMP-CKIN-1"),
                Settlement.delivered(keys.get(1), "HR-EMP-00002", "EMP-CKIN-2"),
                Settlement.withReason(keys.get(2), PunchState.HELD, "unknown"),
                Settlement.withReason(keys.get(3), PunchState.REJECTED, "refused"),
                Settlement.withReason(keys.get(4), PunchState.IGNORED, "meal"),
                Settlement.again(keys.get(5), null),
                Settlement.inDoubt(keys.get(6), clock.instant(), null)));
        store.release(keys, PunchState.REJECTED);
        reopen();

        // When
        Map<PunchState, Long> counts = store.counts();

        // Then
        assertThat(counts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        PunchState.PENDING, 3L,
                        PunchState.DELIVERED, 2L,
                        PunchState.HELD, 1L,
                        PunchState.REJECTED, 0L,
                        PunchState.IGNORED, 1L,
                        PunchState.QUARANTINED, 1L));
    }

    @Test
    void walksAStateInPagesInTheOrderOfKeys() {
        // Given
        List<Punch> punches = punches(6);
        append(history(clock.instant(), punches.get(5), punches.get(1)));
        append(live(clock.instant(), punches.get(4), punches.get(2), punches.get(3), punches.get(0)));
        store.claim(6);
        store.settle(punches.stream()
                .map(punch -> Settlement.withReason(punch.key(), PunchState.HELD, "unknown"))
                .toList());

        // When
        List<WaitingPunch> first = store.inState(PunchState.HELD, null, 4);

        // Then
        assertThat(keys(first)).isEqualTo(keysOf(punches.subList(0, 4)));
        assertThat(first.get(0).reason()).isEqualTo("unknown");
        assertThat(keys(store.inState(PunchState.HELD, punches.get(3).key(), 4)))
                .isEqualTo(keysOf(punches.subList(4, 6)));
    }

    @Test
    void walksPendingAndDeliveredPunchesToo() {
        // Given
        List<Punch> punches = punches(5);
        append(history(clock.instant(), punches.get(0), punches.get(3)));
        append(live(clock.instant(), punches.get(4), punches.get(1), punches.get(2)));
        store.claim(2);
        store.settle(List.of(
                Settlement.delivered(punches.get(1).key(), "HR-EMP-00001", "EMP-CKIN-1"),
                Settlement.delivered(punches.get(2).key(), "HR-EMP-00001", "EMP-CKIN-2")));

        // When
        List<WaitingPunch> pending =
                store.inState(PunchState.PENDING, punches.get(0).key(), 2);

        // Then
        assertThat(keys(pending))
                .containsExactly(punches.get(3).key(), punches.get(4).key());
        assertThat(keys(store.inState(PunchState.DELIVERED, punches.get(1).key(), 2)))
                .containsExactly(punches.get(2).key());
    }

    @Test
    void tellsWhenTheOldestPendingPunchCame() {
        // Given
        assertThat(store.oldestPending()).isEmpty();
        Punch first = punch("1", NINE.plusSeconds(5));
        Punch second = punch("2", NINE);
        append(live(clock.instant(), first));
        clock.forward(Duration.ofSeconds(10));
        Instant secondCame = clock.instant();
        append(live(secondCame, second));
        store.claim(2);
        store.settle(List.of(Settlement.delivered(first.key(), "HR-EMP-00001", "EMP-CKIN-1")));

        // When
        var oldest = store.oldestPending();

        // Then
        assertThat(oldest).contains(secondCame);
    }

    @Test
    void keepsAnEventOnceAndShowsTheNewestFirst() {
        // Given
        DeviceEvent first = userUpdated("1");
        DeviceEvent second = userUpdated("2");
        Instant firstCame = clock.instant();
        append(event(firstCame, first));
        clock.forward(Duration.ofSeconds(1));
        append(event(clock.instant(), second));
        Stored repeat = append(event(clock.instant(), first));

        // When
        List<StoredEvent> events = store.recentEvents(10);

        // Then
        assertThat(repeat).isEqualTo(new Stored(0, 0, 0));
        assertThat(events).containsExactly(new StoredEvent(second, clock.instant()), new StoredEvent(first, firstCame));
        assertThat(store.recentEvents(1)).hasSize(1);
    }

    @Test
    void remembersTheLastValueOfAFact() {
        // Given
        assertThat(store.recall("site-time-zone")).isEmpty();
        store.remember("site-time-zone", "Africa/Nairobi");
        store.remember("site-time-zone", "Asia/Kolkata");
        reopen();

        // When
        var value = store.recall("site-time-zone");

        // Then
        assertThat(value).contains("Asia/Kolkata");
    }

    @Test
    void probeWritesSomethingReal() {
        // Given
        clock.forward(Duration.ofSeconds(1));

        // When
        store.probe();

        // Then
        assertThat(store.recall("probe")).get(STRING).startsWith(clock.millis() + " ");
        assertThat(store.inState(PunchState.QUARANTINED, null, 10)).isEmpty();
        assertThat(store.find(new PunchKey("probe"))).isEmpty();
    }

    @Test
    void emptyCallsChangeNothing() {
        // Given
        store.settle(List.of());

        // When
        List<Stored> stored = store.append(List.of(live(clock.instant())));

        // Then
        assertThat(stored).containsExactly(new Stored(0, 0, 0));
        assertThat(store.release(List.of(), PunchState.HELD)).isZero();
        assertThat(store.find(new PunchKey("absent"))).isEmpty();
    }

    private static final Duration KEPT = Duration.ofDays(400);

    /** Long after {@code NINE}, when all that was settled then may go. */
    private void letTheRetentionPass() {
        clock.forward(KEPT.plusDays(1));
    }

    private Instant horizon() {
        return clock.instant().minus(KEPT);
    }

    private PurgedPage purgeOld() {
        return store.purgePunches(horizon(), null, 500);
    }

    /** Stored, claimed and delivered now. */
    private void deliver(List<Punch> punches) {
        append(live(clock.instant(), punches));
        store.claim(punches.size());
        store.settle(punches.stream()
                .map(punch -> Settlement.delivered(
                        punch.key(), "HR-EMP-00001", "EMP-CKIN-" + punch.user().value()))
                .toList());
    }

    @Test
    void purgesOldDeliveredAndIgnoredPunchesAndNoOthers() {
        // Given
        UnreadablePunch unreadable = UnreadablePunch.of(DEVICE, null, null, "It has no user.", "{}");
        List<Punch> punches = punches(5);
        append(unreadable(clock.instant(), unreadable));
        append(live(clock.instant(), punches));
        store.claim(4);
        store.settle(List.of(
                Settlement.delivered(punches.get(0).key(), "HR-EMP-00001", "EMP-CKIN-1"),
                Settlement.withReason(punches.get(1).key(), PunchState.IGNORED, "a meal"),
                Settlement.withReason(punches.get(2).key(), PunchState.HELD, "unknown"),
                Settlement.withReason(punches.get(3).key(), PunchState.REJECTED, "refused")));
        letTheRetentionPass();

        // When
        PurgedPage purged = purgeOld();

        // Then
        assertThat(purged).isEqualTo(new PurgedPage(2, null));
        assertThat(punches)
                .filteredOn(punch -> store.find(punch.key()).isPresent())
                .isEqualTo(punches.subList(2, 5));
        assertThat(store.counts())
                .isEqualTo(Map.of(
                        PunchState.PENDING, 1L,
                        PunchState.DELIVERED, 0L,
                        PunchState.HELD, 1L,
                        PunchState.REJECTED, 1L,
                        PunchState.IGNORED, 0L,
                        PunchState.QUARANTINED, 1L));
    }

    /** Nobody can send it, and it has no time of its own: when a person dismissed it counts. */
    @Test
    void purgesADismissedUnreadablePunchByWhenItWasDismissed() {
        // Given
        UnreadablePunch old = UnreadablePunch.of(DEVICE, null, null, "It has no user.", "{}");
        UnreadablePunch young = UnreadablePunch.of(DEVICE, null, null, "It has no user.", "{\"a\":1}");
        UnreadablePunch waiting = UnreadablePunch.of(DEVICE, null, null, "It has no user.", "{\"a\":2}");
        List<Punch> punches = punches(2);
        deliver(punches);
        append(unreadable(clock.instant(), old));
        append(unreadable(clock.instant(), young));
        append(unreadable(clock.instant(), waiting));
        Actions actions = new SqlActions((SqlPunchStore) store, clock, () -> {});
        actions.dismiss(List.of(old.key()), ActionsContract.REQUEST);
        letTheRetentionPass();
        actions.dismiss(List.of(young.key()), ActionsContract.REQUEST);

        // When
        PurgedPage first = store.purgePunches(horizon(), null, 2);
        PurgedPage second = store.purgePunches(horizon(), first.last(), 2);

        // Then
        assertThat(first).isEqualTo(new PurgedPage(2, punches.get(1).key()));
        assertThat(second).isEqualTo(new PurgedPage(1, null));
        assertThat(store.find(old.key())).isEmpty();
        assertThat(store.find(young.key())).isPresent();
        assertThat(store.find(waiting.key())).isPresent();
        assertThat(store.counts()).containsEntry(PunchState.IGNORED, 1L).containsEntry(PunchState.QUARANTINED, 1L);
    }

    @Test
    void purgesNeitherAYoungPunchNorOneThatWasSettledLately() {
        // Given
        Punch settledLately = punch("1", NINE);
        append(live(clock.instant(), settledLately));
        letTheRetentionPass();
        Punch young = punch("2", clock.instant().minus(KEPT).plusSeconds(1));
        deliver(List.of(settledLately, young));
        clock.back(Duration.ofSeconds(1));

        // When
        PurgedPage purged = store.purgePunches(horizon(), null, 500);

        // Then
        assertThat(purged).isEqualTo(PurgedPage.NOTHING);
        assertThat(store.counts()).containsEntry(PunchState.DELIVERED, 2L);
    }

    /** Its repeat would not be looked for among the purged ones. */
    @Test
    void purgesNoPunchWhoseOwnTimeIsYoungHoweverLongAgoItWasSettled() {
        // Given
        Punch aheadOfItsTime = punch("1", clock.instant().plus(Duration.ofHours(2)));
        deliver(List.of(aheadOfItsTime));
        clock.forward(KEPT.plusHours(1));

        // When
        PurgedPage purged = purgeOld();

        // Then
        assertThat(purged).isEqualTo(PurgedPage.NOTHING);
        assertThat(store.find(aheadOfItsTime.key())).isPresent();
    }

    @Test
    void repeatOfAPurgedPunchIsStillKnownAndChangesNothing() {
        // Given
        Punch old = punch("1", NINE);
        deliver(List.of(old));
        letTheRetentionPass();
        purgeOld();
        Punch asOld = punch("never seen", NINE);
        Arrival arrival = history(clock.instant(), asOld, old, old);

        // When
        Stored stored = append(arrival);

        // Then
        assertThat(stored).isEqualTo(new Stored(1, 2, 0));
        assertThat(store.find(old.key())).isEmpty();
        assertThat(store.claim(10)).extracting(waiting -> waiting.punch().key()).containsExactly(asOld.key());
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 1L).containsEntry(PunchState.DELIVERED, 0L);
    }

    @Test
    void purgesInStepsPastWhatMustStay() {
        // Given
        List<Punch> punches = punches(7);
        deliver(punches);
        store.release(List.of(punches.get(0).key(), punches.get(2).key()), PunchState.DELIVERED);
        letTheRetentionPass();
        PurgedPage first = store.purgePunches(horizon(), null, 2);
        PurgedPage second = store.purgePunches(horizon(), first.last(), 2);

        // When
        PurgedPage third = store.purgePunches(horizon(), second.last(), 2);

        // Then
        assertThat(first).isEqualTo(new PurgedPage(2, punches.get(3).key()));
        assertThat(second).isEqualTo(new PurgedPage(2, punches.get(5).key()));
        assertThat(third).isEqualTo(new PurgedPage(1, null));
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 2L).containsEntry(PunchState.DELIVERED, 0L);
    }

    @Test
    void repeatIsKnownUntilItsKeyIsForgotten() {
        // Given
        List<Punch> punches = punches(3);
        deliver(punches);
        letTheRetentionPass();
        purgeOld();
        Instant secondPunch = NINE.plusSeconds(1);
        int none = store.forgetKeys(NINE, 500);

        // When
        int forgotten = store.forgetKeys(secondPunch, 500);

        // Then
        assertThat(none).isZero();
        assertThat(forgotten).isEqualTo(1);
        assertThat(append(history(clock.instant(), punches.get(0)))).isEqualTo(new Stored(1, 0, 0));
        assertThat(append(history(clock.instant(), punches.get(1)))).isEqualTo(new Stored(0, 1, 0));
    }

    @Test
    void forgetsKeysInSteps() {
        // Given
        deliver(punches(5));
        letTheRetentionPass();
        purgeOld();

        // When
        List<Integer> forgotten =
                List.of(store.forgetKeys(horizon(), 2), store.forgetKeys(horizon(), 2), store.forgetKeys(horizon(), 2));

        // Then
        assertThat(forgotten).containsExactly(2, 2, 1);
    }

    @Test
    void purgesTheOldestEventsInSteps() {
        // Given
        DeviceEvent young = userUpdated("young");
        for (int i = 0; i < 5; i++) {
            append(event(clock.instant(), userUpdated(Integer.toString(i))));
            clock.forward(Duration.ofSeconds(1));
        }
        Instant before = clock.instant();
        append(event(before, young));

        // When
        List<Integer> purged =
                List.of(store.purgeEvents(before, 3), store.purgeEvents(before, 3), store.purgeEvents(before, 3));

        // Then
        assertThat(purged).containsExactly(3, 2, 0);
        assertThat(store.recentEvents(10)).containsExactly(new StoredEvent(young, before));
    }

    @Test
    void purgeThatFailsHalfwayKeepsThePunchesAndTheCounts() {
        // Given
        List<Punch> punches = punches(3);
        deliver(punches);
        letTheRetentionPass();
        refusePastKeys();
        assertThatThrownBy(this::purgeOld).isInstanceOf(StorageException.class);

        // When
        Map<PunchState, Long> counts = store.counts();

        // Then
        assertThat(counts).containsEntry(PunchState.DELIVERED, 3L);
        assertThat(punches)
                .allSatisfy(punch -> assertThat(store.find(punch.key())).isPresent());
    }

    /** Lets every insert of a purged punch's key fail. */
    abstract void refusePastKeys();

    @Test
    void jobRunsOnceAtATime() {
        // Given
        List<String> ran = new ArrayList<>();
        ClusterLock lock = store.clusterLock();

        // When
        boolean outer = lock.runExclusively("job", Duration.ofMinutes(1), () -> {
            ran.add("outer");
            boolean same = lock.runExclusively("job", Duration.ofMinutes(1), () -> ran.add("same"));
            boolean other = lock.runExclusively("other job", Duration.ofMinutes(1), () -> ran.add("other"));
            ran.add(same + " " + other);
        });

        // Then
        assertThat(outer).isTrue();
        assertThat(ran).containsExactly("outer", "other", "false true");
    }

    @Test
    void jobThatFailedMayRunAgainAtOnce() {
        // Given
        List<String> ran = new ArrayList<>();
        ClusterLock lock = store.clusterLock();
        IllegalStateException failure = new IllegalStateException("a bug");
        assertThatThrownBy(() -> lock.runExclusively("job", Duration.ofMinutes(1), () -> {
                    throw failure;
                }))
                .isSameAs(failure);

        // When
        boolean again = lock.runExclusively("job", Duration.ofMinutes(1), () -> ran.add("again"));

        // Then
        assertThat(again).isTrue();
        assertThat(ran).containsExactly("again");
    }

    static List<PunchKey> keysOf(List<Punch> punches) {
        return punches.stream().map(Punch::key).toList();
    }
}
