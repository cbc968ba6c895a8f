package io.punchbridge.reconciliation;

import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entry for those who want a device's history loaded, or want to know how far it is. Every method may block shortly. */
public interface Reconciliation {
    /** What came of asking for a run. */
    sealed interface Started {
        /** It runs, or will as soon as it is its turn. */
        record Accepted(String run) implements Started {}

        /** Another run of this device is under way; two never overlap. */
        record Busy(String run) implements Started {}

        /** It can't be done; the words are for a person. */
        record Refused(String reason) implements Started {}
    }

    /**
     * Loads what a device recorded, in as many windows as it takes.
     *
     * @param from first day, in the device's zone
     * @param to last day, in the device's zone, inclusive
     */
    Started start(Device device, LocalDate from, LocalDate to);

    Optional<Run> run(String id);

    /** Newest first. */
    List<Run> recent(int limit);

    /**
     * Newest first, by when they began.
     *
     * @param device null for every device
     * @param after the last run of the page before; null for the first page
     */
    List<Run> runs(@Nullable Device device, History.@Nullable Place after, int limit);

    /** All that are under way or wait for their turn, one a device at most; those that began first come first. */
    List<Run> underWay();

    /** Ends a run after the page that is under way. Returns whether there was one that was to go on. */
    boolean cancel(String run);
}
