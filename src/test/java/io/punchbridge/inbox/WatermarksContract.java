package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Proof;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.inbox.Watermarks.StandingHolder;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.SettableClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was decided and how it was moved, on a real database. */
abstract class WatermarksContract {
    private static final Holding OFFICE = new Holding("device head-office", "Proven until nine.", "Wait.");
    private static final Holding GATE = new Holding("device gate", "Nothing is proven.", "Turn it on.");
    private static final Instant LATER = NINE.plusSeconds(300);
    private static final LocalDateTime LAST_SYNC = LocalDateTime.parse("2024-09-16T19:30:00");

    final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private Watermarks watermarks;

    /** Opens this test's database. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        watermarks = new SqlWatermarks(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static Decided held(String shift, Instant at, String topic, Holding... holders) {
        return new Decided(
                shift,
                Outcome.HELD_BACK,
                topic,
                "Held back.",
                List.of(holders),
                List.of(new PunchKey("20240917T085900Z-a"), new PunchKey("unreadable-b")),
                LAST_SYNC,
                Instant.parse("2024-09-16T16:30:00Z"),
                NINE,
                at);
    }

    private static Move move(String id, String shift, Instant at, @Nullable LocalDateTime from) {
        return new Move(
                id,
                shift,
                from,
                LocalDateTime.parse("2024-09-17T19:44:00"),
                NINE,
                List.of(
                        new Proof("gate", new SerialNumber("SN-GATE"), NINE.minusSeconds(9), NINE, null),
                        new Proof("head-office", new SerialNumber("SN-1"), NINE.minusSeconds(8), NINE, "run-7")),
                "replica-1",
                at,
                MoveState.INTENDED,
                null,
                null);
    }

    @Test
    void a_holder_that_is_named_twice_is_kept_once() {
        // Given
        Holding again = new Holding(OFFICE.holder(), "In other words.", "Wait.");

        // When
        watermarks.keep(held("Day Shift", NINE, "", OFFICE, GATE, again));

        // Then
        assertThat(watermarks.standing())
                .singleElement()
                .satisfies(standing -> assertThat(standing.holders())
                        .extracting(StandingHolder::holding)
                        .containsExactly(OFFICE, GATE));
    }

    @Test
    void what_was_decided_is_there_after_a_restart() {
        // Given
        Decided decided = held("Day Shift", NINE, "2024-09-17", OFFICE, GATE);
        watermarks.keep(decided);
        store.close();

        // When
        openStore();

        // Then
        assertThat(watermarks.standing())
                .containsExactly(new Standing(
                        decided, List.of(new StandingHolder(OFFICE, NINE), new StandingHolder(GATE, NINE)), NINE));
    }

    @Test
    void a_decision_without_any_value_is_kept_too() {
        // Given
        Decided decided = new Decided(
                "Día – 'x'", Outcome.NOTHING_DUE, "", "Nothing is due.", List.of(), List.of(), null, null, null, NINE);

        // When
        watermarks.keep(decided);

        // Then
        assertThat(watermarks.standing()).containsExactly(new Standing(decided, List.of(), NINE));
    }

    @Test
    void words_of_a_later_version_are_shown_and_decided_anew() {
        // Given
        watermarks.keep(held("Day Shift", NINE, "", OFFICE));
        watermarks.intend(move("1", "Day Shift", NINE, LAST_SYNC));
        store.write(handle -> handle.execute("UPDATE watermark SET outcome = 'LEFT_ALONE'"));
        store.write(handle -> handle.execute("UPDATE watermark_move SET state = 'TAKEN_BACK'"));
        String outcome = watermarks.standing().get(0).decided().outcomeWord().shown();
        String state = watermarks.moves(null, 10).get(0).stateWord().shown();

        // When
        boolean changed = watermarks.keep(held("Day Shift", LATER, "", OFFICE));

        // Then
        assertThat(outcome).isEqualTo("left-alone");
        assertThat(state).isEqualTo("taken-back");
        assertThat(changed).isTrue();
        assertThat(watermarks.standing().get(0).decided().outcome()).isEqualTo(Outcome.HELD_BACK);
    }

    @Test
    void the_same_decision_stands_since_it_was_made_first_and_its_words_are_the_latest() {
        // Given
        watermarks.keep(held("Day Shift", NINE, "2024-09-17", OFFICE));
        Holding newWords = new Holding(OFFICE.holder(), "Proven until ten.", "Wait.");

        // When
        boolean changed = watermarks.keep(held("Day Shift", LATER, "2024-09-17", newWords));

        // Then
        assertThat(changed).isFalse();
        assertThat(watermarks.standing()).singleElement().satisfies(standing -> {
            assertThat(standing.since()).isEqualTo(NINE);
            assertThat(standing.decided().checkedAt()).isEqualTo(LATER);
            assertThat(standing.holders()).containsExactly(new StandingHolder(newWords, NINE));
        });
    }

    @Test
    void each_holder_stands_since_it_began_to_hold() {
        // Given
        watermarks.keep(held("Day Shift", NINE, "2024-09-17", OFFICE));

        // When
        boolean changed = watermarks.keep(held("Day Shift", LATER, "2024-09-17", GATE, OFFICE));

        // Then
        assertThat(changed).isTrue();
        assertThat(watermarks.standing()).singleElement().satisfies(standing -> {
            assertThat(standing.since()).isEqualTo(LATER);
            assertThat(standing.holders())
                    .containsExactly(new StandingHolder(GATE, LATER), new StandingHolder(OFFICE, NINE));
        });
    }

    @Test
    void another_topic_is_another_decision_with_the_same_holder() {
        // Given
        watermarks.keep(held("Day Shift", NINE, "2024-09-17", OFFICE));

        // When
        boolean changed = watermarks.keep(held("Day Shift", LATER, "2024-09-18", OFFICE));

        // Then
        assertThat(changed).isTrue();
        assertThat(watermarks.standing())
                .singleElement()
                .satisfies(
                        standing -> assertThat(standing.holders()).containsExactly(new StandingHolder(OFFICE, NINE)));
    }

    @Test
    void shift_types_that_are_led_no_more_are_forgotten() {
        // Given
        watermarks.keep(held("Day Shift", NINE, "", OFFICE));
        watermarks.keep(held("Night Shift", NINE, "", GATE));

        // When
        watermarks.forgetOthers(List.of("Night Shift"));

        // Then
        assertThat(watermarks.standing())
                .extracting(standing -> standing.decided().shiftType())
                .containsExactly("Night Shift");
    }

    @Test
    void a_move_is_there_with_its_proof_before_its_end_is_known() {
        // Given
        Move move = move("m1", "Day Shift", NINE, null);
        watermarks.intend(move);
        store.close();

        // When
        openStore();

        // Then
        assertThat(watermarks.unsettled("Day Shift")).containsExactly(move);
        assertThat(watermarks.unsettled("Night Shift")).isEmpty();
        assertThat(watermarks.moves(null, 10)).containsExactly(move);
    }

    @Test
    void a_move_and_its_proof_are_kept_together_or_not_at_all() {
        // Given
        Proof proof = new Proof("gate", new SerialNumber("SN-GATE"), NINE, NINE, null);
        Move twiceTheSame = new Move(
                "m1",
                "Day Shift",
                null,
                LAST_SYNC,
                NINE,
                List.of(proof, proof),
                "replica-1",
                NINE,
                MoveState.INTENDED,
                null,
                null);

        // When
        assertThatThrownBy(() -> watermarks.intend(twiceTheSame)).isInstanceOf(RuntimeException.class);

        // Then
        assertThat(watermarks.moves(null, 10)).isEmpty();
    }

    @Test
    void what_became_of_a_move_is_said_once() {
        // Given
        watermarks.intend(move("m1", "Day Shift", NINE, LAST_SYNC));
        watermarks.settle("m1", MoveState.WRITTEN, "Written.", LATER);

        // When
        watermarks.settle("m1", MoveState.NOT_WRITTEN, "No.", LATER.plusSeconds(1));

        // Then
        assertThat(watermarks.unsettled("Day Shift")).isEmpty();
        assertThat(watermarks.moves("Day Shift", 10)).singleElement().satisfies(move -> {
            assertThat(move.from()).isEqualTo(LAST_SYNC);
            assertThat(move.state()).isEqualTo(MoveState.WRITTEN);
            assertThat(move.outcome()).isEqualTo("Written.");
            assertThat(move.settledAt()).isEqualTo(LATER);
        });
    }

    @Test
    void moves_are_told_newest_first_of_one_shift_type_or_of_all() {
        // Given
        watermarks.intend(move("m1", "Day Shift", NINE, null));
        watermarks.intend(move("m2", "Night Shift", NINE.plusSeconds(1), null));
        watermarks.intend(move("m3", "Day Shift", NINE.plusSeconds(2), null));

        // When
        List<List<String>> ids = List.of(
                watermarks.moves(null, 2).stream().map(Move::id).toList(),
                watermarks.moves("Day Shift", 10).stream().map(Move::id).toList());

        // Then
        assertThat(ids).containsExactly(List.of("m3", "m2"), List.of("m3", "m1"));
    }

    @Test
    void old_moves_are_purged_with_their_proof_unless_their_end_is_unknown() {
        // Given
        watermarks.intend(move("m1", "Day Shift", NINE, null));
        watermarks.intend(move("m2", "Day Shift", NINE.plusSeconds(1), null));
        watermarks.intend(move("m3", "Day Shift", LATER, null));
        watermarks.settle("m1", MoveState.WRITTEN, "Written.", NINE);
        watermarks.settle("m3", MoveState.WRITTEN, "Written.", LATER);

        // When
        int purged = watermarks.purgeMoves(LATER, 10);

        // Then
        assertThat(purged).isEqualTo(1);
        assertThat(watermarks.moves(null, 10)).extracting(Move::id).containsExactly("m3", "m2");
        int proofs = store.read(handle -> handle.createQuery("SELECT count(*) FROM watermark_proof")
                .mapTo(Integer.class)
                .one());
        assertThat(proofs).isEqualTo(4);
    }
}
