package io.punchbridge.tracing;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;

/** A stretch of a punch's way with a beginning and an end. Without a collector there is one that does nothing. */
public interface TraceSpan {

    TraceSpan put(Attribute attribute, String value);

    TraceSpan put(Attribute attribute, long value);

    /** @param kind of the failure; never its words, which may name a person */
    TraceSpan failed(String kind);

    /**
     * Begins a span inside this one for each of the punches.
     *
     * @param key of a punch
     */
    <T> PunchSpans punches(String name, Collection<T> punches, Function<T, String> key);

    /**
     * Runs the work and ends this span with it, as failed if it throws. Spans that the work begins on this thread lie
     * inside this one, and what it logs on this thread bears the trace's id.
     */
    <T> T around(Supplier<T> work);

    /** From now on the span is told to nobody, unless one was begun inside it. */
    void dropUnlessUsed();

    void end();

    /** Whether there is somebody to tell. */
    boolean isRecorded();
}
