package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of reconciliation over one device's log, as far as it is stored. All figures were committed together with the
 * rows that they count, so that a crash neither loses nor repeats one.
 *
 * @param from inclusive
 * @param until exclusive
 * @param provenUntil every window before this instant came whole
 * @param windows how many windows the run was cut into, and how many of them came whole
 * @param rows what the gateway gave, repeats included
 * @param newPunches of them those that the inbox did not have
 * @param lostPunches of the new ones those that a callback should have brought: recorded since the device is watched, and
 *     longer than the settling time ago
 * @param unreadable rows kept without a readable time or user
 * @param errors requests that came to nothing, retried ones included
 * @param reason why it failed, or what it waits for; for a person. Null if nothing is wrong
 */
public record Run(
        String id,
        SerialNumber device,
        Trigger trigger,
        Instant from,
        Instant until,
        State state,
        Instant provenUntil,
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
}
