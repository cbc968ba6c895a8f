package io.punchbridge.inbox;

import java.time.Duration;

/** Has the running application note late punches, though its settings don't. */
public final class LateNoting {
    private LateNoting() {}

    public static void on(Inbox inbox, Duration after) {
        store(inbox).noteLate(new LateAfter(after));
    }

    public static void off(Inbox inbox) {
        store(inbox).noteLate(LateAfter.NEVER);
    }

    private static SqlPunchStore store(Inbox inbox) {
        return (SqlPunchStore) ((GroupCommitInbox) inbox).punchStore();
    }
}
