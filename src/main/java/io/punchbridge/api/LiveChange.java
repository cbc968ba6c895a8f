package io.punchbridge.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/** What somebody who listens is told. */
public sealed interface LiveChange {

    /**
     * How punches stand now. Each tells all of it: whoever has missed some needs the newest alone.
     *
     * @param id greater for each later change that this replica tells of
     * @param punches how many stand in each state
     * @param newest keys of the newest punches by when the device recorded them, newest first, a few
     */
    @RegisterForReflection
    record Punches(String id, Map<String, Long> punches, List<String> newest) implements LiveChange {}

    /** Nothing has changed for a while; said so that nobody between takes the connection for dead. */
    record StillThere() implements LiveChange {}

    /** The stream ends here, after long enough; whoever wants to hear more comes again, and proves anew who it is. */
    record ComeAgain() implements LiveChange {}
}
