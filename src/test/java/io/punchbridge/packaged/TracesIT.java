package io.punchbridge.packaged;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.tracing.LocalCollector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of the packaged service: a punch's way by its key and nothing of a person, or nothing at all. */
class TracesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "77012345";
    private static final String KEY = "punch.key";
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");

    @TempDir
    Path directory;

    @Test
    void with_a_collector_a_punch_is_followed_by_its_key_and_no_person_or_secret_is_told() {
        // Given
        try (LocalCollector collector = new LocalCollector();
                SimulatedFrappe frappe = frappe();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .environment(
                                "PUNCHBRIDGE_TRACES_ENDPOINT", collector.url().toString())
                        .environment("PUNCHBRIDGE_TRACES_HEADERS", "x-token=the-collector's token")
                        .environment("PUNCHBRIDGE_TRACES_SERVICE", "Nairobi")
                        .start()) {
            // It keeps what it refuses, and the log shows what comes of a refusal.
            collector.answers(401);

            // When
            int answer = knock(service).statusCode();

            // Then
            assertThat(answer).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> frappe.checkinCount() == 1);
            Http.post(service.callback(), punch("another-token"));
            Http.get(service.managementUrl("/q/health/ready"));
            Http.get(service.managementUrl("/q/metrics"));
            // At the stop it may have two seconds for what waits, which a machine under load needs for the first
            // request alone.
            await().atMost(PATIENCE)
                    .until(() -> names(collector).containsAll(Set.of("deliver punch", "store punch", "delivery round"))
                            && servers(collector).size() == 2);
            service.stop();
            Span stored = only(collector, "store punch");
            Span delivered = only(collector, "deliver punch");
            assertThat(LocalCollector.attributes(stored).get(KEY)).startsWith("20260119T050000Z-");
            assertThat(LocalCollector.attributes(delivered))
                    .containsEntry(KEY, LocalCollector.attributes(stored).get(KEY))
                    .containsEntry("punch.state", "delivered");
            assertThat(delivered.getLinksList())
                    .singleElement()
                    .satisfies(link -> assertThat(link.getSpanId()).isEqualTo(stored.getSpanId()));
            Span round = collector.spans().stream()
                    .filter(span -> span.getSpanId().equals(delivered.getParentSpanId()))
                    .findFirst()
                    .orElseThrow();
            Span insert = only(collector, "POST /api/resource/Employee Checkin");
            assertThat(round.getName()).isEqualTo("delivery round");
            assertThat(insert.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(insert.getParentSpanId()).isEqualTo(round.getSpanId());
            assertThat(servers(collector))
                    .containsExactlyInAnyOrder("POST /cams/callback done", "POST /cams/callback refused");
            assertThat(collector.paths()).containsExactly("/v1/traces");
            assertThat(collector.tokens()).containsExactly("the-collector's token");
            assertThat(collector.bytes())
                    .contains("Nairobi", "head-office")
                    .doesNotContain(Settings.TOKEN, "another-token", "the-collector's token")
                    .doesNotContain(SimulatedFrappe.API_SECRET, SimulatedFrappe.API_KEY)
                    .doesNotContain(USER, "Emp777", "HR-EMP-77001")
                    .doesNotContain("stgid", "st-1", "user=", "2026-01-19", "Fingerprint", "authorization");
            assertThat(service.output())
                    .containsOnlyOnce("Traces are not taken at 127.0.0.1")
                    .doesNotContain("the-collector's token", "Failed to export", "[i.o.");
        }
    }

    @Test
    void without_one_nothing_is_connected_to_nothing_said_and_nothing_of_it_even_loaded() throws Exception {
        // Given
        Path classes = directory.resolve("classes.txt");
        try (LocalCollector collector = new LocalCollector();
                SimulatedFrappe frappe = frappe();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .environment(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString())
                        .environment("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes)
                        .start()) {

            // When
            int answer = knock(service).statusCode();

            // Then
            assertThat(answer).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> frappe.checkinCount() == 1);
            service.stop();
            List<String> loaded = Files.readAllLines(classes).stream()
                    .filter(line -> line.contains("io.punchbridge.tracing") || line.contains("io.opentelemetry"))
                    .toList();
            assertThat(loaded).anyMatch(line -> line.contains("io.punchbridge.tracing.NoSpan"));
            assertThat(loaded).noneMatch(line -> line.contains("io.opentelemetry"));
            assertThat(collector.requests()).isZero();
            assertThat(service.output()).doesNotContainIgnoringCase("trace", "telemetry");
        }
    }

    private static SimulatedFrappe frappe() {
        return new SimulatedFrappe(Clock.systemUTC())
                .addEmployee("HR-EMP-77001", "Emp777 Test", USER)
                .start();
    }

    private static HttpResponse<String> knock(ServiceProcess service) {
        return Http.post(URI.create(service.callback() + "?stgid=st-1&user=" + USER), punch(Settings.TOKEN));
    }

    private static String punch(String token) {
        return Callbacks.punch(Settings.SERIAL_NUMBER, token, USER, "CheckIn", MORNING);
    }

    private static Set<String> names(LocalCollector collector) {
        return collector.spans().stream().map(Span::getName).collect(toSet());
    }

    /** Requests that were made of us, and how they ended. */
    private static Set<String> servers(LocalCollector collector) {
        return collector.spans().stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .map(span ->
                        span.getName() + " " + LocalCollector.attributes(span).get("outcome"))
                .collect(toSet());
    }

    private static Span only(LocalCollector collector, String name) {
        List<Span> found = collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
