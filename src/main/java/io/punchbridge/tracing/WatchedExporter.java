package io.punchbridge.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log that the collector doesn't take spans: once when that begins, once an hour while it lasts, and once
 * when it is over. Lost spans harm nothing else, so that is all that happens.
 */
final class WatchedExporter implements SpanExporter {
    static final Duration REMINDER = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(WatchedExporter.class);

    private final SpanExporter exporter;
    private final String collector;
    private final Clock clock;
    private @Nullable Instant toldAt;
    private long lost;

    WatchedExporter(SpanExporter exporter, URI collector, Clock clock) {
        this.exporter = exporter;
        this.collector = collector.getHost() + (collector.getPort() < 0 ? "" : ":" + collector.getPort());
        this.clock = clock;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                taken();
            } else {
                lost(count, result.getFailureThrowable());
            }
        });
    }

    private synchronized void taken() {
        if (toldAt != null) {
            LOG.infof("Traces are taken at %s again; %d spans were lost meanwhile.", collector, lost);
            toldAt = null;
            lost = 0;
        }
    }

    private synchronized void lost(int count, @Nullable Throwable failure) {
        lost += count;
        Instant now = clock.instant();
        if (toldAt == null || Duration.between(toldAt, now).abs().compareTo(REMINDER) >= 0) {
            toldAt = now;
            LOG.warnf(
                    "Traces are not taken at %s (%s); %d spans are lost so far. Punches are stored and delivered all the"
                            + " same. See whether the collector runs and takes OTLP over HTTP there"
                            + " (punchbridge.traces.endpoint, punchbridge.traces.headers), or remove the endpoint.",
                    collector, why(failure), lost);
        }
    }

    /** Never an answer's words: a collector may repeat a header in them. */
    private static String why(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        if (cause == null) {
            return "it answers with an error";
        }
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
