package io.punchbridge.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.RecordingInbox;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who look on at the door. */
class ArrivalListenerTest {
    private static final byte[] PUNCH = punch(TestSettings.TOKEN);

    private record Heard(SerialNumber device, int punches, Stored stored) {}

    private final List<Heard> heard = new ArrayList<>();
    private final RecordingInbox inbox = new RecordingInbox();

    private static byte[] punch(String token) {
        return Callbacks.punch(TestSettings.SERIAL_NUMBER, token, "7", "CheckIn", TestDoor.NOW)
                .getBytes(UTF_8);
    }

    private void hear(SerialNumber device, Arrival arrival, Stored stored) {
        heard.add(new Heard(device, arrival.punches().size(), stored));
    }

    private static DoorAnswer knock(CallbackDoor door, byte[] body) {
        return door.knock(body, null).toCompletableFuture().join();
    }

    @Test
    void a_listener_hears_what_was_stored() {
        // Given
        CallbackDoor door = TestDoor.open(inbox, null, this::hear);

        // When
        DoorAnswer answer = knock(door, PUNCH);

        // Then
        assertThat(answer).isEqualTo(DoorAnswer.DONE);
        assertThat(heard)
                .containsExactly(new Heard(new SerialNumber(TestSettings.SERIAL_NUMBER), 1, new Stored(1, 0, 0)));
    }

    @Test
    void a_listener_that_throws_changes_no_answer_and_keeps_nobody_else_from_hearing() {
        // Given
        CallbackDoor door = TestDoor.open(
                inbox,
                null,
                (device, arrival, stored) -> {
                    throw new IllegalStateException("a bug");
                },
                (device, arrival, stored) -> {
                    throw new StackOverflowError();
                },
                this::hear);

        // When
        DoorAnswer answer = knock(door, PUNCH);

        // Then
        assertThat(answer).isEqualTo(DoorAnswer.DONE);
        assertThat(heard).hasSize(1);
    }

    @Test
    void nobody_hears_of_what_was_not_stored() {
        // Given
        CallbackDoor door = TestDoor.open(inbox, null, this::hear);
        inbox.failing(true);

        // When
        DoorAnswer answer = knock(door, PUNCH);

        // Then
        assertThat(answer).isEqualTo(DoorAnswer.NOT_STORED);
        assertThat(heard).isEmpty();
    }

    @Test
    void nobody_hears_of_a_stranger() {
        // Given
        CallbackDoor door = TestDoor.open(inbox, null, this::hear);

        // When
        DoorAnswer answer = knock(door, punch("a-strangers-token"));

        // Then
        assertThat(answer).isEqualTo(DoorAnswer.REFUSED);
        assertThat(heard).isEmpty();
    }
}
