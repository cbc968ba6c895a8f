package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.alerts.Reception;
import io.punchbridge.console.today.Needs.Facts;
import io.punchbridge.console.today.TodayView.Need;
import io.punchbridge.delivery.DeliveryStatus.Frappe;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T09:00:00Z");

    private static Facts facts(Map<PunchState, Long> counts, Frappe frappe, List<Standing> watermarks, long repairing) {
        return new Facts(
                true, frappe, "The token is wrong.", counts, 1, List.of(), List.of(), watermarks, repairing, NOW);
    }

    private static Standing standing(Outcome outcome, Duration forSoLong) {
        return new Standing(
                new Decided("Day", outcome, "", "", List.of(), List.of(), null, null, null, NOW),
                List.of(),
                NOW.minus(forSoLong));
    }

    @Test
    void nothing_needs_anybody_while_punches_wait_and_go_by_themselves() {
        // Given
        Facts facts = facts(
                Map.of(PunchState.PENDING, 40L, PunchState.DELIVERED, 7L, PunchState.IGNORED, 2L),
                Frappe.AWAY,
                List.of(standing(Outcome.NOTHING_DUE, Duration.ofDays(3))),
                0);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs).isEmpty();
    }

    @Test
    void each_kind_of_trouble_is_told_with_where_to_go() {
        // Given
        Facts facts = facts(
                Map.of(PunchState.HELD, 3L, PunchState.REJECTED, 1L, PunchState.QUARANTINED, 1200L),
                Frappe.SET_UP_WRONG,
                List.of(standing(Outcome.HELD_BACK, Duration.ofHours(2))),
                2);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs)
                .extracting(Need::href)
                .containsExactly(
                        "/set-up-check",
                        "/punches?state=rejected",
                        "/held",
                        "/punches?state=quarantined",
                        "/attendance",
                        "/attendance");
        assertThat(needs)
                .extracting(Need::words)
                .containsExactly(
                        "Nothing is delivered, since something is set up wrong: The token is wrong.",
                        "Frappe refused 1 punch.",
                        "3 punches of 1 device id are held: no employee may be given them now.",
                        "1,200 punches are quarantined: the time or the user can't be believed or read.",
                        "Auto attendance of Day goes no further.",
                        "The attendance of 2 days is being made anew, as punches came late; it may be missing in Frappe"
                                + " meanwhile.");
        assertThat(needs).extracting(Need::id).doesNotHaveDuplicates();
    }

    @Test
    void so_many_held_ids_are_counted_and_no_more() {
        // Given
        Facts facts = new Facts(
                true,
                Frappe.PROVEN,
                null,
                Map.of(PunchState.HELD, 70_000L),
                Needs.MOST_IDS + 1,
                List.of(),
                List.of(),
                List.of(),
                0,
                NOW);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs)
                .singleElement()
                .satisfies(need -> assertThat(need.words()).contains("of more than 500 device ids are held"));
    }

    @Test
    void delivery_that_has_died_is_told_first() {
        // Given
        Facts facts = new Facts(false, Frappe.PROVEN, null, Map.of(), 0, List.of(), List.of(), List.of(), 0, NOW);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs)
                .singleElement()
                .satisfies(need -> assertThat(need.toDo()).startsWith("Restart Punchbridge"));
    }

    @Test
    void devices_whose_own_logs_do_not_come_whole_need_somebody_who_sees_why() {
        // Given
        Device gate = new Device(
                "gate", new SerialNumber("SN-GATE"), Connection.NATIVE_PUSH, Direction.AS_SENT, ZoneOffset.UTC);
        Facts facts = new Facts(true, Frappe.PROVEN, null, Map.of(), 0, List.of(), List.of(gate), List.of(), 0, NOW);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs).singleElement().satisfies(need -> {
            assertThat(need.words())
                    .isEqualTo("The own log of gate has not been loaded whole for more than 6 hours, so nobody knows"
                            + " whether punches are missing.");
            assertThat(need.href()).isEqualTo("/load-log");
        });
    }

    @ParameterizedTest
    @CsvSource({"HELD_BACK,59,0", "HELD_BACK,61,1", "NOT_WRITTEN,59,0", "NOT_WRITTEN,61,1", "REFUSED,0,1", "MOVED,600,0"
    })
    void what_is_held_back_needs_somebody_only_after_the_time_that_a_proof_takes(
            Outcome outcome, int minutes, int told) {
        // Given
        Facts facts = facts(Map.of(), Frappe.PROVEN, List.of(standing(outcome, Duration.ofMinutes(minutes))), 0);

        // When
        List<Need> needs = Needs.of(facts);

        // Then
        assertThat(needs).hasSize(told);
    }

    @ParameterizedTest
    @CsvSource({"UNTRIED,0", "TAKES,0", "AWAY,0", "REFUSES,1", "GONE,1"})
    void a_receiver_that_takes_no_alerts_needs_somebody(Reception.State state, int told) {
        // Given
        AlertBook.Page page =
                new AlertBook.Page("hooks.example.com", new Reception(state, "Set another.", NOW, null), 1, List.of());

        // When
        List<Need> needs = AlertsLook.need(Optional.of(page)).stream().toList();

        // Then
        assertThat(needs).hasSize(told).allSatisfy(need -> {
            assertThat(need.words()).isEqualTo("hooks.example.com takes no alerts, so nobody hears of what is wrong.");
            assertThat(need.toDo()).isEqualTo("Set another.");
        });
    }
}
