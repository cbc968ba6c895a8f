package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.OpenPunches.Whose;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which punches are open, on a real database. */
abstract class OpenPunchesContract {
    private static final SerialNumber GATE = new SerialNumber("SN-gate");
    private static final Whose ALL = Whose.allBut(Set.of());
    private static final Instant FROM = NINE.minusSeconds(3600);
    private static final Instant LONG_BEFORE = NINE.minusSeconds(3 * 86_400L);
    private static final Instant UNTIL = NINE.plusSeconds(86_400);
    private static final Instant PATIENT_SINCE = NINE.minusSeconds(86_400);

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private OpenPunches openPunches;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        openPunches = new SqlOpenPunches(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private List<PunchKey> keys(Whose whose) {
        return keys(whose, FROM, UNTIL);
    }

    private List<PunchKey> keys(Whose whose, Instant from, Instant until) {
        return openPunches.oldest(whose, from, until, PATIENT_SINCE, 10).stream()
                .map(Open::key)
                .toList();
    }

    private static Punch of(SerialNumber device, Instant at) {
        return Punch.of(device, new UserId("1"), at, "CheckIn", PunchDetails.NONE);
    }

    private void settled(Punch punch, PunchState state) {
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(1);
        store.settle(List.of(
                state == PunchState.DELIVERED
                        ? Settlement.delivered(punch.key(), "HR-EMP-1", "CKIN-1")
                        : Settlement.withReason(punch.key(), state, "Some reason.")));
    }

    private static UnreadablePunch unreadableAt(SerialNumber device, @Nullable Instant at, String content) {
        return UnreadablePunch.of(device, null, at, "It can't be read.", content);
    }

    @ParameterizedTest
    @EnumSource(PunchState.class)
    void a_punch_is_open_unless_it_stands_in_frappe_or_is_left_out(PunchState state) {
        // Given
        Punch punch = punch("1", NINE);
        if (state == PunchState.PENDING) {
            store.append(List.of(live(clock.instant(), punch)));
        } else {
            settled(punch, state);
        }

        // When
        List<Open> open = openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10);

        // Then
        if (state == PunchState.DELIVERED || state == PunchState.IGNORED) {
            assertThat(open).isEmpty();
        } else {
            assertThat(open).containsExactly(new Open(punch.key(), DEVICE, state, NINE, clock.instant(), null));
        }
    }

    @Test
    void the_oldest_come_first_whether_live_or_history() {
        // Given
        Punch live = punch("1", NINE.plusSeconds(20));
        Punch history = punch("1", NINE.plusSeconds(10));
        Punch rejected = punch("1", NINE.plusSeconds(15));
        settled(rejected, PunchState.REJECTED);
        store.append(List.of(live(clock.instant(), live), history(clock.instant(), history)));

        // When
        List<PunchKey> keys = keys(ALL);

        // Then
        assertThat(keys).containsExactly(history.key(), rejected.key(), live.key());
    }

    @Test
    void a_claimed_punch_is_open_still() {
        // Given
        Punch punch = punch("1", NINE);
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(1);

        // When
        List<PunchKey> keys = keys(ALL);

        // Then
        assertThat(keys).containsExactly(punch.key());
    }

    @Test
    void the_range_begins_with_its_first_second_and_ends_before_its_last() {
        // Given
        Punch before = punch("1", NINE.minusMillis(1));
        Punch first = punch("1", NINE);
        Punch last = punch("1", NINE.plusSeconds(60).minusMillis(1));
        Punch after = punch("1", NINE.plusSeconds(60));
        store.append(List.of(live(clock.instant(), before, first, last, after)));

        // When
        List<PunchKey> keys = keys(ALL, NINE, NINE.plusSeconds(60));

        // Then
        assertThat(keys).containsExactly(first.key(), last.key());
    }

    @Test
    void devices_are_told_apart_without_regard_to_case() {
        // Given
        Punch office = of(DEVICE, NINE);
        Punch gate = of(GATE, NINE.plusSeconds(1));
        Punch undeclared = of(new SerialNumber("SN-OTHER"), NINE.plusSeconds(2));
        store.append(List.of(live(clock.instant(), office, gate, undeclared)));
        Set<SerialNumber> wanted = Set.of(new SerialNumber("sn-GATE"));

        // When
        List<List<PunchKey>> keys = List.of(keys(Whose.only(wanted)), keys(Whose.allBut(wanted)), keys(ALL));

        // Then
        assertThat(keys)
                .containsExactly(
                        List.of(gate.key()),
                        List.of(office.key(), undeclared.key()),
                        List.of(office.key(), gate.key(), undeclared.key()));
    }

