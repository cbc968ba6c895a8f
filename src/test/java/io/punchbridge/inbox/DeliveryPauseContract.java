package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.punchbridge.inbox.Actions.Action;
import io.punchbridge.inbox.Actions.Kind;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.DeliveryPause.Begun;
import io.punchbridge.inbox.DeliveryPause.Paused;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's pause of delivery, on a real database. */
abstract class DeliveryPauseContract {
    private static final Request JO = new Request("name and password", "jo", "", "Frappe is being upgraded.");
    private static final Request AL = new Request("token file on this host", "al", "", "It is slow.");

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));
    private final Punch punch = punch("7", NINE);

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private DeliveryPause pauses;

    @SuppressWarnings("NullAway.Init")
    private Actions actions;

    /** Opens this test's database, which is empty at first; again after it was closed. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        pauses = new SqlDeliveryPause(store, clock);
        actions = new SqlActions(store, clock, () -> {});
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private Paused pausedBy(Request request) {
        return new Paused(clock.instant(), request.authority(), request.who(), String.valueOf(request.why()));
    }

    @Test
    void while_delivery_is_paused_nothing_is_claimed_and_what_comes_is_stored() {
        // Given
        pauses.pause(JO);

        // When
        List<Stored> stored = store.append(List.of(live(clock.instant(), punch)));

        // Then
        assertThat(stored).extracting(Stored::newPunches).containsExactly(1);
        assertThat(store.claim(10)).isEmpty();
        assertThat(store.counts()).containsEntry(PunchState.PENDING, 1L);
        assertThat(store.oldestPending()).contains(clock.instant());
    }

    @Test
    void after_the_pause_what_waited_is_claimed() {
        // Given
        Paused paused = pauses.pause(JO).pause();
        store.append(List.of(live(clock.instant(), punch)));

        // When
        Optional<Paused> ended = pauses.resume(AL);

        // Then
        assertThat(ended).contains(paused);
        assertThat(pauses.current()).isEmpty();
        assertThat(store.claim(10)).extracting(waiting -> waiting.punch().key()).containsExactly(punch.key());
    }

    @Test
    void what_was_claimed_before_the_pause_ends_as_ever() {
        // Given
        store.append(List.of(live(clock.instant(), punch)));
        store.claim(10);
        pauses.pause(JO);

        // When
        store.settle(List.of(Settlement.delivered(punch.key(), "HR-EMP-1", "CKIN-1")));

        // Then
        assertThat(store.find(punch.key()).orElseThrow().state()).isEqualTo(PunchState.DELIVERED);
    }

    @Test
    void who_pauses_second_is_told_who_was_first_and_changes_nothing() {
        // Given
        Paused first = pauses.pause(JO).pause();
        clock.forward(Duration.ofMinutes(5));

        // When
        Begun second = pauses.pause(AL);

        // Then
        assertThat(second).isEqualTo(new Begun(first, false));
        assertThat(pauses.current()).contains(first);
        assertThat(actions.recent(null, 10)).hasSize(1);
    }

    @Test
    void a_pause_and_its_end_are_recorded_with_who_when_and_why() {
        // Given
        Paused paused = pausedBy(JO);

        // When
        Begun begun = pauses.pause(JO);
        clock.forward(Duration.ofMinutes(5));
        pauses.resume(AL);

        // Then
        assertThat(begun).isEqualTo(new Begun(paused, true));
        assertThat(actions.recent(null, 10))
                .extracting(
                        Action::kind,
                        Action::begunAt,
                        action -> action.request().who(),
                        action -> action.request().what(),
                        action -> action.request().why(),
                        Action::wanted)
                .containsExactly(
                        tuple(Kind.RESUME, clock.instant(), "al", "delivery", "It is slow.", 0L),
                        tuple(Kind.PAUSE, paused.since(), "jo", "delivery", "Frappe is being upgraded.", 0L));
    }

    @Test
    void to_resume_what_is_not_paused_changes_and_records_nothing() {
        // When
        Optional<Paused> ended = pauses.resume(JO);

        // Then
        assertThat(ended).isEmpty();
        assertThat(actions.recent(null, 10)).isEmpty();
    }

    @Test
    void a_pause_outlives_the_process() {
        // Given
        Paused paused = pauses.pause(JO).pause();
        store.append(List.of(live(clock.instant(), punch)));

        // When
        store.close();
        openStore();

        // Then
        assertThat(pauses.current()).contains(paused);
        assertThat(store.claim(10)).isEmpty();
    }

    @Test
    void a_pause_that_can_not_be_recorded_is_none() {
        // Given
        store.write(handle -> handle.execute("ALTER TABLE person_action RENAME TO elsewhere"));

        // When
        assertThatThrownBy(() -> pauses.pause(JO)).isInstanceOf(StorageException.class);

        // Then
        store.write(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO person_action"));
        assertThat(pauses.current()).isEmpty();
    }

    @Test
    void a_pause_without_a_reason_is_refused() {
        // Given
        Request silent = new Request("name and password", "jo", "", null);

        // When
        assertThatThrownBy(() -> pauses.pause(silent)).isInstanceOf(IllegalArgumentException.class);

        // Then
        assertThat(pauses.current()).isEmpty();
    }
}
