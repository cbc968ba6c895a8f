package io.punchbridge.api;

import io.punchbridge.inbox.DeliveryAttempt;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery of a punch came to.
 *
 * @param number from 1; some between the first and the newest are forgotten
 * @param at when it began, in UTC
 * @param outcome delivered, found, found-near, refused, away, set-up-wrong, came-out-wrong, unknown or kept
 * @param status HTTP status of Frappe's answer; null if none came, or nothing was asked
 * @param words what Frappe or the network said; ours where nothing was sent
 * @param tookMillis until the answer was there, or waiting for it was over; null where nothing was asked, or nobody can know
 * @param punches how many were in the request, this one included; null where nothing was asked, or nobody can know
 */
@RegisterForReflection
public record AttemptAnswer(
        long number,
        String at,
        String outcome,
        @Nullable Integer status,
        @Nullable String words,
        @Nullable Long tookMillis,
        @Nullable Integer punches,
        @Nullable String checkin) {

    static AttemptAnswer of(DeliveryAttempt attempt) {
        Duration took = attempt.took();
        return new AttemptAnswer(
                attempt.number(),
                attempt.at().toString(),
                attempt.outcomeWord().shown(),
                attempt.status() == 0 ? null : attempt.status(),
                attempt.words(),
                took == null ? null : took.toMillis(),
                attempt.punches() == 0 ? null : attempt.punches(),
                attempt.checkin());
    }
}
