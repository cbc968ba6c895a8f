package io.punchbridge.delivery;

import io.punchbridge.inbox.DeliveryPause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How delivery stands, for people and probes.
 *
 * @param reason what is wrong and what to do; null while nothing is
 * @param since when that began
 * @param nextTryAt when Frappe is tried again; null if at once
 * @param lastDeliveryAt last delivered punch of this process, or null
 * @param paused by whom, since when and why nothing is sent; null while delivery isn't paused. Up to a few seconds old where
 *     another process was told.
 */
public record DeliveryStatus(
        Frappe frappe,
        @Nullable String reason,
        Instant since,
        @Nullable Instant nextTryAt,
        @Nullable Instant lastDeliveryAt,
        DeliveryPause.@Nullable Paused paused) {

    /** How Frappe stands, as far as the last answer told. */
    public enum Frappe {
        PROVEN,
        UNPROVEN,
        AWAY,
        SET_UP_WRONG
    }
}
