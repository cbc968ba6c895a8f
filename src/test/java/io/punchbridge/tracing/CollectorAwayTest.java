package io.punchbridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.punchbridge.testing.LogLines;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.tracing.Traces.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A collector that takes nothing is told of in few words, and no span's loss is more than that. */
class CollectorAwayTest {
    private static final URI COLLECTOR = URI.create("http://collector.example:4318/v1/traces");

    private final SteppableClock clock = new SteppableClock();
    private final Scripted exporter = new Scripted();
    private final WatchedExporter watched = new WatchedExporter(exporter, COLLECTOR, clock);

    private static final class Scripted implements SpanExporter {
        private CompletableResultCode next = CompletableResultCode.ofSuccess();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return next;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Test
    void it_is_told_once_an_hour_and_once_when_it_is_over() {
        // Given
        List<String> lines = new ArrayList<>();
        try (LogLines log = new LogLines(WatchedExporter.class)) {
            exporter.next = CompletableResultCode.ofExceptionalFailure(new IllegalStateException(
                    new CompletionException(new ConnectException("with a secret in its words"))));
            watched.export(List.of());
            watched.export(List.of());
            clock.step(WatchedExporter.REMINDER);
            watched.export(List.of());
            exporter.next = CompletableResultCode.ofSuccess();

            // When
            watched.export(List.of());

            // Then
            watched.export(List.of());
            lines.addAll(log.take());
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("WARN Traces are not taken at collector.example:4318 (ConnectException)")
                .contains("Punches are stored and delivered all the same", "punchbridge.traces.endpoint")
                .doesNotContain("secret");
        assertThat(lines.get(1)).startsWith("WARN");
        assertThat(lines.get(2)).startsWith("INFO Traces are taken at collector.example:4318 again");
    }

    @Test
    void the_real_exporter_s_refusal_is_told_too() {
        // Given
        try (LocalCollector collector = new LocalCollector();
                LogLines log = new LogLines(WatchedExporter.class)) {
            collector.answers(401);
            Recorder recorder = Recorder.to(
                    new TraceSettings.Collector(collector.url().resolve("/v1/traces"), new TreeMap<>()),
                    "test",
                    "0",
                    clock);
            recorder.begin(Kind.INTERNAL, "work").end();

            // When
            recorder.close();

            // Then
            List<String> lines = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                lines.addAll(log.take());
                return !lines.isEmpty();
            });
            assertThat(lines)
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("it answers with an error", "1 spans are lost"));
            assertThat(collector.requests()).isEqualTo(1);
        }
    }
}
