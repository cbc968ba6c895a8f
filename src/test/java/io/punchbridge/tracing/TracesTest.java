package io.punchbridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.punchbridge.tracing.Traces.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** How spans lie in each other, and which are told. */
class TracesTest {
    @Test
    void without_a_collector_a_span_is_nothing_and_its_work_is_done() {
        // Given
        TraceSpan span = Traces.begin(Kind.INTERNAL, "work");

        // When
        String done = span.around(() -> "done");

        // Then
        assertThat(done).isEqualTo("done");
        assertThat(span).isSameAs(Traces.begin(Kind.SERVER, "other work")).isSameAs(Traces.current());
        assertThat(span.punches("punch", List.of("a"), key -> key)).isSameAs(PunchSpans.NONE);
    }

    @Test
    void what_work_begins_lies_inside_its_span_and_its_log_lines_bear_the_trace() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            Object logged = Traces.begin(Kind.INTERNAL, "work").around(() -> {
                Traces.begin(Kind.CLIENT, "call").end();
                return MDC.get("traceId");
            });

            // Then
            SpanData work = collected.only("work");
            SpanData call = collected.only("call");
            assertThat(call.getParentSpanId()).isEqualTo(work.getSpanId());
            assertThat(call.getTraceId()).isEqualTo(work.getTraceId()).isEqualTo(logged);
            assertThat(work.getParentSpanContext().isValid()).isFalse();
            assertThat(MDC.get("traceId")).isNull();
            assertThat(Traces.current()).isSameAs(NoSpan.NONE);
        }
    }

    @Test
    void work_that_throws_has_failed_without_its_words() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {
            TraceSpan span = Traces.begin(Kind.INTERNAL, "work");

            // When
            Throwable thrown = catchThrowable(() -> span.around(() -> {
                throw new IllegalStateException("Ada Lovelace isn't known");
            }));

            // Then
            assertThat(thrown).isInstanceOf(IllegalStateException.class);
            SpanData told = collected.only("work");
            assertThat(told.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(told.toString()).contains("IllegalStateException").doesNotContain("Ada");
        }
    }

    @Test
    void what_found_nothing_to_do_is_told_only_with_what_happened_inside() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            for (boolean asks : new boolean[] {false, true}) {
                TraceSpan span = Traces.begin(Kind.INTERNAL, "round");
                span.around(() -> {
                    if (asks) {
                        Traces.begin(Kind.CLIENT, "call").end();
                    }
                    span.dropUnlessUsed();
                    return asks;
                });
            }

            // Then
            assertThat(collected.only("round").getSpanId())
                    .isEqualTo(collected.only("call").getParentSpanId());
        }
    }

    @Test
    void a_punch_s_next_span_links_to_its_last() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {
            TraceSpan callback = Traces.begin(Kind.SERVER, "callback");
            callback.punches("store", List.of("key-1", "key-2"), key -> key).end();
            TraceSpan round = Traces.begin(Kind.INTERNAL, "round");

            // When
            round.punches("deliver", List.of("key-2"), key -> key).end("key-2", "delivered");

            // Then
            SpanData deliver = collected.only("deliver");
            SpanData store = collected.named("store").stream()
                    .filter(span -> CollectedSpans.attributes(span).containsValue("key-2"))
                    .findFirst()
                    .orElseThrow();
            assertThat(CollectedSpans.attributes(deliver))
                    .containsEntry("punch.key", "key-2")
                    .containsEntry("punch.state", "delivered");
            assertThat(deliver.getTraceId()).isNotEqualTo(store.getTraceId());
            assertThat(deliver.getLinks())
                    .singleElement()
                    .satisfies(link ->
                            assertThat(link.getSpanContext().getSpanId()).isEqualTo(store.getSpanId()));
        }
    }

    @Test
    void a_device_that_sends_all_again_makes_no_thousands_of_spans() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {
            TraceSpan callback = Traces.begin(Kind.SERVER, "callback");
            List<String> keys = IntStream.range(0, RecordedSpan.MOST_PUNCHES + 7)
                    .mapToObj(i -> "key-" + i)
                    .toList();

            // When
            callback.punches("store", keys, key -> key).end();

            // Then
            callback.end();
            assertThat(collected.named("store")).hasSize(RecordedSpan.MOST_PUNCHES);
            assertThat(CollectedSpans.attributes(collected.only("callback")))
                    .containsEntry("punch.count", String.valueOf(keys.size()))
                    .containsEntry("punch.count_without_span", "7");
        }
    }
}
