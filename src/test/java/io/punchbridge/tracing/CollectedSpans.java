package io.punchbridge.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Turns traces on while it is open, and keeps each span that ends. */
public final class CollectedSpans implements AutoCloseable {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final Recorder recorder = new Recorder("test", "0", SimpleSpanProcessor.create(new Keeping()));
    private final @Nullable Recorder former = Traces.recordWith(recorder);

    private final class Keeping implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
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

    public List<SpanData> all() {
        return List.copyOf(spans);
    }

    public List<SpanData> named(String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** The only one of this name. */
    public SpanData only(String name) {
        List<SpanData> found = named(name);
        if (found.size() != 1) {
            throw new AssertionError("not one span " + name + " but " + found.size() + ": " + spans);
        }
        return found.get(0);
    }

    /** What a span tells, as text by key. */
    public static Map<String, String> attributes(SpanData span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), String.valueOf(value)));
        return attributes;
    }

    @Override
    public void close() {
        Traces.recordWith(former);
        recorder.close();
    }
}
