package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What persons do to punches, and to delivery, recorded durably: each step's effect and its record share one transaction. Many punches are
 * changed in steps, with a pause after each that lets callbacks through; an action that is cut off has done and recorded
 * whole steps. Every method blocks.
 */
public interface Actions {

    /** So begins the reason of a punch that a person has dismissed; what the person said follows. */
    String DISMISSED = "Dismissed by a person: ";

    /** By a filter, a person means these at most; a delivered punch only by its key. */
    Set<PunchState> REPLAYED_BY_FILTER =
            Set.of(PunchState.HELD, PunchState.REJECTED, PunchState.IGNORED, PunchState.QUARANTINED);

    enum Kind {
        REPLAY,
        DISMISS,
        /** Of delivery as a whole; meant for no single punch, as is {@link #RESUME}. Done by {@link DeliveryPause}. */
        PAUSE,
        RESUME,
        /** A device's own log is loaded; meant for no single punch, as is {@link #CANCEL}. */
        RECONCILE,
        /** A run is to end. */
        CANCEL
    }

    /**
     * Who wants something, and why.
     *
     * @param authority what proved that he may, e.g. {@code token file on this host}
     * @param who a user's name, or whom a command ran as, as it says itself; null if nobody said
     * @param what the filter or the number of keys, in words; {@code delivery} of a pause and its end
     * @param why null if nobody said
     */
    record Request(
            String authority,
            @Nullable String who,
            String what,
            @Nullable String why) {}

    /**
     * An action, as far as it went.
     *
     * @param id of an action begun later comes later in the order of texts
     * @param kindWord what was done; also a kind that a later version has recorded
     * @param wanted punches it was meant for
     * @param leftAlone those that it found to be otherwise. Where changed and left alone are fewer than wanted, the action
     *     goes on, or was cut off.
     */
    record Action(
            String id,
            StoredWord<Kind> kindWord,
            Instant begunAt,
            Request request,
            long wanted,
            long changed,
            long leftAlone) {

        public Action(
                String id, Kind kind, Instant begunAt, Request request, long wanted, long changed, long leftAlone) {
            this(id, StoredWord.of(kind), begunAt, request, wanted, changed, leftAlone);
        }

        /** Null for a kind that this version doesn't know. */
        public @Nullable Kind kind() {
            return kindWord.known();
        }
    }

    /**
     * What an action did to one punch.
     *
     * @param reasonBefore null if it had none
     */
    record Done(
            Action action, PunchState stateBefore, @Nullable String reasonBefore) {}

    /** Why a punch was left alone. */
    enum Why {
        UNKNOWN,
        /** Nobody can send it. */
        UNREADABLE,
        /** It isn't in a state of which that can be done, or not any more. */
        OTHER_STATE
    }

    /** @param state in which it was found; null if unknown */
    record Left(PunchKey key, Why why, @Nullable PunchState state) {}

    /** @param action null if it was meant for no punch at all */
    record Outcome(@Nullable String action, int changed, List<Left> left) {}

    /**
     * Keys of the readable punches that a filter means, newest first, {@code most} of them at most. What is neither of
     * these states isn't among them, whatever the filter says.
     */
    List<PunchKey> replayable(PunchFilter filter, int most);

    /** Makes punches of these states pending again, due at once, and wakes delivery. */
    Outcome replay(Collection<PunchKey> keys, Set<PunchState> from, Request request);

    /**
     * Takes held, rejected and quarantined punches out of everybody's way: they become ignored, with the request's
     * {@code why} as their reason, and hold no attendance back any more. A replay takes that back, but of an unreadable one nothing does: nobody can send it.
     */
    Outcome dismiss(Collection<PunchKey> keys, Request request);

    /**
     * Records, before it is done, what somebody wants beside punches; {@link #conclude} adds what came of it. Without that the
     * process ended, or the storage failed, before anybody could say. Returns the action's id.
     */
    String note(Kind kind, Request request);

    /** Adds to what was wanted by a noted action what came of it, in words. */
    void conclude(String action, String outcome);

    /** Newest first, before an id (null: from the newest). For a paged walk. */
    List<Action> recent(@Nullable String before, int limit);

    /**
     * Forgets actions that began before an instant, in a step of {@code limit} rows at most. Returns how many rows; fewer
     * than the limit if nothing is left.
     */
    int purge(Instant before, int limit);
}
