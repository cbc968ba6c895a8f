package io.punchbridge.inbox;

import io.punchbridge.punch.Punch;
import io.punchbridge.punch.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored, readable punch as delivery needs it.
 *
 * @param receivedAt our clock when it came first
 * @param inDoubtSince the latest instant at which it may have been sent without an outcome being stored since: it may
 *     stand in Frappe. After a lost answer as its settlement said; after a crash that of the current claim, as nobody
 *     knows when the dead process sent it last. Null if it surely does not stand there.
 * @param reason why it is held, rejected, … or null
 */
public record WaitingPunch(
        Punch punch,
        Source source,
        Instant receivedAt,
        @Nullable Instant inDoubtSince,
        @Nullable String reason) {
    WaitingPunch inDoubtSince(Instant since) {
        return new WaitingPunch(punch, source, receivedAt, since, reason);
    }
}
