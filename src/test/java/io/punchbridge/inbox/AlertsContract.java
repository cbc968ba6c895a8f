package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Change;
import io.punchbridge.inbox.Alerts.Message;
import io.punchbridge.inbox.Alerts.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was told of alerts, and what is still to be brought, wherever it is kept. */
public abstract class AlertsContract {
    protected static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
    protected static final Alert GATE = new Alert("PunchbridgeDeviceSilent", "gate");
    protected static final Alert STORAGE = new Alert("PunchbridgeStorageFailing", "");

    @SuppressWarnings("NullAway.Init")
    private Alerts alerts;

    protected abstract Alerts open();

    protected abstract void close();

    @BeforeEach
    void openIt() {
        alerts = open();
    }

    @AfterEach
    void closeIt() {
        close();
    }

    protected static Message message(String id, Alert alert, Instant madeAt) {
        return new Message(id, alert, madeAt, madeAt, "{\"text\":\"%s 100%% 'é'\"}".formatted(id));
    }

    protected static Change made(Message... messages) {
        return new Change(List.of(), Set.of(), List.of(messages));
    }

    @Test
    void what_stands_is_kept_as_it_was_last_seen() {
        // Given
        Standing first = new Standing(GATE, NINE, NINE, null, "The gate is silent.");
        Standing storage = new Standing(STORAGE, NINE, NINE, NINE, "");
        alerts.keep(new Change(List.of(first, storage), Set.of(), List.of()));

        // When
        Standing later =
                new Standing(GATE, NINE, NINE.plusSeconds(60), NINE.plusSeconds(60), "The gate is still silent.");
        alerts.keep(new Change(List.of(later), Set.of(), List.of()));

        // Then
        assertThat(alerts.standing()).containsExactly(later, storage);
    }

    @Test
    void what_is_over_is_forgotten_and_nothing_else() {
        // Given
        Standing gate = new Standing(GATE, NINE, NINE, NINE, "Silent.");
        Standing office = new Standing(new Alert(GATE.rule(), "office"), NINE, NINE, NINE, "Silent.");
        alerts.keep(new Change(List.of(gate, office), Set.of(), List.of(message("msg_1", GATE, NINE))));

        // When
        alerts.keep(new Change(List.of(), Set.of(GATE), List.of()));

        // Then
        assertThat(alerts.standing()).containsExactly(office);
        assertThat(alerts.due(NINE)).containsExactly(message("msg_1", GATE, NINE));
    }

    @Test
    void of_each_alert_the_oldest_message_alone_is_due() {
        // Given
        Message raised = message("msg_2", GATE, NINE);
        Message over = message("msg_1", GATE, NINE.plusSeconds(1));
        Message storage = message("msg_3", STORAGE, NINE.plusSeconds(2));
        alerts.keep(made(storage, over, raised));

        // When
        List<Message> due = alerts.due(NINE.plusSeconds(60));

        // Then
        assertThat(due).containsExactly(raised, storage);
    }

    @Test
    void a_message_that_is_postponed_holds_back_those_of_its_alert() {
        // Given
        alerts.keep(made(
                message("msg_1", GATE, NINE),
                message("msg_2", GATE, NINE.plusSeconds(1)),
                message("msg_3", STORAGE, NINE)));

        // When
        alerts.postpone("msg_1", NINE.plusSeconds(3600));

        // Then
        assertThat(alerts.due(NINE.plusSeconds(3599))).extracting(Message::id).containsExactly("msg_3");
        assertThat(alerts.due(NINE.plusSeconds(3600))).extracting(Message::id).containsExactly("msg_1", "msg_3");
    }

    @Test
    void of_which_alerts_a_message_waits_is_known_whether_due_or_not() {
        // Given
        alerts.keep(made(
                message("msg_1", GATE, NINE),
                message("msg_2", GATE, NINE.plusSeconds(1)),
                message("msg_3", STORAGE, NINE)));
        alerts.postpone("msg_1", NINE.plusSeconds(3600));

        // When
        alerts.forget("msg_3");

        // Then
        assertThat(alerts.waiting()).containsExactly(GATE);
    }

    @Test
    void a_message_that_was_taken_lets_the_next_go() {
        // Given
        Message over = message("msg_2", GATE, NINE.plusSeconds(1));
        alerts.keep(made(message("msg_1", GATE, NINE), over));

        // When
        alerts.forget("msg_1");
        alerts.forget("msg_1");

        // Then
        assertThat(alerts.due(NINE.plusSeconds(60))).containsExactly(over);
    }

    @Test
    void what_is_too_old_is_given_up_whether_due_or_not() {
        // Given
        alerts.keep(made(
                message("msg_1", GATE, NINE),
                message("msg_2", STORAGE, NINE.plusSeconds(1)),
                message("msg_3", GATE, NINE.plusSeconds(2))));
        alerts.postpone("msg_1", NINE.plusSeconds(3600));

        // When
        List<Alert> givenUp = alerts.giveUp(NINE.plusSeconds(2), 100);

        // Then
        assertThat(givenUp).containsExactly(GATE, STORAGE);
        assertThat(alerts.due(NINE.plusSeconds(60))).extracting(Message::id).containsExactly("msg_3");
    }

