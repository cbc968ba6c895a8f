package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service tells of changes, however long nothing happens, and its stop waits for no listener. */
@Timeout(300)
class LiveChangesIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final SimulatedFrappe frappe = SimulatedFrappe.withEmployees(Clock.systemUTC(), 20);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startFrappe() {
        frappe.start();
    }

    @AfterEach
    void stopFrappe() {
        frappe.close();
    }

    @Test
    void silence_cuts_nothing_and_a_stop_ends_it_at_once() throws Exception {
        // Given
        Path tokenFile = directory.resolve("service.token");
        try (ServiceProcess service = new ServiceProcess.Setup(directory)
                .environment(Settings.forFrappe(frappe))
                .environment("PUNCHBRIDGE_CONSOLE_TOKEN_FILE", tokenFile.toString())
                // Shorter than two signs of life, so that they are what keeps the connection.
                .environment("QUARKUS_HTTP_IDLE_TIMEOUT", "20s")
                .start()) {
            CompletableFuture<Void> listening = listen(service, token(tokenFile));
            await().atMost(PATIENCE)
                    .until(() ->
                            lines.stream().filter(line -> line.startsWith(":")).count() >= 2);
            service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "1", "CheckIn", MORNING));
            await().atMost(PATIENCE).until(() -> lines.stream().anyMatch(line -> line.contains("\"delivered\":1")));

            // When
            int exitCode = service.stop();

            // Then
            assertThat(exitCode).isZero();
            assertThat(listening).succeedsWithin(Duration.ofSeconds(60));
            assertThat(service.output())
                    .contains("punchbridge stopped in")
                    .doesNotContain("\tat ", "Timed out waiting for graceful shutdown");
        }
    }

    private CompletableFuture<Void> listen(ServiceProcess service, String token) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.url("/api/v1/changes"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return CompletableFuture.runAsync(() -> {
            try (BufferedReader body =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = body.readLine(); line != null; line = body.readLine()) {
                    lines.add(line);
                }
            } catch (IOException cut) {
                throw new UncheckedIOException(cut);
            }
        });
    }

    private static String token(Path tokenFile) throws IOException {
        await().atMost(PATIENCE).until(() -> Files.exists(tokenFile));
        Properties file = new Properties();
        try (InputStream written = Files.newInputStream(tokenFile)) {
            file.load(written);
        }
        return file.getProperty("token");
    }
}
