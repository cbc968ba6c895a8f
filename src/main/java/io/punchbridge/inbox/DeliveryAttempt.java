package io.punchbridge.inbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery of a punch came to. A batch that Frappe refuses as a whole is sent anew in parts, and counts only by
 * the request in which this punch's own outcome showed.
 *
 * @param number from 1; some between the first and the newest are forgotten, so numbers have gaps there
 * @param at when it began
 * @param took until the answer was there, or waiting for it was over; null where nothing was asked, or nobody can know
 * @param outcomeWord what came of it; also an outcome that a later version has recorded
 * @param status HTTP status of Frappe's answer; 0 if none came, or nothing was asked
 * @param words Frappe's or the network's, as plain text without secrets, or ours where nothing was asked; null if there
 *     was nothing to say
 * @param punches how many were in the request, this one included; 0 where nothing was asked, or nobody can know
 * @param checkin the Employee Checkin that the punch is, or that came out wrong and is taken back where the API user may
 */
public record DeliveryAttempt(
        long number,
        Instant at,
        @Nullable Duration took,
        StoredWord<Outcome> outcomeWord,
        int status,
        @Nullable String words,
        int punches,
        @Nullable String checkin) {

    public DeliveryAttempt(
            long number,
            Instant at,
            @Nullable Duration took,
            Outcome outcome,
            int status,
            @Nullable String words,
            int punches,
            @Nullable String checkin) {
        this(number, at, took, StoredWord.of(outcome), status, words, punches, checkin);
    }

    /** Null for an outcome that this version doesn't know. */
    public @Nullable Outcome outcome() {
        return outcomeWord.known();
    }

    public enum Outcome {
        /** Sent, and shown by Frappe as it was meant. */
        DELIVERED,
        /** A look-up found that it stands there already. */
        FOUND,
        /** Another program's check-in stands near and counts as it; nothing was sent. */
        FOUND_NEAR,
        /** Frappe refused it since it has this check-in already; the look-up that follows at once is an attempt of its own. */
        ALREADY_THERE,
        /** Frappe refused this one. */
        REFUSED,
        /** Frappe couldn't just now, and surely has kept nothing. */
        AWAY,
        /** Address, credentials, rights or a setting of the site are in the way, and a person must act. */
        SET_UP_WRONG,
        /** Frappe kept something else than was sent, which is taken back afterwards, where the API user may. */
        CAME_OUT_WRONG,
        /** Sent, or perhaps sent, and nobody knows what came of it: it is looked up before it is sent again. */
        UNKNOWN,
        /** Nothing was sent, and the words say why: it is held, quarantined or ignored, or stands in Frappe as another's. */
        KEPT
    }
}
