package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static io.punchbridge.inbox.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.punchbridge.inbox.Actions.Action;
import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.inbox.Actions.Kind;
import io.punchbridge.inbox.Actions.Left;
import io.punchbridge.inbox.Actions.Outcome;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.Actions.Why;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What persons do to punches, and what stays of it, on a real database. */
abstract class ActionsContract {
    static final Request REQUEST = new Request("token file on this host", "jo", "1 key", "The site is mended.");
    static final Set<PunchState> ANY = EnumSet.allOf(PunchState.class);

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    private int wakes;

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    Actions actions;

    @SuppressWarnings("NullAway.Init")
    private PunchSearch search;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        actions = new SqlActions(store, clock, () -> wakes++);
        search = new SqlPunchSearch(store, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    void settled(PunchState state, String reason, Punch... punches) {
        store.append(List.of(live(clock.instant(), punches)));
        store.claim(punches.length);
        store.settle(Stream.of(punches)
                .map(punch -> Settlement.withReason(punch.key(), state, reason))
                .toList());
    }

    private void delivered(Punch... punches) {
        store.append(List.of(live(clock.instant(), punches)));
        store.claim(punches.length);
        store.settle(Stream.of(punches)
                .map(punch -> Settlement.delivered(punch.key(), "HR-EMP-1", "CKIN-1"))
                .toList());
    }

    private PunchState state(Punch punch) {
        return store.find(punch.key()).orElseThrow().state();
    }

    /** What the counts must be, by looking at every row. */
    Map<PunchState, Long> recounted() {
        Map<PunchState, Long> counts = new EnumMap<>(PunchState.class);
        for (PunchState state : PunchState.values()) {
            counts.put(
                    state,
                    store.read(handle -> handle.createQuery("SELECT count(*) FROM punch WHERE state = :state")
                            .bind("state", state.name())
                            .mapTo(Long.class)
                            .one()));
        }
        return counts;
    }

    @Test
    void aReplayedPunchIsDueAtOnceAndTheActionIsRecorded() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.REJECTED, "Frappe said no.", punch);

        // When
        Outcome outcome = actions.replay(List.of(punch.key()), ANY, REQUEST);

