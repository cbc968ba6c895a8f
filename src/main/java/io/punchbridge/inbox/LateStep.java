package io.punchbridge.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the site in a repair, written before it is made.
 *
 * @param number from 1 within its entry, in the order of the steps
 * @param subject what is changed: name of an Attendance, an Employee Checkin or a Shift Type
 * @param begunAt null for a step that a dry run would take
 * @param doneAt when the site had said yes; null if it didn't, or nobody lived to hear it
 */
public record LateStep(
        int number,
        Kind kind,
        String subject,
        @Nullable Instant begunAt,
        @Nullable Instant doneAt) {

    public enum Kind {
        /** Auto attendance is run once before anything is changed, to see that it may and can run. */
        REHEARSE,
        CANCEL,
        COUNT_AGAIN,
        PROCESS
    }

    /** What is done to what, without when. */
    public record Plan(Kind kind, String subject) {}
}
