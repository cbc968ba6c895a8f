package io.punchbridge.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Durable record of what is wrong, of what was told of it, and of the messages that wait for their receiver; shared by all
 * replicas. Every method blocks, and is one transaction that is on disk when it returns.
 */
public interface Alerts {
    /** By so much the clocks of replicas may differ. */
    Duration SAME_TIME = Duration.ofMinutes(1);

    /** @param subject what it is about: the name of a device, a Shift Type, a state; empty for the service itself */
    record Alert(String rule, String subject) {}

    /**
     * What is wrong.
     *
     * @param since since when without a break
     * @param seenAt when a replica last saw it
     * @param toldAt when a message of it was last made; null if none was
     * @param summary of the last look, in words
     */
    record Standing(
            Alert alert,
            Instant since,
            Instant seenAt,
            @Nullable Instant toldAt,
            String summary) {}

    /**
     * A message that the receiver hasn't taken.
     *
     * @param id the same at each try
     * @param dueAt not tried before
     * @param body as it is sent, byte by byte
     */
    record Message(String id, Alert alert, Instant madeAt, Instant dueAt, String body) {}

    /** What one look changed: all of it is kept, or nothing. */
    record Change(List<Standing> standing, Set<Alert> over, List<Message> messages) {
        public Change {
            standing = List.copyOf(standing);
            over = Set.copyOf(over);
            messages = List.copyOf(messages);
        }

        public boolean isEmpty() {
            return standing.isEmpty() && over.isEmpty() && messages.isEmpty();
        }
    }

    /**
     * Moves back what was written by a clock that was ahead and has been set right since, all of it by as much as that clock was
     * ahead: else an alert would count as told, or a message as not due, until the clock has come so far. Changes nothing where
     * it is ahead by a minute at most, which clocks of replicas may differ by.
     *
     * @param longestWait for which a message is postponed at the very most
     */
    void setBack(Instant now, Duration longestWait);

    /** By rule and subject. */
    List<Standing> standing();

    /** Standing ones take the place of what was kept of them; those that are over are forgotten. */
    void keep(Change change);

    /**
     * Messages to send now, oldest first: of each alert the oldest one alone, so that no end overtakes its beginning. One
     * that isn't due holds back those of the same alert.
     */
    List<Message> due(Instant now);

    /** Of which a message waits, whether it is due or not. */
    Set<Alert> waiting();

    /** The receiver has taken it, or never will. An unknown one is no mistake: another replica was quicker. */
    void forget(String messageId);

    /**
     * Forgets messages that were made before an instant, and of the others all but the newest, so that what no receiver takes
     * is bounded, however long that lasts.
     *
     * @param most how many may wait
     * @return the alert of each message that was given up, oldest first
     */
    List<Alert> giveUp(Instant madeBefore, int most);

    /**
     * When the newest message that was given up was made, of each alert that stands and of which one was, by whichever
     * replica.
     */
    Map<Alert, Instant> givenUp();

    /** Tries it again later. */
    void postpone(String messageId, Instant until);
}
