package io.punchbridge.attendance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an attendance may not be made anew.
 *
 * @param reason what is so, and what a person can do
 * @param askAgainIn null where no time changes it: then daily while the day is young, as a person may mend it
 */
record Refusal(String reason, @Nullable Duration askAgainIn) {
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration PERSONS_TIME = Duration.ofHours(6);
    private static final Duration RIGHTS_TIME = Duration.ofHours(1);

    /** What was in the way is gone at the next look. */
    static Refusal soon(String reason) {
        return new Refusal(reason, SOON);
    }

    static Refusal forGood(String reason) {
        return new Refusal(reason, null);
    }

    /** Until a person changes something at the site. */
    static Refusal untilChanged(String reason) {
        return new Refusal(reason, PERSONS_TIME);
    }

    static Refusal untilGranted(String reason) {
        return new Refusal(reason, RIGHTS_TIME);
    }
}
