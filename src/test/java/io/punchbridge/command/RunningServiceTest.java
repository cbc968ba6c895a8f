package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told where the service doesn't answer. */
class RunningServiceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void what_takes_too_long_goes_on_and_is_not_called_a_service_that_is_down() throws IOException {
        // Given
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunningService service =
                    new RunningService(new TokenEntrance(tokenFile(silent.getLocalPort())), Duration.ofSeconds(1));

            // When
            ThrowingCallable asked = () -> service.replay(new ObjectMapper().createObjectNode());

            // Then
            assertThatThrownBy(asked)
                    .isInstanceOf(NotAsked.class)
                    .hasMessageContaining("goes on")
                    .hasMessageContaining("the command actions");
        }
    }

    @Test
    void a_service_that_is_down_is_called_so() throws IOException {
        // Given
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        RunningService service =
                new RunningService(new TokenEntrance(tokenFile(closed.getLocalPort())), Duration.ofSeconds(20));

        // When
        ThrowingCallable asked = service::devices;

        // Then
        assertThatThrownBy(asked).isInstanceOf(NotAsked.class).hasMessageContaining("isn't running any more");
    }

    private Path tokenFile(int port) throws IOException {
        return Files.writeString(
                directory.resolve("punchbridge.token"), "url=http://127.0.0.1:" + port + "\ntoken=secret\n");
    }
}
