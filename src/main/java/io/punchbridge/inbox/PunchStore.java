package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database below the {@link Inbox}. Each method is one transaction that is on disk when the method returns; where a
 * method has a namesake in {@link Inbox}, that one's contract holds.
 */
interface PunchStore extends AutoCloseable {

    /** Stores all of these arrivals or none; the answers are in the order of the arrivals. */
    List<Stored> append(List<Arrival> arrivals);

    List<WaitingPunch> claim(int limit);

    default void settle(Collection<Settlement> settlements) {
        settle(settlements, List.of());
    }

    void settle(Collection<Settlement> settlements, Collection<Attempted> attempts);

    boolean renew(Collection<PunchKey> keys);

    List<WaitingPunch> inState(PunchState state, @Nullable PunchKey after, int limit);

    int release(Collection<PunchKey> keys, PunchState from);

    Map<PunchState, Long> counts();

    Optional<Instant> oldestPending();

    Optional<StoredPunch> find(PunchKey key);

    List<StoredEvent> recentEvents(int limit);

    void remember(String name, String value);

    Optional<String> recall(String name);

    void probe();

    /**
     * Purges settled punches (delivered or ignored) whose time and settlement both lie before an instant, and keeps
     * their keys; of a dismissed unreadable one, which has no sure time, the settlement alone counts. Looks at no more than {@code limit} of them, in the order of their keys, after a key (null: from the
     * first).
     */
    PurgedPage purgePunches(Instant before, @Nullable PunchKey after, int limit);

    /** Purges up to {@code limit} of the events that came before an instant, the oldest first. Returns how many. */
    int purgeEvents(Instant before, int limit);

    /** Forgets up to {@code limit} keys of purged punches whose time lies before an instant. Returns how many. */
    int forgetKeys(Instant before, int limit);

    /** Which jobs run once at a time among all processes that share this database. */
    ClusterLock clusterLock();

    @Override
    void close();
}