    @Test
    void of_what_stands_the_newest_message_that_was_given_up_is_remembered() {
        // Given
        Standing gate = new Standing(GATE, NINE, NINE, NINE.plusSeconds(1), "Silent.");
        alerts.keep(new Change(
                List.of(gate),
                Set.of(),
                List.of(
                        message("msg_2", GATE, NINE),
                        message("msg_1", GATE, NINE.plusSeconds(1)),
                        message("msg_3", STORAGE, NINE))));

        // When
        alerts.giveUp(NINE.plusSeconds(2), 100);

        // Then
        assertThat(alerts.givenUp()).containsExactly(Map.entry(GATE, NINE.plusSeconds(1)));
    }

    @Test
    void seen_again_it_is_still_remembered_and_over_it_is_not() {
        // Given
        Standing gate = new Standing(GATE, NINE, NINE, NINE, "Silent.");
        alerts.keep(new Change(List.of(gate), Set.of(), List.of(message("msg_1", GATE, NINE))));
        alerts.giveUp(NINE.plusSeconds(1), 100);
        alerts.keep(new Change(List.of(gate), Set.of(), List.of()));
        Map<Alert, Instant> seenAgain = alerts.givenUp();

        // When
        alerts.keep(new Change(List.of(), Set.of(GATE), List.of()));
        alerts.keep(new Change(List.of(gate), Set.of(), List.of()));

        // Then
        assertThat(seenAgain).containsExactly(Map.entry(GATE, NINE));
        assertThat(alerts.givenUp()).isEmpty();
    }

    @Test
    void of_too_many_the_newest_are_kept() {
        // Given
        alerts.keep(made(
                message("msg_2", STORAGE, NINE),
                message("msg_1", GATE, NINE),
                message("msg_3", GATE, NINE.plusSeconds(2)),
                message("msg_4", STORAGE, NINE.plusSeconds(3))));

        // When
        List<Alert> givenUp = alerts.giveUp(NINE, 2);

        // Then
        assertThat(givenUp).containsExactly(GATE, STORAGE);
        assertThat(alerts.due(NINE.plusSeconds(60))).extracting(Message::id).containsExactly("msg_3", "msg_4");
        assertThat(alerts.giveUp(NINE, 2)).isEmpty();
    }

    @Test
    void what_a_clock_that_was_ahead_wrote_is_moved_back_as_it_stood() {
        // Given
        Instant ahead = NINE.plus(Duration.ofDays(300));
        Alert door = new Alert("PunchbridgeDeviceSilent", "door");
        alerts.keep(new Change(
                List.of(
                        new Standing(GATE, NINE.minusSeconds(60), ahead, ahead.minusSeconds(30), "Silent."),
                        new Standing(STORAGE, ahead.minusSeconds(40), ahead, ahead.minusSeconds(40), "Full."),
                        new Standing(door, NINE.minusSeconds(60), NINE.minusSeconds(60), null, "Silent.")),
                Set.of(),
                List.of(
                        message("msg_1", GATE, ahead.minusSeconds(30)),
                        message("msg_0", GATE, ahead.minusSeconds(20)),
                        message("msg_2", STORAGE, ahead.minusSeconds(40)))));
        alerts.giveUp(ahead.minusSeconds(35), 10);

        // When
        alerts.setBack(NINE, Duration.ofHours(1));

        // Then
        assertThat(alerts.standing())
                .containsExactly(
                        new Standing(door, NINE.minusSeconds(60), NINE.minusSeconds(60), null, "Silent."),
                        new Standing(GATE, NINE.minusSeconds(60), NINE, NINE.minusSeconds(30), "Silent."),
                        new Standing(STORAGE, NINE.minusSeconds(40), NINE, NINE.minusSeconds(40), "Full."));
        assertThat(alerts.due(NINE)).containsExactly(message("msg_1", GATE, NINE.minusSeconds(30)));
        assertThat(alerts.givenUp()).containsExactly(Map.entry(STORAGE, NINE.minusSeconds(40)));
    }

    @Test
    void a_message_that_a_clock_that_was_ahead_postponed_waits_no_longer_than_any_other() {
        // Given
        alerts.keep(made(message("msg_1", GATE, NINE)));
        alerts.postpone("msg_1", NINE.plus(Duration.ofHours(4)));

        // When
        alerts.setBack(NINE, Duration.ofHours(1));

        // Then
        assertThat(alerts.due(NINE.plus(Duration.ofHours(1)))).hasSize(1);
        assertThat(alerts.due(NINE.plus(Duration.ofMinutes(59)))).isEmpty();
    }

    @Test
    void clocks_that_differ_a_little_change_nothing() {
        // Given
        Standing standing = new Standing(GATE, NINE, NINE.plusSeconds(60), NINE.plusSeconds(60), "Silent.");
        alerts.keep(new Change(List.of(standing), Set.of(), List.of()));

        // When
        alerts.setBack(NINE, Duration.ofHours(1));

        // Then
        assertThat(alerts.standing()).containsExactly(standing);
    }
}
