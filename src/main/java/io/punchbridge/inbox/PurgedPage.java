package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a purge did.
 *
 * @param punches how many were purged
 * @param last where the next step goes on; null if nothing is left behind it
 */
record PurgedPage(int punches, @Nullable PunchKey last) {
    static final PurgedPage NOTHING = new PurgedPage(0, null);
}
