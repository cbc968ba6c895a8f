package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.MutatedCallbacks;
import io.punchbridge.testing.TestSettings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand mutated callbacks over HTTP against 128 MB of heap: each gets an answer, and nothing gives way. */
@Tag("chaos")
class FuzzIT {
    private static final Logger LOG = Logger.getLogger(FuzzIT.class);
    private static final int CALLBACKS = 100_000;
    private static final int SENDERS = 4;
    /** The heap, 128 MB at most, may take what it has not yet taken; a leak ends in an OutOfMemoryError or beyond this. */
    private static final long MOST_GROWTH_KIB = 96 * 1024;

    private static final int NOT_STORED = 503;
    /** Where several large callbacks meet, one may be told "later"; no more than one in ten thousand. */
    private static final int MOST_PUT_OFF = CALLBACKS / 10_000;

    @TempDir
    Path directory;

    @Test
    void mutated_callbacks_are_answered_without_a_server_error_or_a_trace_and_memory_stays_flat() throws Exception {
        // Given
        long seed = System.nanoTime();
        LOG.infof("FuzzIT: seed %d", seed);
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 200).start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .environment(devices())
                        .start()) {
            Map<Integer, Integer> answers = new TreeMap<>();
            // Half of them: until then the virtual machine still takes what its heap, code and buffers may have.
            send(service, CALLBACKS / 2, seed, answers);
            long early = service.residentKib();

            // When
            send(service, CALLBACKS / 2, seed + SENDERS, answers);

            // Then
            long late = service.residentKib();
            LOG.infof("FuzzIT: answers by status %s, resident %d KiB early and %d KiB late", answers, early, late);
            assertThat(answers.keySet()).isSubsetOf(200, 400, 403, 413, NOT_STORED);
            assertThat(answers.getOrDefault(NOT_STORED, 0))
                    .as(() -> service.output()
                            .lines()
                            .filter(line -> line.contains("answered with 503"))
                            .collect(Collectors.joining("\n")))
                    .isLessThanOrEqualTo(MOST_PUT_OFF);
            assertThat(answers).containsKeys(200, 400, 403);
            assertThat(service.output()).doesNotContain("\tat ", "Exception", "OutOfMemory");
            // A device may be called anything; a level only stands behind a time.
            assertThat(service.output().lines())
                    .noneMatch(line -> line.matches("[-0-9]+ [0-9:.]+ (ERROR|FATAL) .*|2024 ERROR forged.*"));
            assertThat(late - early).isLessThan(MOST_GROWTH_KIB);
        }
    }

    private static Map<String, String> devices() {
        return Map.of(
                "PUNCHBRIDGE_DEVICES_HEAD_OFFICE_SERIAL_NUMBER",
                TestSettings.SERIAL_NUMBER,
                "PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN",
                TestSettings.TOKEN,
                "PUNCHBRIDGE_DEVICES_GATE_SERIAL_NUMBER",
                "SN-GATE",
                "PUNCHBRIDGE_DEVICES_GATE_AUTH_TOKEN",
                "gate-token",
                "PUNCHBRIDGE_DEVICES_ENTRANCE_SERIAL_NUMBER",
                "SN-ENTRANCE",
                "PUNCHBRIDGE_DEVICES_ENTRANCE_AUTH_TOKEN",
                "entrance-token",
                "PUNCHBRIDGE_GATEWAY_SECURITY_KEY",
                TestSettings.SECURITY_KEY,
                "PUNCHBRIDGE_GATEWAY_PREVIOUS_SECURITY_KEY",
                TestSettings.PREVIOUS_SECURITY_KEY);
    }

    private static void send(ServiceProcess service, int callbacks, long seed, Map<Integer, Integer> answers)
            throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Callable<Map<Integer, Integer>>> parts = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                MutatedCallbacks mutated = new MutatedCallbacks(seed + i);
                parts.add(() -> send(service, callbacks / SENDERS, mutated));
            }
            for (Future<Map<Integer, Integer>> part : senders.invokeAll(parts)) {
                part.get().forEach((status, count) -> answers.merge(status, count, Integer::sum));
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static Map<Integer, Integer> send(ServiceProcess service, int callbacks, MutatedCallbacks mutated)
            throws IOException {
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < callbacks; i++) {
            byte[] body = mutated.next().body();
            HttpResponse<String> answer = send(service, body);
            answers.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == NOT_STORED) {
                // As the gateway does; what was put off is taken now.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> send(service, body).statusCode() != NOT_STORED);
            }
        }
        return answers;
    }

    private static HttpResponse<String> send(ServiceProcess service, byte[] body) {
        HttpResponse<String> answer = Http.post(service.callback(), BodyPublishers.ofByteArray(body));
        assertThat(answer.body()).doesNotContain("\tat ", "Exception", "io.punchbridge");
        return answer;
    }
}
