package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of reconciliation over one device's log, as far as it is stored. All figures were committed together with the
 * rows that they count, so that a crash neither loses nor repeats one.
 *
 * @param triggerWord who wanted it; also one that a later version has recorded
 * @param from inclusive
 * @param until exclusive
 * @param stateWord how far it is; also a state that a later version has recorded
 * @param provenUntil every window before this instant came whole
 * @param reached the latest time among the rows loaded so far, within the range; for an estimate, proves nothing
 * @param windows how many windows the run was cut into, and how many of them came whole
 * @param rows what the gateway gave, repeats included
 * @param newPunches of them those that the inbox did not have
 * @param lostPunches of the new ones those that a callback should have brought: recorded since the device is watched, and
 *     longer than the settling time ago
 * @param unreadable new rows kept without a readable time or user
 * @param errors requests that came to nothing, retried ones included
 * @param reason why it failed, or what it waits for; for a person. Null if nothing is wrong
 */
public record Run(
        String id,
        SerialNumber device,
        StoredWord<Trigger> triggerWord,
        Instant from,
        Instant until,
        StoredWord<State> stateWord,
        Instant provenUntil,
        Instant reached,
        int windows,
        int windowsDone,
        int pages,
        long rows,
        long newPunches,
        long lostPunches,
        long unreadable,
        int errors,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable String reason) {

    public Run(
            String id,
            SerialNumber device,
            Trigger trigger,
            Instant from,
            Instant until,
            State state,
            Instant provenUntil,
            Instant reached,
            int windows,
            int windowsDone,
            int pages,
            long rows,
            long newPunches,
            long lostPunches,
            long unreadable,
            int errors,
            Instant startedAt,
            Instant updatedAt,
            @Nullable Instant endedAt,
            @Nullable String reason) {
        this(
                id,
                device,
                StoredWord.of(trigger),
                from,
                until,
                StoredWord.of(state),
                provenUntil,
                reached,
                windows,
                windowsDone,
                pages,
                rows,
                newPunches,
                lostPunches,
                unreadable,
                errors,
                startedAt,
                updatedAt,
                endedAt,
                reason);
    }

    /** Null for one that this version doesn't know. */
    public @Nullable Trigger trigger() {
        return triggerWord.known();
    }

    /** Null for a state that this version doesn't know. */
    public @Nullable State state() {
        return stateWord.known();
    }

    /** Who wanted it. */
    public enum Trigger {
        SCHEDULE,
        PERSON
    }

    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED,
        /** Its process died; the range is walked again by the next run. */
        INTERRUPTED
    }

    /** How much of the range was loaded, from 0 to 1. */
    public double share() {
        if (state() == State.DONE || !from.isBefore(until)) {
            return 1;
        }
        Instant position = reached.isAfter(provenUntil) ? reached : provenUntil;
        double covered = Duration.between(from, position).toMillis();
        return Math.max(0, Math.min(1, covered / Duration.between(from, until).toMillis()));
    }

    /**
     * When a running one ends if it goes on as it went; empty where nothing can be told yet, or it has ended.
     *
     * @param now by the clock that {@link #startedAt} was taken from
     */
    public Optional<Instant> estimatedEnd(Instant now) {
        double share = share();
        long elapsed = Duration.between(startedAt, now).toMillis();
        if (state() != State.RUNNING || share <= 0 || elapsed <= 0) {
            return Optional.empty();
        }
        return Optional.of(now.plusMillis(Math.round(elapsed / share - elapsed)));
    }
}
