package io.punchbridge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** A span that goes to a collector when it ends. */
final class RecordedSpan implements TraceSpan {
    /** Of one callback or round; a device that sends its whole memory again brings thousands at once. */
    static final int MOST_PUNCHES = 500;

    private static final String LOG_FIELD = "traceId";
    private static final ThreadLocal<@Nullable RecordedSpan> CURRENT = new ThreadLocal<>();

    private final Recorder recorder;
    private final Span span;
    private volatile boolean used;
    private volatile boolean unlessUsed;

    RecordedSpan(Recorder recorder, Span span) {
        this.recorder = recorder;
        this.span = span;
    }

    static @Nullable RecordedSpan currentOrNull() {
        return CURRENT.get();
    }

    static TraceSpan current() {
        RecordedSpan current = CURRENT.get();
        return current == null ? NoSpan.NONE : current;
    }

    SpanContext context() {
        return span.getSpanContext();
    }

    /** For one that lies inside it. */
    SpanContext used() {
        used = true;
        return context();
    }

    @Override
    public TraceSpan put(Attribute attribute, String value) {
        span.setAttribute(attribute.key(), value);
        return this;
    }

    @Override
    public TraceSpan put(Attribute attribute, long value) {
        span.setAttribute(attribute.key(), value);
        return this;
    }

    @Override
    public TraceSpan failed(String kind) {
        span.setStatus(StatusCode.ERROR);
        return put(Attribute.ERROR, kind);
    }

    @Override
    public <T> PunchSpans punches(String name, Collection<T> punches, Function<T, String> key) {
        put(Attribute.PUNCHES, punches.size());
        Map<String, TraceSpan> open = new HashMap<>();
        punches.stream()
                .map(key)
                .distinct()
                .limit(MOST_PUNCHES)
                .forEach(punch -> open.put(punch, recorder.beginAbout(punch, name, this)));
        if (punches.size() > MOST_PUNCHES) {
            put(Attribute.PUNCHES_WITHOUT_SPAN, punches.size() - open.size());
        }
        return new PunchSpans(open);
    }

    @Override
    public <T> T around(Supplier<T> work) {
        RecordedSpan outer = CURRENT.get();
        Object outerId = MDC.get(LOG_FIELD);
        CURRENT.set(this);
        MDC.put(LOG_FIELD, context().getTraceId());
        try {
            return work.get();
        } catch (RuntimeException failure) {
            failed(failure.getClass().getSimpleName());
            throw failure;
        } finally {
            end();
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            if (outerId == null) {
                MDC.remove(LOG_FIELD);
            } else {
                MDC.put(LOG_FIELD, outerId);
            }
        }
    }

    @Override
    public void dropUnlessUsed() {
        unlessUsed = true;
    }

    /** One that is never ended is never told. */
    @Override
    public void end() {
        if (used || !unlessUsed) {
            span.end();
        }
    }

    @Override
    public boolean isRecorded() {
        return true;
    }
}
