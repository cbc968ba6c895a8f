package io.punchbridge.delivery;

import io.punchbridge.inbox.Inbox;
import java.time.Duration;

/**
 * The pace of delivery.
 *
 * @param batchSize most punches in one request: 1 to 200 (Frappe's limit)
 * @param firstBackOff wait after a first failure; doubles with each one that follows
 * @param longestBackOff the wait grows no longer: Frappe's return is noticed within it
 * @param setUpRecheck how soon, after a set-up error, one punch is tried again; grows to ten times as long
 * @param doubtQuiet how long after an unanswered request Frappe may still be at work on it; no punch of it is sent
 *     again earlier
 * @param directoryRefresh how often changes among the employees are read, and held punches freed by them
 * @param near how far another program's check-in may lie from a punch of history and still count as it, in whole seconds;
 *     zero is the same second
 */
public record DeliverySettings(
        int batchSize,
        Duration firstBackOff,
        Duration longestBackOff,
        Duration setUpRecheck,
        Duration doubtQuiet,
        Duration directoryRefresh,
        Duration near) {
    /**
     * Of a request to Frappe. A round must have sent its punches, and know what came of it, within {@link Inbox#LEASE}.
     */
    public static final Duration LONGEST_REQUEST_TIMEOUT = Duration.ofMinutes(5);
}
