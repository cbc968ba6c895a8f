package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What persons ask of the stored events of devices. A question does a bounded amount of work. Every method blocks. */
public interface EventSearch {

    /** A place in the order of events. */
    record Place(Instant receivedAt, String key) {}

    /**
     * A stretch of the answer.
     *
     * @param next where to go on; null if nothing is left. There may be more although this page isn't full, even where it
     *     is empty: it ends after so many events that were looked at.
     */
    record Page(List<StoredEvent> events, @Nullable Place next) {}

    /**
     * Newest first, by when they came.
     *
     * @param device null for every device
     * @param after the {@link Page#next} of the page before; null for the first
     */
    Page page(@Nullable SerialNumber device, @Nullable Place after, int limit);
}
