package io.punchbridge.console.punches;

import io.punchbridge.console.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A punch in a list.
 *
 * @param at when the device recorded it; null where that can't be read
 * @param who name of the employee for whom it was delivered, or who would get it now; null if nobody has the id
 * @param former whether that one had the id when it was delivered, and hasn't any more
 * @param state as badges show it
 */
public record Row(
        String key,
        @Nullable Moment at,
        Moment receivedAt,
        @Nullable String user,
        @Nullable String who,
        boolean former,
        String device,
        @Nullable String type,
        String state,
        @Nullable String reason) {}
