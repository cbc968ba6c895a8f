package io.punchbridge.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans by OpenTelemetry's SDK. No trace goes on from one that a request brought along: strangers knock too, and
 * decide nothing here. And none is handed on to Frappe or the gateway, which are others' systems.
 */
final class Recorder {
    /** Of so many punches it is known which span was last about them; a few MB. */
    private static final int REMEMBERED = 10_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A stop isn't held up by a collector that doesn't answer. */
    private static final long STOP_SECONDS = 2;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Map<String, SpanContext> lastAbout = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SpanContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    Recorder(String service, String version, SpanProcessor processor) {
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", service)
                        .put("service.version", version)
                        .build()))
                .addSpanProcessor(processor)
                .build();
        this.tracer = provider.get("io.punchbridge");
    }

    /** One that sends by OTLP over HTTP. What waits for a slow collector is bounded: beyond 2048, spans are lost. */
    static Recorder to(TraceSettings.Collector collector, String service, String version, Clock clock) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.url().toString())
                .setConnectTimeout(TIMEOUT)
                .setTimeout(TIMEOUT);
        collector.headers().forEach(exporter::addHeader);
        SpanExporter watched = new WatchedExporter(exporter.build(), collector.url(), clock);
        return new Recorder(
                service, version, BatchSpanProcessor.builder(watched).build());
    }

    RecordedSpan begin(Traces.Kind kind, String name) {
        return begin(kind, name, RecordedSpan.currentOrNull(), null);
    }

    /** Begins a span about one punch, with a link to the one before that was about it. */
    RecordedSpan beginAbout(String punch, String name, RecordedSpan parent) {
        SpanContext former;
        RecordedSpan span;
        synchronized (lastAbout) {
            former = lastAbout.get(punch);
        }
        span = begin(Traces.Kind.INTERNAL, name, parent, former);
        span.put(Attribute.PUNCH, punch);
        synchronized (lastAbout) {
            lastAbout.put(punch, span.context());
        }
        return span;
    }

    private RecordedSpan begin(
            Traces.Kind kind, String name, @Nullable RecordedSpan parent, @Nullable SpanContext former) {
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kindOf(kind)).setNoParent();
        if (parent != null) {
            builder.setParent(Context.root().with(Span.wrap(parent.used())));
        }
        if (former != null) {
            builder.addLink(former);
        }
        return new RecordedSpan(this, builder.startSpan());
    }

    private static SpanKind kindOf(Traces.Kind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.SERVER;
            case CLIENT -> SpanKind.CLIENT;
            case INTERNAL -> SpanKind.INTERNAL;
        };
    }

    /** Hands on what has ended, for a short while. */
    void close() {
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
