package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches.Finding;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Late punches on a real database: noted with their settlement, judged, repaired step by step, purged. */
abstract class LatePunchesContract {
    private static final Duration AFTER = Duration.ofMinutes(10);
    private static final LocalDate DAY = LocalDate.of(2024, 9, 17);
    private static final Said HALF_DAY = new Said("Half Day", 3.05, DAY.atTime(8, 57), null);
    private static final Said PRESENT = new Said("Present", 9.05, DAY.atTime(8, 57), DAY.atTime(18, 0, 1));

    final SettableClock clock = new SettableClock(NINE.plus(AFTER));

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private LatePunches latePunches;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        store.noteLate(new LateAfter(AFTER));
        latePunches = new SqlLatePunches(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private Punch claimed(Punch punch) {
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(100);
        return punch;
    }

    private static Settlement delivered(Punch punch) {
        return Settlement.delivered(
                punch.key(), "HR-EMP-00001", "CKIN-" + punch.user().value());
    }

    private Punch late(String user, Instant at) {
        Punch punch = claimed(punch(user, at));
        store.settle(List.of(delivered(punch)));
        return punch;
    }

    private List<LatePunch> candidates() {
        return latePunches.candidates(clock.instant(), 100);
    }

    private LateEntry entry(String employee, LocalDate day) {
        return LateEntry.found(employee, day, "Day Shift", "HR-ATT-1", HALF_DAY, clock.instant());
    }

    private LateEntry entered(String employee, LocalDate day, Punch... punches) {
        LateEntry entry = entry(employee, day);
        latePunches.judge(
                List.of(),
                List.of(new Finding(
                        entry, List.of(punches).stream().map(Punch::key).toList())));
        return entry;
    }

    @Test
    void aPunchIsNotedByTheSettlementThatComesLate() {
        // Given
        Punch punch = claimed(punch("2", NINE));

        // When
        store.settle(List.of(delivered(punch)));

        // Then
        assertThat(candidates())
                .containsExactly(new LatePunch(
                        punch.key(), DEVICE, new UserId("2"), "HR-EMP-00001", "CKIN-2", NINE, clock.instant()));
    }

    @Test
    void aPunchInTimeIsNotNoted() {
        // Given
        Punch punch = claimed(punch("2", NINE.plusSeconds(1)));

        // When
        store.settle(List.of(delivered(punch)));

        // Then
        assertThat(candidates()).isEmpty();
    }

    @Test
    void nothingIsNotedUnlessToldTo() {
        // Given
        store.noteLate(LateAfter.NEVER);
        Punch punch = claimed(punch("2", NINE));

        // When
        store.settle(List.of(delivered(punch)));

        // Then
        assertThat(candidates()).isEmpty();
    }

    @Test
    void anotherProgramsCheckInCountsAndMealsAndWhatWasNotDeliveredDoNot() {
        // Given
        Punch near = claimed(punch("2", NINE));
        Punch meal = claimed(Punch.of(DEVICE, new UserId("3"), NINE, "MealIn", PunchDetails.NONE));
        Punch rejected = claimed(punch("4", NINE));

        // When
        store.settle(List.of(
                Settlement.foundNear(near.key(), "HR-EMP-00001", "CKIN-X", new NearCheckin("IN", "OUT", 1), "near"),
                delivered(meal),
                Settlement.withReason(rejected.key(), PunchState.REJECTED, "refused")));

        // Then
        assertThat(candidates()).extracting(LatePunch::checkin).containsExactly("CKIN-X");
    }

    @Test
    void aSettlementThatFailsNotesNothing() {
        // Given
        Punch claimed = claimed(punch("2", NINE));
        Punch notClaimed = punch("3", NINE);

        // When
        assertThatThrownBy(() -> store.settle(List.of(delivered(claimed), delivered(notClaimed))))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(candidates()).isEmpty();
    }

    @Test
    void candidatesComeInTheOrderOfTheirSettlementAndInPages() {
        // Given
        Punch first = late("2", NINE);
        clock.forward(Duration.ofSeconds(1));
        Punch second = late("3", NINE.minusSeconds(5));
        clock.forward(Duration.ofSeconds(1));
        late("4", NINE);

        // When
        List<LatePunch> found = latePunches.candidates(clock.instant().minusSeconds(1), 2);

        // Then
        assertThat(found).extracting(LatePunch::key).containsExactly(first.key(), second.key());
        assertThat(latePunches.candidateCount()).isEqualTo(3);
    }

    @Test
    void judgingForgetsWhatWasInTimeAndEntersTheRest() {
        // Given
        Punch inTime = late("2", NINE);
        Punch tooLate = late("3", NINE);
        LateEntry entry = entry("HR-EMP-00003", DAY);

        // When
        latePunches.judge(List.of(inTime.key()), List.of(new Finding(entry, List.of(tooLate.key()))));

        // Then
        assertThat(candidates()).isEmpty();
        assertThat(latePunches.find(entry.id())).contains(entry);
        assertThat(latePunches.punchesOf(List.of(entry.id())).get(entry.id()))
                .extracting(LatePunch::key)
                .containsExactly(tooLate.key());
        assertThat(latePunches.counts()).containsEntry(State.FOUND, 1L).containsEntry(State.CANNOT, 0L);
    }

    @Test
    void oneMorePunchHasItsEntryLookedAtAnew() {
        // Given
        LateEntry entry = entered("HR-EMP-00003", DAY, late("3", NINE));
        latePunches.save(entry.to(State.CANNOT, "old", null, clock.instant()));
        Punch more = late("3", NINE.minusSeconds(60));

        // When
        entered("HR-EMP-00003", DAY, more);

        // Then
        assertThat(latePunches.due(clock.instant(), 10)).singleElement().satisfies(due -> {
            assertThat(due.state()).isEqualTo(State.FOUND);
            assertThat(due.reason()).isNull();
        });
        assertThat(latePunches.punchesOf(List.of(entry.id())).get(entry.id())).hasSize(2);
    }

    @Test
    void oneMorePunchLeavesARepairUnderWayAsItIs() {
        // Given
        LateEntry entry = entered("HR-EMP-00003", DAY, late("3", NINE));
        LateEntry repairing = entry.to(State.REPAIRING, "begun", clock.instant().plusSeconds(60), clock.instant());
        latePunches.save(repairing);
        Punch more = late("3", NINE.minusSeconds(60));

        // When
        entered("HR-EMP-00003", DAY, more);

        // Then
        assertThat(latePunches.find(entry.id())).contains(repairing);
        assertThat(latePunches.punchesOf(List.of(entry.id())).get(entry.id())).hasSize(2);
    }

    @Test
    void aReplayOfAPunchThatIsTheSameCheckInLeavesItsEntry() {
        // Given
        Punch punch = late("3", NINE);
        LateEntry entry = entered("HR-EMP-00003", DAY, punch);
        store.release(List.of(punch.key()), PunchState.DELIVERED);
        store.claim(10);

        // When
        store.settle(List.of(delivered(punch)));

        // Then
        assertThat(candidates()).isEmpty();
        assertThat(latePunches.punchesOf(List.of(entry.id()))).containsKey(entry.id());
    }

    @Test
    void aReplayThatBecameAnotherCheckInIsJudgedAnew() {
        // Given
        Punch punch = late("3", NINE);
        entered("HR-EMP-00003", DAY, punch);
        store.release(List.of(punch.key()), PunchState.DELIVERED);
        store.claim(10);

        // When
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-00002", "CKIN-other")));

        // Then
        assertThat(candidates()).extracting(LatePunch::checkin).containsExactly("CKIN-other");
    }

    @Test
    void anEntryIsKeptWhole() {
        // Given
        LateEntry entry = entered("HR-EMP-00003", DAY, late("3", NINE))
                .read("HR-ATT-2", HALF_DAY, PRESENT)
                .withAttempts(2)
                .to(
                        State.REPAIRING,
                        "why",
                        clock.instant().plusSeconds(60),
                        clock.instant().plusSeconds(1));

        // When
        latePunches.save(entry);

        // Then
        assertThat(latePunches.find(entry.id())).contains(entry);
        assertThat(latePunches.countTried(2)).isEqualTo(1);
        assertThat(latePunches.countTried(3)).isZero();
    }

    @Test
    void whatIsUnderRepairIsDueFirstAndWhatIsNeverLookedAtAgainIsNot() {
        // Given
        LateEntry old = entered("HR-EMP-00001", DAY.minusDays(1), late("1", NINE));
        LateEntry repairing = entered("HR-EMP-00002", DAY.minusDays(2), late("2", NINE));
        latePunches.save(repairing.to(State.REPAIRING, null, clock.instant(), clock.instant()));
        LateEntry young = entered("HR-EMP-00003", DAY, late("3", NINE));
        LateEntry never = entered("HR-EMP-00004", DAY, late("4", NINE));
        latePunches.save(never.to(State.REPAIRED, null, null, clock.instant()));
        LateEntry later = entered("HR-EMP-00005", DAY, late("5", NINE));
        latePunches.save(later.to(State.FOUND, null, clock.instant().plusSeconds(1), clock.instant()));

        // When
        List<LateEntry> due = latePunches.due(clock.instant(), 10);

        // Then
        assertThat(due).extracting(LateEntry::id).containsExactly(repairing.id(), young.id(), old.id());
    }

    @Test
    void wakingHasWhatWasOnlyReportedLookedAtAgain() {
        // Given
        LateEntry found = entered("HR-EMP-00001", DAY, late("1", NINE));
        latePunches.save(found.to(State.FOUND, null, null, clock.instant()));
        LateEntry cannot = entered("HR-EMP-00002", DAY, late("2", NINE));
        latePunches.save(cannot.to(State.CANNOT, "why", null, clock.instant()));

        // When
        latePunches.wake(clock.instant());

        // Then
        assertThat(latePunches.due(clock.instant(), 10))
                .extracting(LateEntry::id)
                .containsExactly(found.id());
    }

    @Test
    void theListIsReadByStateAndDayInPages() {
        // Given
        LateEntry first = entered("HR-EMP-00001", DAY, late("1", NINE));
        LateEntry second = entered("HR-EMP-00001", DAY.minusDays(1), late("2", NINE));
        entered("HR-EMP-00001", DAY.minusDays(2), late("3", NINE));
        LateEntry repaired = entered("HR-EMP-00001", DAY.minusDays(1), late("4", NINE));
        List<LateEntry> page = latePunches.list(State.FOUND, DAY.minusDays(1), DAY, null, 1);

        // When
        List<LateEntry> next =
                latePunches.list(State.FOUND, DAY.minusDays(1), DAY, page.get(0).id(), 5);

        // Then
        assertThat(repaired.id()).isEqualTo(second.id());
        assertThat(page).extracting(LateEntry::id).containsExactly(first.id());
        assertThat(next).extracting(LateEntry::id).containsExactly(second.id());
        assertThat(latePunches.list(State.CANNOT, null, null, null, 5)).isEmpty();
    }

    @Test
    void aStepIsWrittenWithItsEntryBeforeItIsDone() {
        // Given
        LateEntry entry = entered("HR-EMP-00001", DAY, late("1", NINE));
        latePunches.plan(entry, List.of(new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-1")));
        LateEntry repairing = entry.to(State.REPAIRING, null, clock.instant(), clock.instant());
        int cancel = latePunches.begin(repairing, new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-1"), clock.instant());
        latePunches.done(entry.id(), cancel, clock.instant().plusSeconds(2));

        // When
        latePunches.begin(repairing, new LateStep.Plan(LateStep.Kind.PROCESS, "Day Shift"), clock.instant());

        // Then
        assertThat(latePunches.find(entry.id())).contains(repairing);
        assertThat(latePunches.stepsOf(List.of(entry.id())))
                .isEqualTo(Map.of(
                        entry.id(),
                        List.of(
                                new LateStep(
                                        1,
                                        LateStep.Kind.CANCEL,
                                        "HR-ATT-1",
                                        clock.instant(),
                                        clock.instant().plusSeconds(2)),
                                new LateStep(2, LateStep.Kind.PROCESS, "Day Shift", clock.instant(), null))));
    }

    @Test
    void morePunchesOfTheSamePersonAndDayAreComing() {
        // Given
        LateEntry entry = entered("HR-EMP-00001", DAY, late("1", NINE));
        boolean before = latePunches.moreComing(entry.id());
        store.append(List.of(live(clock.instant(), punch("1", NINE.plusSeconds(300)))));

        // When
        boolean waiting = latePunches.moreComing(entry.id());

        // Then
        assertThat(before).isFalse();
        assertThat(waiting).isTrue();
    }

    @Test
    void punchesOfOthersAndOfOtherDaysAreNoneOfIt() {
        // Given
        LateEntry entry = entered("HR-EMP-00001", DAY, late("1", NINE));

        // When
        store.append(List.of(
                live(clock.instant(), punch("2", NINE.plusSeconds(300))),
                live(clock.instant(), punch("1", NINE.minus(Duration.ofDays(2))))));

        // Then
        assertThat(latePunches.moreComing(entry.id())).isFalse();
    }

    @Test
    void whatWasDeliveredAndIsNotJudgedIsComingToo() {
        // Given
        LateEntry entry = entered("HR-EMP-00001", DAY, late("1", NINE));

        // When
        late("1", NINE.minusSeconds(60));

        // Then
        assertThat(latePunches.moreComing(entry.id())).isTrue();
    }

    @Test
    void candidatesThatNobodyJudgedGoToo() {
        // Given
        late("2", NINE);
        clock.forward(Duration.ofDays(1));

        // When
        int purged = latePunches.purge(clock.instant(), 10);

        // Then
        assertThat(purged).isEqualTo(1);
        assertThat(latePunches.candidateCount()).isZero();
    }

    @Test
    void aRunAskedForAgainRightAfterItselfIsOneStep() {
        // Given
        LateEntry entry = entered("HR-EMP-00001", LocalDate.of(2026, 2, 2), late("2", NINE));
        LateStep.Plan run = new LateStep.Plan(LateStep.Kind.REHEARSE, "Day Shift");
        int first = latePunches.begin(entry, run, clock.instant());

        // When
        int again = latePunches.begin(entry, run, clock.instant());

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(latePunches.stepsOf(List.of(entry.id())).get(entry.id())).hasSize(1);
    }

    @Test
    void oldEntriesGoWithAllTheyHaveUnlessUnderRepair() {
        // Given
        LateEntry old = entered("HR-EMP-00001", DAY, late("1", NINE));
        latePunches.begin(old, new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-1"), clock.instant());
        LateEntry repairing = entered("HR-EMP-00002", DAY, late("2", NINE));
        latePunches.save(repairing.to(State.REPAIRING, null, clock.instant(), clock.instant()));
        clock.forward(Duration.ofDays(1));
        LateEntry young = entered("HR-EMP-00003", DAY, late("3", NINE));

        // When
        int purged = latePunches.purge(clock.instant(), 10);

        // Then
        assertThat(purged).isEqualTo(1);
        assertThat(latePunches.list(null, null, null, null, 10))
                .extracting(LateEntry::id)
                .containsExactlyInAnyOrder(repairing.id(), young.id());
        assertThat(latePunches.stepsOf(List.of(old.id()))).isEmpty();
        assertThat(latePunches.punchesOf(List.of(old.id()))).isEmpty();
    }
}