    @Test
    void a_quarantined_one_counts_by_when_it_came_or_by_its_time_where_that_lies_in_between() {
        // Given
        UnreadablePunch timed = unreadableAt(DEVICE, NINE.plusSeconds(5), "{\"a\":1}");
        UnreadablePunch timeless = unreadableAt(SerialNumber.UNKNOWN, null, "{\"a\":2}");
        UnreadablePunch ofAResetClock = unreadableAt(DEVICE, Instant.parse("2000-01-01T00:00:00Z"), "{\"a\":3}");
        UnreadablePunch ofAClockAhead = unreadableAt(DEVICE, UNTIL.plusSeconds(86_400), "{\"a\":4}");
        UnreadablePunch ofBefore = unreadableAt(DEVICE, NINE, "{\"a\":5}");
        store.append(List.of(
                unreadable(NINE.plusSeconds(7), timed, timeless),
                unreadable(NINE.plusSeconds(8), ofAResetClock),
                unreadable(NINE.plusSeconds(9), ofAClockAhead),
                unreadable(FROM.minusSeconds(1), ofBefore)));

        // When
        List<PunchKey> keys = keys(Whose.only(Set.of(DEVICE, SerialNumber.UNKNOWN)));

        // Then
        assertThat(keys).containsExactly(timed.key(), timeless.key(), ofAResetClock.key(), ofAClockAhead.key());
    }

    /** Of a device whose clock was reset: its key lies in another century. */
    @Test
    void a_readable_one_whose_time_is_not_believed_counts_by_when_it_came() {
        // Given
        Punch reset = punch("1", Instant.parse("2000-01-01T00:00:00Z"));
        settled(reset, PunchState.QUARANTINED);

        // When
        List<Open> open = openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10);

