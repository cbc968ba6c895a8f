package io.punchbridge.delivery;

import io.punchbridge.frappe.FrappeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether Frappe may be sent to now. Closed for a while after a failure, the longer the more failures follow each
 * other; after it reopens, one single punch goes first (the canary) before batches do.
 *
 * <p>Lives in memory: a new process proves everything anew. Safe for use by several threads.
 */
final class Gate {
    /** However long Frappe asks us to wait, we ask again after this. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(15);

    private static final int LONGEST_RECHECK_FACTOR = 10;
    private static final double JITTER = 0.2;

    enum Condition {
        /** A punch's echo was right; batches may go. */
        PROVEN,
        /** Nothing is known against it; one punch goes first. */
        UNPROVEN,
        /** Frappe can't at the moment; it is tried again by itself. */
        AWAY,
        /** A person must act. */
        SET_UP_WRONG
    }

    /**
     * @param reason in words for a person; null while nothing is wrong
     * @param since when this condition began
     * @param closedAt when it was last tried in vain
     */
    record State(
            Condition condition,
            @Nullable String reason,
            Instant since,
            Instant closedAt,
            Duration closedFor,
            int failures) {
        /** When it opens again; empty if it is open. A clock that was stepped back opens it, rather than strand it. */
        Optional<Instant> closedUntil(Instant now) {
            Instant until = closedAt.plus(closedFor);
            return !now.isBefore(closedAt) && now.isBefore(until) ? Optional.of(until) : Optional.empty();
        }
    }

    private final DeliverySettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private volatile State state;

    Gate(DeliverySettings settings, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        Instant now = clock.instant();
        this.state = new State(Condition.UNPROVEN, null, now, now, Duration.ZERO, 0);
    }

    State state() {
        return state;
    }

    boolean needsCanary() {
        return state.condition() != Condition.PROVEN;
    }

    synchronized void proven() {
        if (state.condition() != Condition.PROVEN) {
            Instant now = clock.instant();
            state = new State(Condition.PROVEN, null, now, now, Duration.ZERO, 0);
        }
    }

    synchronized void away(FrappeFailure failure) {
        Duration asked = failure.retryAfter();
        Duration wait = asked == null
                ? jittered(grown(settings.firstBackOff(), settings.longestBackOff()))
                : shorter(asked, LONGEST_RETRY_AFTER);
        close(Condition.AWAY, failure.words(), wait);
    }

    synchronized void setUpWrong(String reason) {
        close(Condition.SET_UP_WRONG, reason, grown(settings.setUpRecheck(), longestRecheck()));
    }

    Duration longestRecheck() {
        return settings.setUpRecheck().multipliedBy(LONGEST_RECHECK_FACTOR);
    }

    /** A person says that it is mended, or wants to know: the next round tries. */
    synchronized void reopen() {
        Instant now = clock.instant();
        state = new State(Condition.UNPROVEN, null, now, now, Duration.ZERO, 0);
    }

    private void close(Condition condition, String reason, Duration wait) {
        Instant now = clock.instant();
        Instant since = state.condition() == condition ? state.since() : now;
        state = new State(condition, reason, since, now, wait, state.failures() + 1);
    }

    private Duration grown(Duration first, Duration longest) {
        int doublings = Math.min(state.failures(), 20);
        return shorter(first.multipliedBy(1L << doublings), longest);
    }

    private Duration jittered(Duration wait) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
