package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.DeviceStates.Kept;
import io.punchbridge.inbox.DeviceStates.Warned;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises of device states, shown on the real database. */
abstract class DeviceStatesContract {
    private static final SerialNumber GATE = new SerialNumber("SN-GATE");

    final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private DeviceStates states;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        states = new SqlDeviceStates(store, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static Kept complete(Instant at) {
        return new Kept(
                DEVICE,
                at.minusSeconds(7),
                at,
                at.minusSeconds(1),
                new Drift(at.minusSeconds(2), Duration.ofSeconds(-90)),
                new Answer(at.minusSeconds(3), 33, "Reading users is not enabled: é 中"),
                new Information(at.minusSeconds(4), "F22", LocalDate.of(2027, 2, 28), 512),
                at.minusSeconds(5));
    }

    private static Kept nothingButHeard(@Nullable Instant lastCallback) {
        return new Kept(DEVICE, NINE, lastCallback, null, null, null, null, null);
    }

    @Test
    void every_part_is_kept_over_a_restart() {
        // Given
        Kept kept = complete(NINE);
        states.merge(List.of(kept, new Kept(GATE, NINE, null, null, null, null, null, null)));
        store.close();

        // When
        openStore();

        // Then
        assertThat(states.all())
                .containsExactlyInAnyOrder(kept, new Kept(GATE, NINE, null, null, null, null, null, null));
    }

    @Test
    void parts_of_a_part_may_be_unknown() {
        // Given
        Kept kept = new Kept(
                DEVICE, NINE, null, null, new Drift(NINE, null), null, new Information(NINE, null, null, null), null);

        // When
        states.merge(List.of(kept));

        // Then
        assertThat(states.all()).containsExactly(kept);
    }

    @Test
    void the_later_stays_whoever_writes_last() {
        // Given
        Kept later = complete(NINE);
        states.merge(List.of(later));

        // When
        states.merge(List.of(complete(NINE.minusSeconds(3600))));

        // Then
        assertThat(states.all())
                .containsExactly(new Kept(
                        DEVICE,
                        NINE.minusSeconds(3607),
                        later.lastCallback(),
                        later.lastEvent(),
                        later.drift(),
                        later.answer(),
                        later.information(),
                        later.askedAt()));
    }

    @Test
    void the_later_replaces_the_earlier_part_by_part() {
        // Given
        Kept before = complete(NINE);
        states.merge(List.of(before));

        // When
        states.merge(List.of(new Kept(
                DEVICE,
                NINE,
                NINE.plusSeconds(10),
                null,
                new Drift(NINE.plusSeconds(10), null),
                null,
                new Information(NINE.plusSeconds(10), "F23", null, null),
                null)));

        // Then
        assertThat(states.all())
                .containsExactly(new Kept(
                        DEVICE,
                        before.watchedSince(),
                        NINE.plusSeconds(10),
                        before.lastEvent(),
                        new Drift(NINE.plusSeconds(10), null),
                        before.answer(),
                        new Information(NINE.plusSeconds(10), "F23", null, null),
                        before.askedAt()));
    }

    @Test
    void an_instant_far_ahead_was_a_wrong_clocks_and_is_replaced() {
        // Given
        states.merge(List.of(nothingButHeard(NINE.plus(Duration.ofDays(3650)))));

        // When
        states.merge(List.of(nothingButHeard(NINE)));

        // Then
        assertThat(states.all()).containsExactly(nothingButHeard(NINE));
    }

    @Test
    void a_warning_is_raised_told_again_and_cleared() {
        // Given
        Warned silent = new Warned(DEVICE, "SILENT", NINE, NINE);
        Warned toldAgain = new Warned(DEVICE, "SILENT", NINE, NINE.plusSeconds(86_400));
        Warned other = new Warned(GATE, "CLOCK_DRIFT", NINE, NINE);
        states.warn(silent);
        states.warn(other);
        states.warn(toldAgain);
        List<Warned> raised = states.warnings();

        // When
        states.clear(GATE, "CLOCK_DRIFT");

        // Then
        assertThat(raised).containsExactlyInAnyOrder(toldAgain, other);
        assertThat(states.warnings()).containsExactly(toldAgain);
    }

    @Test
    void punches_are_counted_by_device_and_their_own_second() {
        // Given
        Instant until = NINE.plusSeconds(100);
        Punch first = punch("1", NINE);
        Punch last = punch("2", until.minusSeconds(1));
        Punch ofGate = Punch.of(GATE, new UserId("1"), NINE.plusSeconds(5), "CheckIn", PunchDetails.NONE);
        store.append(List.of(
                live(NINE, first, last, ofGate, punch("3", NINE.minusSeconds(1)), punch("4", until)),
                unreadable(NINE, UnreadablePunch.of(DEVICE, null, NINE, "It has no usable user id.", "{}"))));
        store.claim(10);
        store.settle(List.of(
                Settlement.delivered(first.key(), "HR-EMP-00001", "EMP-CKIN-1"),
                Settlement.delivered(ofGate.key(), "HR-EMP-00001", "EMP-CKIN-2")));

        // When
        Map<SerialNumber, Counted> counted = states.count(NINE, until);

        // Then
        assertThat(counted).containsOnly(Map.entry(DEVICE, new Counted(2, 1)), Map.entry(GATE, new Counted(1, 1)));
    }
}
