package io.punchbridge.reconciliation;

import io.punchbridge.inbox.Run;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param reason for a person, null if all is well
 * @param personMustAct whether the same request can't succeed before somebody has done something
 */
record Ending(Run.State state, @Nullable String reason, boolean personMustAct) {
    static final Ending DONE = new Ending(Run.State.DONE, null, false);

    static final Ending CANCELLED = new Ending(
            Run.State.CANCELLED, "Someone ended it. What it had stored stays; the next run goes over the rest.", false);

    /** Someone else has ended it already: it was cancelled, or taken for dead. */
    static final Ending OVER = new Ending(
            Run.State.INTERRUPTED,
            "It was taken for dead, since it gave no sign of life for ten minutes. The next run goes over the rest.",
            false);

    static final Ending STOPPED = new Ending(
            Run.State.INTERRUPTED,
            "Punchbridge was stopped. What it had stored stays; the next run goes over the rest.",
            false);

    static Ending failed(String reason) {
        return new Ending(Run.State.FAILED, reason, false);
    }
}
