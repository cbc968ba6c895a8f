package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record of calls, shown on the real database. */
abstract class GatewayCallsContract {
    private static final SerialNumber OTHER_DEVICE = new SerialNumber("OTHER");

    final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    private SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private GatewayCalls calls;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        calls = new SqlGatewayCalls(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private GatewayCall call(String operationId, SerialNumber device) {
        return new GatewayCall(
                operationId, device, "Load.PunchLog", clock.instant(), Duration.ofMillis(15_003), 0, "Done.");
    }

    private GatewayCall keep(String operationId, SerialNumber device) {
        GatewayCall call = call(operationId, device);
        calls.keep(call);
        clock.forward(Duration.ofSeconds(1));
        return call;
    }

    @Test
    void every_field_survives_a_restart() {
        // Given
        GatewayCall answered = keep("op1", DEVICE);
        GatewayCall unanswered = new GatewayCall(
                "op2", DEVICE, "Delete.User", clock.instant(), Duration.ofSeconds(90), null, "No answer – not even 中.");
        calls.keep(unanswered);
        store.close();

        // When
        openStore();

        // Then
        assertThat(calls.recent(null, 10)).containsExactly(unanswered, answered);
    }

    @Test
    void the_newest_come_first_and_no_more_than_wanted() {
        // Given
        keep("b", DEVICE);
        GatewayCall second = keep("a", OTHER_DEVICE);
        GatewayCall third = keep("c", DEVICE);

        // When
        List<GatewayCall> recent = calls.recent(null, 2);

        // Then
        assertThat(recent).containsExactly(third, second);
    }

    @Test
    void those_of_one_device_are_found_alone() {
        // Given
        GatewayCall first = keep("b", DEVICE);
        keep("a", OTHER_DEVICE);
        GatewayCall third = keep("c", DEVICE);

        // When
        List<GatewayCall> recent = calls.recent(DEVICE, 10);

        // Then
        assertThat(recent).containsExactly(third, first);
    }

    @Test
    void old_ones_are_purged_the_oldest_first_and_step_by_step() {
        // Given
        keep("a", DEVICE);
        GatewayCall second = keep("b", DEVICE);
        GatewayCall third = keep("c", DEVICE);
        assertThat(calls.purge(third.sentAt(), 1)).isEqualTo(1);
        assertThat(calls.recent(null, 10)).containsExactly(third, second);

        // When
        int purged = calls.purge(third.sentAt(), 10);

        // Then
        assertThat(purged).isEqualTo(1);
        assertThat(calls.recent(null, 10)).containsExactly(third);
    }
}
