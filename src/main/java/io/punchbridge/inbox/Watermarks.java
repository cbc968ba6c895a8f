package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Durable record of how far auto attendance was let go: for each shift type what was last decided and what holds it back,
 * and every move with its proof. Every method blocks, and is one transaction that is on disk when it returns. Wall times
 * are the site's.
 */
public interface Watermarks {

    /** What came of looking at a shift type. */
    enum Outcome {
        /** A setting forbids to write, whatever is proven. */
        REFUSED,
        /** It can't be read, and never was: whether auto attendance is on isn't known. */
        UNREAD,
        /** A shift's window has closed that isn't proven yet. */
        HELD_BACK,
        /** No window has closed that HRMS hasn't been given. */
        NOTHING_DUE,
        /** It would have been written, in a mode that only says so. */
        WOULD_MOVE,
        MOVED,
        /** It was to be written, and wasn't, or nobody knows. */
        NOT_WRITTEN
    }

    /**
     * One reason why it goes no further.
     *
     * @param holder what it is, as a stable name: of a device, a punch, a setting
     * @param toDo what a person does about it
     */
    record Holding(String holder, String words, String toDo) {}

    /**
     * What was decided.
     *
     * @param outcomeWord what came of it; also an outcome that a later version has recorded
     * @param topic what makes two decisions of one outcome different, beside their holders
     * @param passedOver keys of open punches that hold it back no longer
     * @param lastSync {@code last_sync_of_checkin} as it was read, or as it is after the move
     * @param lastSyncAt the same as an instant
     * @param provenUntil up to where nothing is missing; null where nothing is proven
     */
    record Decided(
            String shiftType,
            StoredWord<Outcome> outcomeWord,
            String topic,
            String words,
            List<Holding> holders,
            List<PunchKey> passedOver,
            @Nullable LocalDateTime lastSync,
            @Nullable Instant lastSyncAt,
            @Nullable Instant provenUntil,
            Instant checkedAt) {

        public Decided(
                String shiftType,
                Outcome outcome,
                String topic,
                String words,
                List<Holding> holders,
                List<PunchKey> passedOver,
                @Nullable LocalDateTime lastSync,
                @Nullable Instant lastSyncAt,
                @Nullable Instant provenUntil,
                Instant checkedAt) {
            this(
                    shiftType,
                    StoredWord.of(outcome),
                    topic,
                    words,
                    holders,
                    passedOver,
                    lastSync,
                    lastSyncAt,
                    provenUntil,
                    checkedAt);
        }

        /** Null for an outcome that this version doesn't know. */
        public @Nullable Outcome outcome() {
            return outcomeWord.known();
        }
    }

    /** @param since since when it holds without a break */
    record StandingHolder(Holding holding, Instant since) {}

    /**
     * What stands.
     *
     * @param since since when it was decided so, with the same topic and the same first holder
     * @param holders the first one holds the most; each once
     */
    record Standing(Decided decided, List<StandingHolder> holders, Instant since) {}

    enum MoveState {
        /** Stored before the write; what became of it isn't known yet. */
        INTENDED,
        WRITTEN,
        NOT_WRITTEN,
        /** Neither can be told any more. */
        UNKNOWN
    }

    /**
     * The range of a device that a move rests on.
     *
     * @param device its name
     * @param run the run that proved its end; null where it was assumed by configuration. A run is purged earlier than a
     *     move, so that one of an older move can't be looked up any more; the range stands here
     */
    record Proof(
            String device,
            SerialNumber serialNumber,
            Instant since,
            Instant until,
            @Nullable String run) {}

    /**
     * One move.
     *
     * @param from null if there was no value
     * @param by which process made it
     * @param stateWord how far it is; also a state that a later version has recorded
     * @param outcome what became of it, in words
     */
    record Move(
            String id,
            String shiftType,
            @Nullable LocalDateTime from,
            LocalDateTime to,
            Instant provenUntil,
            List<Proof> proof,
            String by,
            Instant at,
            StoredWord<MoveState> stateWord,
            @Nullable Instant settledAt,
            @Nullable String outcome) {

        public Move(
                String id,
                String shiftType,
                @Nullable LocalDateTime from,
                LocalDateTime to,
                Instant provenUntil,
                List<Proof> proof,
                String by,
                Instant at,
                MoveState state,
                @Nullable Instant settledAt,
                @Nullable String outcome) {
            this(id, shiftType, from, to, provenUntil, proof, by, at, StoredWord.of(state), settledAt, outcome);
        }

        /** Null for a state that this version doesn't know. */
        public @Nullable MoveState state() {
            return stateWord.known();
        }
    }

    /** Keeps the latest decision about a shift type. Returns whether outcome, topic or first holder changed. */
    boolean keep(Decided decided);

    /** By name. */
    List<Standing> standing();

    /** Forgets what was decided about shift types other than these; their moves stay. */
    void forgetOthers(Collection<String> shiftTypes);

    /** Keeps a move and its proof before it is written. Its state is {@link MoveState#INTENDED}. */
    void intend(Move move);

    /** Says what became of an intended move; one that was settled already stays as it is. */
    void settle(String move, MoveState state, String outcome, Instant at);

    /** Intended moves of a shift type whose end isn't known, oldest first. */
    List<Move> unsettled(String shiftType);

    /**
     * Newest first.
     *
     * @param shiftType null for all
     */
    List<Move> moves(@Nullable String shiftType, int limit);

    /** Purges up to {@code limit} settled moves from before an instant, the oldest first. Returns how many. */
    int purgeMoves(Instant before, int limit);
}