        // Then
        assertThat(open).singleElement().satisfies(one -> {
            assertThat(one.key()).isEqualTo(reset.key());
            assertThat(one.holdsFrom(FROM)).isEqualTo(clock.instant());
        });
    }

    /** Its clock was reset while it was off line: what it recorded meanwhile came only when it was on line again. */
    @Test
    void one_whose_time_is_not_believed_counts_from_where_its_device_was_proven_before_it_came() {
        // Given
        clock.set(NINE.plusSeconds(1000));
        walked(Run.Trigger.SCHEDULE, NINE.plusSeconds(100), Run.State.DONE);
        walked(Run.Trigger.PERSON, NINE.plusSeconds(400), Run.State.DONE);
        walked(Run.Trigger.SCHEDULE, NINE.plusSeconds(300), Run.State.FAILED);
        clock.set(NINE.plusSeconds(2000));
        Punch reset = Punch.of(DEVICE, new UserId("1"), Instant.parse("2000-01-01T00:00:00Z"), "In", PunchDetails.NONE);
        settled(reset, PunchState.QUARANTINED);
        clock.set(NINE.plusSeconds(3000));
        walked(Run.Trigger.SCHEDULE, NINE.plusSeconds(1900), Run.State.DONE);

        // When
        List<Open> open = openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10);

        // Then
        assertThat(open).singleElement().satisfies(one -> {
            assertThat(one.receivedAt()).isEqualTo(NINE.plusSeconds(2000));
            assertThat(one.provenBefore()).isEqualTo(NINE.plusSeconds(100));
            assertThat(one.holdsFrom(FROM)).isEqualTo(NINE.plusSeconds(100));
            assertThat(one.holdsFrom(NINE.plusSeconds(500))).isEqualTo(NINE.plusSeconds(500));
        });
    }

    @Test
    void one_that_came_before_any_proof_of_its_device_counts_from_the_beginning() {
        // Given
        Punch reset = Punch.of(DEVICE, new UserId("1"), Instant.parse("2000-01-01T00:00:00Z"), "In", PunchDetails.NONE);
        settled(reset, PunchState.QUARANTINED);
        clock.set(NINE.plusSeconds(7200));
        walked(Run.Trigger.SCHEDULE, NINE.plusSeconds(100), Run.State.DONE);

        // When
        List<Open> open = openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10);

        // Then
        assertThat(open)
                .singleElement()
                .satisfies(one -> assertThat(one.holdsFrom(FROM)).isEqualTo(FROM));
    }

    @Test
    void those_that_may_be_the_oldest_are_found_before_others_that_came_earlier() {
        // Given
        SerialNumber away = new SerialNumber("SN-AWAY");
        clock.set(NINE.plusSeconds(100));
        walked(away, Run.Trigger.SCHEDULE, NINE.plusSeconds(90), Run.State.DONE);
        for (int i = 0; i < 3; i++) {
            clock.set(NINE.plusSeconds(1000 + i));
            walked(Run.Trigger.SCHEDULE, NINE.plusSeconds(900 + i), Run.State.DONE);
            settled(
                    Punch.of(
                            DEVICE,
                            new UserId("1"),
                            Instant.parse("2000-01-01T00:00:00Z").plusSeconds(i),
                            "In",
                            PunchDetails.NONE),
                    PunchState.QUARANTINED);
        }
        clock.set(NINE.plusSeconds(5000));
        Punch ofTheOneAway =
                Punch.of(away, new UserId("1"), Instant.parse("2000-01-01T00:00:00Z"), "In", PunchDetails.NONE);
        settled(ofTheOneAway, PunchState.QUARANTINED);

        // When
        List<Open> open = openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 1);

        // Then
        assertThat(open).extracting(Open::key).containsExactly(ofTheOneAway.key());
    }

    private void walked(Run.Trigger trigger, Instant until, Run.State state) {
        walked(DEVICE, trigger, until, state);
    }

    private void walked(SerialNumber device, Run.Trigger trigger, Instant until, Run.State state) {
        History history = SqlHistory.open(store, clock, () -> {});
        Run run = ((History.Begun.Began) history.begin(new History.Plan(device, trigger, FROM, until, 1))).run();
        history.whole(run.id(), new History.WholeWindow(until, until, 1));
        history.end(run.id(), state, null);
    }

    /** A person replays it, or an employee is found, just as it is looked for. */
    @ParameterizedTest
    @EnumSource(
            value = PunchState.class,
            names = {"HELD", "REJECTED", "QUARANTINED"})
    void one_that_changes_its_state_in_between_is_found_once(PunchState state) {
        // Given
        Punch punch = punch("1", NINE);
        settled(punch, state);
        String release = "UPDATE punch SET state = 'PENDING' WHERE punch_key = '" + punch.key() + "'";
        OpenPunches looking =
                new SqlOpenPunches(afterTheFirstStatement(() -> store.write(handle -> handle.execute(release))));

        // When
        List<Open> open = looking.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10);

        // Then
        assertThat(open).extracting(Open::key).containsExactly(punch.key());
        assertThat(openPunches.oldest(ALL, FROM, UNTIL, PATIENT_SINCE, 10))
                .extracting(Open::state)
                .containsExactly(PunchState.PENDING);
    }

    private Transactions afterTheFirstStatement(Runnable change) {
        AtomicBoolean done = new AtomicBoolean();
        SqlLogger logger = new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (done.compareAndSet(false, true)) {
                    change.run();
                }
            }
        };
        return new Transactions() {
            @Override
            public <T extends @Nullable Object> T write(HandleCallback<T, SQLException> work) {
                return store.write(work);
            }

            @Override
            public <T extends @Nullable Object> T read(HandleCallback<T, SQLException> work) {
                return store.read(handle -> {
                    handle.getConfig(SqlStatements.class).setSqlLogger(logger);
                    return work.withHandle(handle);
                });
            }
        };
    }

    /** Else as many old ones as the limit allows would hide the one that still holds back. */
    @ParameterizedTest
    @EnumSource(
            value = PunchState.class,
            names = {"HELD", "QUARANTINED"})
    void those_within_the_patience_are_found_behind_many_that_are_not(PunchState state) {
        // Given
        clock.back(Duration.ofDays(2));
        for (int i = 0; i < 5; i++) {
            settled(punch("old-" + i, NINE.plusSeconds(i)), state);
        }
        clock.forward(Duration.ofDays(2));
        Punch fresh = punch("fresh", NINE.plusSeconds(10));
        settled(fresh, state);

        // When
        List<Open> open = openPunches.oldest(ALL, LONG_BEFORE, UNTIL, PATIENT_SINCE, 2);

        // Then
        assertThat(open)
                .hasSize(3)
                .last()
                .satisfies(last -> assertThat(last.key()).isEqualTo(fresh.key()));
    }

    @Test
    void an_unreadable_one_within_the_patience_is_found_behind_many_that_are_not() {
        // Given
        for (int i = 0; i < 5; i++) {
            store.append(List.of(
                    unreadable(NINE.minusSeconds(2 * 86_400L), unreadableAt(DEVICE, NINE.plusSeconds(i), "old" + i))));
        }
        UnreadablePunch fresh = unreadableAt(DEVICE, NINE.plusSeconds(10), "fresh");
        store.append(List.of(unreadable(clock.instant(), fresh)));

        // When
        List<Open> open = openPunches.oldest(ALL, LONG_BEFORE, UNTIL, PATIENT_SINCE, 2);

        // Then
        assertThat(open)
                .hasSize(3)
                .last()
                .satisfies(last -> assertThat(last.key()).isEqualTo(fresh.key()));
    }

    @Test
    void nobodys_punches_are_none() {
        // Given
        store.append(List.of(live(clock.instant(), punch("1", NINE))));

        // When
        List<PunchKey> keys = keys(Whose.only(Set.of()));

        // Then
        assertThat(keys).isEmpty();
    }

    static List<String> queries() {
        return Stream.of(ALL, Whose.only(Set.of(GATE)), Whose.allBut(Set.of(GATE)))
                .map(SqlOpenPunches::sql)
                .map(sql -> sql.replace("<devices>", "'x'"))
                .toList();
    }
}
