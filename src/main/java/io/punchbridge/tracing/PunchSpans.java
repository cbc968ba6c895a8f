package io.punchbridge.tracing;

import java.util.Map;

/** The spans of several punches that go one stretch of their way together. */
public final class PunchSpans {
    static final PunchSpans NONE = new PunchSpans(Map.of());

    private final Map<String, TraceSpan> open;

    /** @param open by key of the punch */
    PunchSpans(Map<String, TraceSpan> open) {
        this.open = open;
    }

    public boolean areNone() {
        return open.isEmpty();
    }

    /** Ends the span of one punch, if it has one. */
    public void end(String key, String state) {
        TraceSpan span = open.get(key);
        if (span != null) {
            span.put(Attribute.STATE, state).end();
        }
    }

    /** Ends all of them as gone well. */
    public void end() {
        open.values().forEach(TraceSpan::end);
    }

    /** Ends all of them as failed. */
    public void fail(String kind) {
        open.values().forEach(span -> span.failed(kind).end());
    }
}
