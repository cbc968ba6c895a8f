package io.punchbridge.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The range in which nothing of a device is missing here.
 *
 * @param since inclusive
 * @param until exclusive
 * @param run which run moved it last; null where it follows the configured assumption instead of a proof
 * @param at our clock when it was last moved
 */
public record Verified(
        Instant since, Instant until, @Nullable String run, Instant at) {

    /**
     * The range after a run proved everything from its beginning up to an instant. It never gets shorter, and never has
     * a hole: what doesn't touch it leaves it as it is. Only a scheduled run makes a first one, so that a person who
     * loads one old month doesn't decide where the proof begins.
     *
     * @param proven up to where the run's windows came whole, and settled
     */
    static @Nullable Verified afterWindow(@Nullable Verified before, Run run, Instant proven, Instant now) {
        if (!proven.isAfter(run.from()) || proven.isAfter(now)) {
            return before;
        }
        if (before == null) {
            return run.trigger() == Run.Trigger.SCHEDULE ? new Verified(run.from(), proven, run.id(), now) : null;
        }
        boolean touches = !run.from().isAfter(before.until()) && !proven.isBefore(before.since());
        if (!touches) {
            return before;
        }
        Instant since = run.from().isBefore(before.since()) ? run.from() : before.since();
        return proven.isAfter(before.until())
                ? new Verified(since, proven, run.id(), now)
                : new Verified(since, before.until(), before.run(), before.at());
    }
}
