package io.punchbridge.tracing;

import org.jspecify.annotations.Nullable;

/**
 * Where spans begin. Belongs to the process as the log does, so that whoever has something to tell needs nobody to be
 * handed to it. While nothing collects, beginning a span costs the look at one field, and no class of OpenTelemetry is
 * loaded.
 */
public final class Traces {
    /** Whose doing a span tells of, in OpenTelemetry's words. */
    public enum Kind {
        /** A request that somebody made of us. */
        SERVER,
        /** A request that we make of somebody. */
        CLIENT,
        /** Our own work. */
        INTERNAL
    }

    private static volatile @Nullable Recorder recorder;

    private Traces() {}

    /**
     * Begins a span, inside the one that is {@linkplain TraceSpan#around around} this thread's work, if there is one.
     *
     * @param name one of few; what differs from one to the next is for attributes
     */
    public static TraceSpan begin(Kind kind, String name) {
        Recorder collecting = recorder;
        return collecting == null ? NoSpan.NONE : collecting.begin(kind, name);
    }

    /** The span around this thread's work. */
    public static TraceSpan current() {
        return recorder == null ? NoSpan.NONE : RecordedSpan.current();
    }

    /** @return the one before it, or null */
    static @Nullable Recorder recordWith(@Nullable Recorder next) {
        Recorder former = recorder;
        recorder = next;
        return former;
    }
}
