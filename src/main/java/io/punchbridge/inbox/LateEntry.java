package io.punchbridge.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An employee's day in a shift whose attendance was made without some of its punches.
 *
 * @param id the same for the same employee, day and shift; begins with the day
 * @param employee Frappe's id, e.g. {@code HR-EMP-00001}
 * @param day the day that the shift starts on, in the site's zone
 * @param shift name of the Shift Type
 * @param attendance name of the attendance that was made without them; null if none stands
 * @param says what that attendance says
 * @param wouldSay what it would say with them; null until that was worked out
 * @param reason in words for a person: why it stands as it does and what to do
 * @param remade name of the attendance that was made anew
 * @param attempts how often a repair was begun and not found done
 * @param notBefore when it is looked at again; null is never
 */
public record LateEntry(
        String id,
        String employee,
        LocalDate day,
        String shift,
        State state,
        @Nullable String attendance,
        @Nullable Said says,
        @Nullable Said wouldSay,
        @Nullable String reason,
        @Nullable String remade,
        int attempts,
        @Nullable Instant notBefore,
        Instant foundAt,
        Instant changedAt) {

    public enum State {
        /** Reported, nothing more. */
        FOUND,
        /** A dry run found that it can be repaired. */
        WOULD_REPAIR,
        /** A step that changes the site was begun; the attendance may be cancelled and not yet made anew. */
        REPAIRING,
        /** An attendance stands that was made with the punches. */
        REPAIRED,
        /** It may not be repaired; the reason says why, and what a person can do. */
        CANNOT,
        /** The punches change nothing, or aren't there any more. */
        NOT_NEEDED
    }

    /** What an attendance says; times are wall times of the site. */
    public record Said(
            String status,
            double hours,
            @Nullable LocalDateTime inTime,
            @Nullable LocalDateTime outTime) {}

    /** An entry that nobody has looked at yet, to be looked at at once. */
    public static LateEntry found(
            String employee,
            LocalDate day,
            String shift,
            @Nullable String attendance,
            @Nullable Said says,
            Instant now) {
        return new LateEntry(
                id(employee, day, shift),
                employee,
                day,
                shift,
                State.FOUND,
                attendance,
                says,
                null,
                null,
                null,
                0,
                now,
                now,
                now);
    }

    private static String id(String employee, LocalDate day, String shift) {
        return day + "-" + UUID.nameUUIDFromBytes((employee + '\n' + shift).getBytes(StandardCharsets.UTF_8));
    }

    /** What was read of the site just now. */
    public LateEntry read(@Nullable String standing, @Nullable Said saysNow, @Nullable Said wouldSayNow) {
        return new LateEntry(
                id,
                employee,
                day,
                shift,
                state,
                standing,
                saysNow,
                wouldSayNow,
                reason,
                remade,
                attempts,
                notBefore,
                foundAt,
                changedAt);
    }

    /** @param lookAgainAt null for never */
    public LateEntry to(State next, @Nullable String why, @Nullable Instant lookAgainAt, Instant now) {
        return new LateEntry(
                id,
                employee,
                day,
                shift,
                next,
                attendance,
                says,
                wouldSay,
                why,
                remade,
                attempts,
                lookAgainAt,
                foundAt,
                now);
    }

    /** An attendance stands that has the punches. */
    public LateEntry repaired(String newAttendance, @Nullable String why, Instant now) {
        return new LateEntry(
                id,
                employee,
                day,
                shift,
                State.REPAIRED,
                attendance,
                says,
                wouldSay,
                why,
                newAttendance,
                attempts,
                null,
                foundAt,
                now);
    }

    public LateEntry withAttempts(int number) {
        return new LateEntry(
                id,
                employee,
                day,
                shift,
                state,
                attendance,
                says,
                wouldSay,
                reason,
                remade,
                number,
                notBefore,
                foundAt,
                changedAt);
    }
}
