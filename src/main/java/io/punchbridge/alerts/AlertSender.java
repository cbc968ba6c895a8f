package io.punchbridge.alerts;

import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.Alerts.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Brings messages to their receiver, oldest first. While it doesn't answer, none is tried, for a while that grows; what it
 * refuses is tried each hour, for a day, and holds up none of another alert. Once it wants none any more, none is sent until a
 * restart, which may bring another receiver; messages wait for it, no longer than for any other. Safe for use by several
 * threads.
 */
final class AlertSender {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    /** However long it asks us to wait. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /** No message is postponed for longer. */
    static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);
    /** That wait; the storage is no place for what a receiver may never take. */
    static final int MOST_WAITING = 1000;

    /** In a turn, so that a turn has its end. */
    private static final int AT_ONCE = 20;

    /** How long a turn takes at the very most. */
    static Duration atMost(Duration answerTimeout) {
        return answerTimeout.multipliedBy(AT_ONCE).plusMinutes(1);
    }

    private final Receiver receiver;
    private final AlertWatch watch;
    private final Clock clock;
    private int failures;
    private Instant closedAt = Instant.MIN;
    private Duration closedFor = Duration.ZERO;
    private boolean gone;
    private volatile Reception reception = Reception.UNTRIED;

    AlertSender(Receiver receiver, AlertWatch watch, Clock clock) {
        this.receiver = receiver;
        this.watch = watch;
        this.clock = clock;
    }

    synchronized void send(Alerts alerts) {
        giveUpOld(alerts);
        List<Message> due = isOpen() ? alerts.due(clock.instant()) : List.of();
        for (Message message : due.subList(0, Math.min(due.size(), AT_ONCE))) {
            if (isOpen()) {
                send(alerts, message);
            }
        }
    }

    /** Of what this process has seen of the receiver. */
    Reception reception() {
        return reception;
    }

    /** Also while the receiver isn't tried: what isn't sent must not pile up. */
    private void giveUpOld(Alerts alerts) {
        watch.givenUp(alerts.giveUp(clock.instant().minus(GIVEN_UP_AFTER), MOST_WAITING));
    }

    /** A clock that was set back opens it. */
    private boolean isOpen() {
        Instant now = clock.instant();
        return !gone && (now.isBefore(closedAt) || !now.isBefore(closedAt.plus(closedFor)));
    }

    private void send(Alerts alerts, Message message) {
        Receiver.Answer answer = receiver.post(message);
        reception = reception.after(answer, clock.instant());
        switch (answer.outcome()) {
            case TAKEN -> {
                failures = 0;
                alerts.forget(message.id());
                watch.taken(message);
            }
            case LATER -> {
                close(answer);
                watch.later(answer, closedFor);
            }
            case REFUSED -> {
                alerts.postpone(message.id(), clock.instant().plus(AFTER_REFUSAL));
                watch.refused(message, answer);
            }
            case GONE -> {
                gone = true;
                watch.gone(answer);
            }
        }
    }

    private void close(Receiver.Answer answer) {
        Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 20));
        Duration wait = shorter(grown, LONGEST_WAIT);
        closedFor = answer.retryAfter()
                .map(asked -> shorter(asked, LONGEST_RETRY_AFTER))
                .filter(asked -> asked.compareTo(wait) > 0)
                .orElse(wait);
        closedAt = clock.instant();
        failures++;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
