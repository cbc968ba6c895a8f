package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Durable store of punches and events: one row a punch, whatever number of times it comes.
 *
 * <p>Every method may be called from any thread; all but {@link #store} block. All throw {@link StorageException} when
 * the storage fails, and then have changed nothing.
 */
public interface Inbox {
    /**
     * How long a claim is its process's alone, by the clock of who made it. A process that lives lets go of its claims earlier
     * than that; so only a dead one, or one that stood still, loses them.
     */
    Duration LEASE = Duration.ofMinutes(10);

    /**
     * Stores all of an arrival or nothing. The stage completes after the commit has reached the disk, together with
     * those of other arrivals that came meanwhile (group commit), or exceptionally with {@link StorageException}: the
     * storage failed, too much waits already, or the inbox is closing. A punch or event whose key is stored already
     * changes nothing.
     *
     * <p>Stages are completed by one thread: what depends on one must be short, or run elsewhere.
     */
    CompletionStage<Stored> store(Arrival arrival);

    /** Called after each commit that brought a new punch or released one, on a thread of the inbox; must return at once. */
    void onNewPunches(Runnable listener);

    /**
     * Takes up to {@code limit} pending punches that are due, live ones before history, oldest first, for this process
     * alone and until {@link #settle} or the lease's end. From the claim on they count as possibly sent
     * ({@link WaitingPunch#inDoubtSince}), so that a crash leads to a look-up, not to a double.
     *
     * <p>Empty while delivery is paused ({@link DeliveryPause}).
     *
     * <p>Due is what waits for no instant, for a past one, or for one more than an hour ahead: such an instant was set
     * by a clock that went back since.
     */
    List<WaitingPunch> claim(int limit);

    /**
     * Ends the claims of these punches, in one transaction. No punch is postponed by more than an hour.
     *
     * @throws IllegalStateException if a punch was not claimed by this process: a bug, or a lease that ran out
     */
    default void settle(Collection<Settlement> settlements) {
        settle(settlements, List.of());
    }

    /**
     * The same, and records in the same transaction what was attempted; of one punch no more than the first attempt and
     * the newest twenty are kept.
     *
     * @throws IllegalStateException if a punch was not claimed by this process: a bug, or a lease that ran out
     */
    void settle(Collection<Settlement> settlements, Collection<Attempted> attempts);

    /**
     * Holds claims of this process for a whole lease more; false if one of them isn't its own any more. Nobody else takes up
     * these punches meanwhile.
     */
    boolean renew(Collection<PunchKey> keys);

    /**
     * Readable punches in a state in the order of their keys, which is that of their times, after a key (null: from the
     * first). For a paged walk.
     */
    List<WaitingPunch> inState(PunchState state, @Nullable PunchKey after, int limit);

    /**
     * Makes punches of a state pending again, due at once. Returns how many still were in that state; an unreadable
     * punch stays where it is. A delivered one is in doubt from then on, so that it is looked up before it is sent.
     */
    int release(Collection<PunchKey> keys, PunchState from);

    /** How many punches stand in each state; exact, and cheap however many there are. */
    Map<PunchState, Long> counts();

    /** When the oldest pending punch was received, or empty if none waits. */
    Optional<Instant> oldestPending();

    /** One punch with all that is known of it. */
    Optional<StoredPunch> find(PunchKey key);

    /** The newest events, newest first. */
    List<StoredEvent> recentEvents(int limit);

    /** Keeps a small fact, e.g. the site's time zone as last seen. */
    void remember(String name, String value);

    Optional<String> recall(String name);

    /** Writes and commits something real; throws if that fails. Readiness rests on it. */
    void probe();
}
