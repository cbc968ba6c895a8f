package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.testing.SettableClock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same on a real database, which outlives a process. */
abstract class SqlAlertsContract extends AlertsContract {
    final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    abstract SqlPunchStore openStore();

    @Override
    protected Alerts open() {
        store = openStore();
        return new SqlAlerts(store);
    }

    @Override
    protected void close() {
        store.close();
    }

    @Test
    void all_of_it_survives_a_restart() {
        // Given
        Alerts.Standing standing = new Alerts.Standing(GATE, NINE, NINE, NINE.plusSeconds(1), "Silent\0.");
        new SqlAlerts(store)
                .keep(new Alerts.Change(List.of(standing), Set.of(), List.of(message("msg_1", GATE, NINE))));

        // When
        store.close();
        Alerts reopened = open();

        // Then
        assertThat(reopened.standing())
                .containsExactly(new Alerts.Standing(GATE, NINE, NINE, NINE.plusSeconds(1), "Silent\uFFFD."));
        assertThat(reopened.due(NINE)).containsExactly(message("msg_1", GATE, NINE));
    }

    @Test
    @SuppressWarnings("NullAway") // a message without a body stands for whatever a database refuses
    void a_change_is_kept_whole_or_not_at_all() {
        // Given
        Alerts alerts = new SqlAlerts(store);
        Alerts.Standing standing = new Alerts.Standing(GATE, NINE, NINE, NINE, "Silent.");
        alerts.keep(new Alerts.Change(List.of(standing), Set.of(), List.of()));
        Alerts.Message refused = new Alerts.Message(null, GATE, NINE, NINE, "{}");

        // When
        assertThatThrownBy(() -> alerts.keep(new Alerts.Change(List.of(), Set.of(GATE), List.of(refused))))
                .isInstanceOf(StorageException.class);

        // Then
        assertThat(alerts.standing()).containsExactly(standing);
    }
}
