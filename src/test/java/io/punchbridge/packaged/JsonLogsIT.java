package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as JSON, for whoever collects them, at the turn of a switch. */
class JsonLogsIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void with_the_switch_every_line_is_json_and_a_punch_is_followed_by_its_key() {
        // Given
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .environment("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")
                        .environment("QUARKUS_LOG_CATEGORY__IO_PUNCHBRIDGE__LEVEL", "DEBUG")
                        .start()) {

            // When
            service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING));

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(service.output()).contains("stands in Frappe"));
            service.stop();
            List<JsonNode> lines =
                    service.output().lines().map(JsonLogsIT::parsed).toList();
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.path("timestamp").isMissingNode()
                                    || line.path("level").isMissingNode()
                                    || line.path("message").isMissingNode())
                            .as(line.toString())
                            .isFalse());
            JsonNode stored = only(lines, "stored and acknowledged");
            JsonNode delivered = only(lines, "stands in Frappe");
            String key = stored.path("mdc").path("punch").asText();
            assertThat(key).startsWith("20260119T050000Z-");
            assertThat(delivered.path("mdc").path("punch").asText()).isEqualTo(key);
            assertThat(lines.get(0).path("mdc").path("punch").isMissingNode()).isTrue();
        }
    }

    private static JsonNode only(List<JsonNode> lines, String words) {
        List<JsonNode> found = lines.stream()
                .filter(line -> line.path("message").asText().contains(words))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