        // Then
        assertThat(outcome.changed()).isEqualTo(1);
        assertThat(outcome.left()).isEmpty();
        assertThat(wakes).isEqualTo(1);
        assertThat(store.counts()).isEqualTo(recounted());
        Action action =
                new Action(Objects.requireNonNull(outcome.action()), Kind.REPLAY, clock.instant(), REQUEST, 1, 1, 0);
        assertThat(actions.recent(null, 10)).containsExactly(action);
        assertThat(search.story(punch.key()).orElseThrow().actions())
                .containsExactly(new Done(action, PunchState.REJECTED, "Frappe said no."));
        assertThat(store.claim(10))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.inDoubtSince()).isNull());
    }

    @Test
    void aDeliveredPunchIsReplayedByItsKeyAndLookedUpFirst() {
        // Given
        Punch punch = punch("7", NINE);
        delivered(punch);

        // When
        actions.replay(List.of(punch.key()), ANY, REQUEST);

        // Then
        assertThat(store.counts()).isEqualTo(recounted()).containsEntry(PunchState.PENDING, 1L);
        assertThat(store.claim(10))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.inDoubtSince()).isNotNull());
    }

    @Test
    void aFilterMeansNeitherDeliveredNorPendingNorUnreadablePunches() {
        // Given
        Punch[] all = punches(7).toArray(Punch[]::new);
        settled(PunchState.REJECTED, "no", all[0], all[1]);
        settled(PunchState.HELD, "who?", all[2]);
        settled(PunchState.IGNORED, "by policy", all[3]);
        settled(PunchState.QUARANTINED, "in the future", all[4]);
        delivered(all[5]);
        store.append(List.of(live(clock.instant(), all[6])));
        store.append(List.of(
                unreadable(clock.instant(), UnreadablePunch.of(DEVICE, new UserId("7"), NINE, "no type", "{}"))));
        PunchFilter none = PunchFilter.ALL.in(PunchState.DELIVERED, PunchState.PENDING);

        // When
        List<PunchKey> everything = actions.replayable(PunchFilter.ALL, 100);

        // Then
        assertThat(everything).containsExactly(all[4].key(), all[3].key(), all[2].key(), all[1].key(), all[0].key());
        assertThat(actions.replayable(none, 100)).isEmpty();
        assertThat(actions.replayable(PunchFilter.ALL.in(PunchState.REJECTED), 100))
                .containsExactly(all[1].key(), all[0].key());
        assertThat(actions.replayable(PunchFilter.ALL, 2)).containsExactly(all[4].key(), all[3].key());
    }

    @Test
    void whatWasTakenMeanwhileIsLeftAlone() {
        // Given
        Punch[] all = punches(3).toArray(Punch[]::new);
        settled(PunchState.HELD, "who?", all);
        List<PunchKey> counted = actions.replayable(PunchFilter.ALL.in(PunchState.HELD), 100);
        store.release(List.of(all[0].key(), all[1].key()), PunchState.HELD);
        store.claim(2);
        store.settle(List.of(Settlement.delivered(all[1].key(), "HR-EMP-1", "CKIN-1")));

        // When
        Outcome outcome = actions.replay(counted, Actions.REPLAYED_BY_FILTER, REQUEST);

        // Then
        assertThat(outcome.changed()).isEqualTo(1);
        assertThat(outcome.left())
                .containsExactly(
                        new Left(all[0].key(), Why.OTHER_STATE, PunchState.PENDING),
                        new Left(all[1].key(), Why.OTHER_STATE, PunchState.DELIVERED));
        assertThat(state(all[1])).isEqualTo(PunchState.DELIVERED);
        assertThat(search.story(all[0].key()).orElseThrow().claimed()).isTrue();
        assertThat(store.counts()).isEqualTo(recounted());
        assertThat(actions.recent(null, 1)).singleElement().satisfies(action -> {
            assertThat(action.wanted()).isEqualTo(3);
            assertThat(action.leftAlone()).isEqualTo(2);
        });
    }

    @Test
    void whatCanNotBeReadOrIsNotThereIsLeftAndTold() {
        // Given
        UnreadablePunch unreadable = UnreadablePunch.of(DEVICE, new UserId("7"), NINE, "no type", "{}");
        store.append(List.of(unreadable(clock.instant(), unreadable)));
        PunchKey nowhere = new PunchKey("20240917T090000Z-000000000000000000000000");

        // When
        Outcome outcome = actions.replay(List.of(unreadable.key(), nowhere), ANY, REQUEST);

        // Then
        assertThat(outcome.changed()).isZero();
        assertThat(wakes).isZero();
        assertThat(outcome.left())
                .containsExactlyInAnyOrder(
                        new Left(unreadable.key(), Why.UNREADABLE, PunchState.QUARANTINED),
                        new Left(nowhere, Why.UNKNOWN, null));
        assertThat(store.counts()).isEqualTo(recounted());
    }

    @Test
    void aDismissedPunchIsIgnoredForThePersonsReason() {
        // Given
        Punch held = punch("7", NINE);
        Punch rejected = punch("8", NINE);
        Punch ignored = punch("9", NINE);
        Punch delivered = punch("10", NINE);
        Punch pending = punch("11", NINE);
        settled(PunchState.HELD, "who?", held);
        settled(PunchState.REJECTED, "no", rejected);
        settled(PunchState.IGNORED, "by policy", ignored);
        delivered(delivered);
        store.append(List.of(live(clock.instant(), pending)));
        UnreadablePunch unreadable = UnreadablePunch.of(DEVICE, new UserId("7"), NINE, "no type", "{}");
        store.append(List.of(unreadable(clock.instant(), unreadable)));
        Request request = new Request("token file on this host", null, "6 keys", "A visitor.");

        // When
        Outcome outcome = actions.dismiss(
                Stream.concat(
                                Stream.of(held, rejected, ignored, delivered, pending)
                                        .map(Punch::key),
                                Stream.of(unreadable.key()))
                        .toList(),
                request);

        // Then
        assertThat(outcome.changed()).isEqualTo(3);
        assertThat(outcome.left())
                .containsExactlyInAnyOrder(
                        new Left(ignored.key(), Why.OTHER_STATE, PunchState.IGNORED),
                        new Left(delivered.key(), Why.OTHER_STATE, PunchState.DELIVERED),
                        new Left(pending.key(), Why.OTHER_STATE, PunchState.PENDING));
        assertThat(store.find(held.key())).hasValueSatisfying(punch -> {
            assertThat(punch.state()).isEqualTo(PunchState.IGNORED);
            assertThat(punch.reason()).isEqualTo("Dismissed by a person: A visitor.");
            assertThat(punch.settledAt()).isEqualTo(clock.instant());
        });
        assertThat(store.counts()).isEqualTo(recounted()).containsEntry(PunchState.IGNORED, 4L);
        assertThat(search.story(rejected.key()).orElseThrow().actions())
                .singleElement()
                .satisfies(done -> {
                    assertThat(done.stateBefore()).isEqualTo(PunchState.REJECTED);
                    assertThat(done.reasonBefore()).isEqualTo("no");
                    assertThat(done.action().request()).isEqualTo(request);
                });
    }

    @Test
    void aReplayTakesADismissalBack() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.HELD, "who?", punch);
        actions.dismiss(List.of(punch.key()), REQUEST);

        // When
        actions.replay(List.of(punch.key()), ANY, REQUEST);

        // Then
        assertThat(state(punch)).isEqualTo(PunchState.PENDING);
        assertThat(search.story(punch.key()).orElseThrow().actions())
                .extracting(done -> done.action().kind())
                .containsExactlyInAnyOrder(Kind.DISMISS, Kind.REPLAY);
    }

    @Test
    void whatCanNotBeRecordedIsNotDone() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.REJECTED, "no", punch);
        store.write(handle -> handle.execute("ALTER TABLE person_action_punch RENAME TO elsewhere"));

        // When
        assertThatThrownBy(() -> actions.replay(List.of(punch.key()), ANY, REQUEST))
                .isInstanceOf(StorageException.class);

        // Then
        store.write(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO person_action_punch"));
        assertThat(state(punch)).isEqualTo(PunchState.REJECTED);
        assertThat(actions.recent(null, 10)).isEmpty();
        assertThat(store.counts()).isEqualTo(recounted());
        assertThat(wakes).isZero();
    }

    @Test
    void whatWasDoneBesidePunchesIsRecordedToo() {
        // When
        String id = actions.note(Actions.Kind.RECONCILE, REQUEST);

        // Then
        assertThat(actions.recent(null, 10))
                .containsExactly(new Actions.Action(id, Actions.Kind.RECONCILE, clock.instant(), REQUEST, 0, 0, 0));
        assertThat(wakes).isZero();
    }

    @Test
    void whatCameOfItIsAddedToWhatWasWanted() {
        // Given
        String id = actions.note(Actions.Kind.RECONCILE, REQUEST);
        String other = actions.note(Actions.Kind.CANCEL, REQUEST);

        // When
        actions.conclude(id, "run 7");

        // Then
        assertThat(actions.recent(null, 10))
                .extracting(Action::id, action -> action.request().what())
                .containsExactlyInAnyOrder(tuple(id, REQUEST.what() + ": run 7"), tuple(other, REQUEST.what()));
    }

    @Test
    void aKindOfALaterVersionIsListedByItsWord() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.REJECTED, "no", punch);
        actions.replay(List.of(punch.key()), ANY, REQUEST);
        store.write(handle -> handle.execute("UPDATE person_action SET kind = 'RE_ASSIGN'"));

        // When
        List<Action> listed = actions.recent(null, 10);

        // Then
        assertThat(listed).singleElement().satisfies(action -> {
            assertThat(action.kind()).isNull();
            assertThat(action.kindWord().shown()).isEqualTo("re-assign");
        });
        assertThat(search.story(punch.key()).orElseThrow().actions()).hasSize(1);
    }

    @Test
    void whatCanNotBeDoneIsNotRecorded() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.REJECTED, "no", punch);
        store.write(handle -> handle.execute("ALTER TABLE punch_count RENAME TO elsewhere"));

        // When
        assertThatThrownBy(() -> actions.replay(List.of(punch.key()), ANY, REQUEST))
                .isInstanceOf(StorageException.class);

        // Then
        assertThat(actions.recent(null, 10)).isEmpty();
        assertThat(state(punch)).isEqualTo(PunchState.REJECTED);
    }

    @Test
    void manyAreDoneInStepsAndRecordedAsOne() {
        // Given
        Punch[] many = punches(1201).toArray(Punch[]::new);
        settled(PunchState.REJECTED, "no", many);
        List<PunchKey> keys = actions.replayable(PunchFilter.ALL, 10_000);

        // When
        Outcome outcome = actions.replay(keys, Actions.REPLAYED_BY_FILTER, REQUEST);

        // Then
        assertThat(outcome.changed()).isEqualTo(1201);
        assertThat(wakes).isEqualTo(3);
        assertThat(actions.recent(null, 10)).singleElement().satisfies(action -> {
            assertThat(action.changed()).isEqualTo(1201);
            assertThat(action.wanted()).isEqualTo(1201);
        });
        assertThat(store.counts()).isEqualTo(recounted()).containsEntry(PunchState.PENDING, 1201L);
    }

    @Test
    void aKeyThatIsGivenTwiceCountsOnce() {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.REJECTED, "no", punch);

        // When
        Outcome outcome = actions.replay(List.of(punch.key(), punch.key()), ANY, REQUEST);

        // Then
        assertThat(outcome.changed()).isEqualTo(1);
        assertThat(outcome.left()).isEmpty();
        assertThat(store.counts()).isEqualTo(recounted());
    }

    @Test
    void actionsAreListedNewestFirstInPages() {
        // Given
        Punch[] all = punches(3).toArray(Punch[]::new);
        settled(PunchState.REJECTED, "no", all);
        for (Punch punch : all) {
            actions.replay(List.of(punch.key()), ANY, REQUEST);
            clock.forward(Duration.ofSeconds(1));
        }
        List<Action> first = actions.recent(null, 2);

        // When
        List<Action> second = actions.recent(first.get(1).id(), 2);

        // Then
        assertThat(first).extracting(Action::begunAt).containsExactly(NINE.plusSeconds(3602), NINE.plusSeconds(3601));
        assertThat(second).extracting(Action::begunAt).containsExactly(NINE.plusSeconds(3600));
    }

    @Test
    void oldActionsAreForgottenWithTheirPunches() {
        // Given
        Punch[] all = punches(5).toArray(Punch[]::new);
        settled(PunchState.REJECTED, "no", all);
        actions.replay(List.of(all[0].key(), all[1].key(), all[2].key(), all[3].key()), ANY, REQUEST);
        clock.forward(Duration.ofDays(1));
        actions.replay(List.of(all[4].key()), ANY, REQUEST);

        // When
        List<Integer> purged = Stream.generate(() -> actions.purge(clock.instant(), 3))
                .limit(3)
                .toList();

        // Then
        assertThat(purged).containsExactly(3, 1, 0);
        assertThat(search.story(all[3].key()).orElseThrow().actions()).isEmpty();
        assertThat(search.story(all[4].key()).orElseThrow().actions()).hasSize(1);
        assertThat(actions.recent(null, 10)).hasSize(1);
    }
}
