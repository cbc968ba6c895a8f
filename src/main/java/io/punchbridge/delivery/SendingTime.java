package io.punchbridge.delivery;

import io.punchbridge.inbox.Inbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a round may begin to send what it has claimed. Another replica takes the claim over when the lease ends; a request
 * that began within this time has its answer, or its time-out, before that. Nothing but sending is bound by it: asking Frappe
 * makes no check-in.
 */
final class SendingTime {
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration WINDOW =
            Inbox.LEASE.minus(DeliverySettings.LONGEST_REQUEST_TIMEOUT).minus(MARGIN);

    private final Clock clock;
    private final Instant from;

    private SendingTime(Clock clock) {
        this.clock = clock;
        this.from = clock.instant();
    }

    /** To be called before the claim. */
    static SendingTime startingNow(Clock clock) {
        return new SendingTime(clock);
    }

    /** A clock that was stepped back tells nothing, so that it is over then. */
    boolean isOver() {
        Instant now = clock.instant();
        return now.isBefore(from) || !now.isBefore(from.plus(WINDOW));
    }
}
