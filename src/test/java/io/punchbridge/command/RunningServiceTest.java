package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void of_what_was_sent_before_the_connection_broke_nobody_claims_that_nothing_happened() throws Exception {
        // Given
        try (ServerSocket breaking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> takeAndBreak(breaking));
            RunningService service =
                    new RunningService(new TokenEntrance(tokenFile(breaking.getLocalPort())), Duration.ofSeconds(20));

            // When
            ThrowingCallable asked =
                    () -> service.pause(new ObjectMapper().createObjectNode().put("reason", "so"));

            // Then
            assertThatThrownBy(asked)
                    .isInstanceOf(NotAsked.class)
                    .hasMessageContaining("nobody knows here whether it was done")
                    .hasMessageContaining("command actions")
                    .hasMessageContaining("summary");
            broken.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_question_whose_connection_broke_may_be_asked_again() throws Exception {
        // Given
        try (ServerSocket breaking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> takeAndBreak(breaking));
            RunningService service =
                    new RunningService(new TokenEntrance(tokenFile(breaking.getLocalPort())), Duration.ofSeconds(20));

            // When
            ThrowingCallable asked = () -> service.searchPunches(new ObjectMapper().createObjectNode());

            // Then
            assertThatThrownBy(asked)
                    .isInstanceOf(NotAsked.class)
                    .hasMessageContaining("isn't running any more")
                    .hasMessageNotContaining("nobody knows");
            broken.get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void a_proxy_s_own_failure_leaves_the_outcome_open(int status) {
        // Given
        try (FakeService proxy = new FakeService(directory.resolve("punchbridge.token"))) {
            proxy.on("POST /api/v1/delivery/resume", status, "<html>Bad Gateway</html>");
            RunningService service = new RunningService(new TokenEntrance(directory.resolve("punchbridge.token")));

            // When
            ThrowingCallable asked = () -> service.resume(new ObjectMapper().createObjectNode());

            // Then
            assertThatThrownBy(asked)
                    .isInstanceOf(NotAsked.class)
                    .hasMessageContaining("status " + status)
                    .hasMessageContaining("nobody knows here whether it was done");
        }
    }

    /** Reads what is asked, and resets the connection in place of an answer. */
    private static void takeAndBreak(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path tokenFile(int port) throws IOException {
        return Files.writeString(
                directory.resolve("punchbridge.token"), "url=http://127.0.0.1:" + port + "\ntoken=secret\n");
    }
}
