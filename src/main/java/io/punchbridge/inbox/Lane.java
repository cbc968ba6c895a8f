package io.punchbridge.inbox;

import io.punchbridge.punch.PunchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A way along an index that gives punches in the order of their keys. States are literals: only so does a planner see that
 * a partial index answers.
 */
enum Lane {
    EVERY("1 = 1"),
    PENDING_LIVE("state = 'PENDING' AND priority = 0"),
    PENDING_HISTORY("state = 'PENDING' AND priority = 1"),
    HELD(setAside("HELD")),
    REJECTED(setAside("REJECTED")),
    IGNORED(setAside("IGNORED")),
    QUARANTINED(setAside("QUARANTINED"));

    /** The last key of a stretch of so many punches, by {@code :before}, {@code :from} and {@code :skip}. */
    final String stretch;

    private final String condition;

    Lane(String condition) {
        this.condition = condition;
        this.stretch = """
                SELECT punch_key FROM punch WHERE %s AND punch_key < :before AND punch_key >= :from
                ORDER BY punch_key DESC LIMIT 1 OFFSET :skip""".formatted(condition);
    }

    private static String setAside(String state) {
        return "state = '" + state + "' AND state NOT IN ('PENDING', 'DELIVERED')";
    }

    /** Newest first, by {@code :before}, {@code :from}, {@code :limit} and what the other conditions name. */
    String rows(String columns, String conditions) {
        return """
                SELECT %s FROM punch WHERE %s AND punch_key < :before AND punch_key >= :from%s
                ORDER BY punch_key DESC LIMIT :limit""".formatted(columns, condition, conditions);
    }

    /** Those that together hold all punches of these states, and no punch twice. Most punches are delivered. */
    static List<Lane> of(Set<PunchState> states) {
        if (states.isEmpty() || states.contains(PunchState.DELIVERED)) {
            return List.of(EVERY);
        }
        List<Lane> lanes = new ArrayList<>();
        for (PunchState state : states) {
            if (state == PunchState.PENDING) {
                lanes.add(PENDING_LIVE);
                lanes.add(PENDING_HISTORY);
            } else {
                lanes.add(valueOf(state.name()));
            }
        }
        return lanes;
    }
}
