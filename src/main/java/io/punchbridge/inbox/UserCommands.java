package io.punchbridge.inbox;

import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommand.State;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Durable queue of what devices shall be told about their users: at most one command a user of a device. Every method is
 * one transaction; every method blocks.
 */
public interface UserCommands {
    /** How long a sent command is taken for being on its way; much longer than the gateway may take. */
    Duration LEASE = Duration.ofMinutes(10);

    /** In which what is due is sent: additions before deletions. */
    Comparator<Order> SENDING_ORDER = Comparator.<Order>comparingInt(
                    order -> order.action() == UserCommand.Action.PUT ? 0 : 1)
            .thenComparing(order -> order.device().value())
            .thenComparing(order -> order.user().value());

    /**
     * One wish of a plan.
     *
     * @param notIfDoneSince if the same was done at or after this instant, it isn't queued again: a device that says
     *     yes and keeps something else would be told for ever
     */
    record Wish(Order order, Instant notIfDoneSince) {}

    /**
     * Makes the queue of a device what its latest plan wants: queues or replaces what differs, and withdraws what is
     * not wanted any more. A command that is on its way stays, and is not sent again if it isn't wanted; one that was given up at or after
     * {@code notIfGivenUpSince} is queued again only if it asks for something else.
     */
    void plan(SerialNumber device, List<Wish> wishes, Instant notIfGivenUpSince);

    /**
     * Takes the next command that is due, additions before deletions, and marks it as sent. A device that failed waits
     * as a whole until the failed command is due again.
     *
     * @param commandsAMinute empty if as many were sent within the last minute
     * @param plannedSince older wishes are stale, and stay
     */
    Optional<UserCommand> next(int commandsAMinute, Instant plannedSince);

    /** The device did it; the picture of its users follows in the same transaction. */
    void done(UserCommand command);

    /** It came to nothing, and is sent again. */
    void failed(UserCommand command, Instant notBefore, String reason);

    /** It came to nothing, and is not sent again by itself. */
    void givenUp(UserCommand command, String reason);

    /** Gives up all that waits for a device, because a person must act before any of it can succeed. */
    int giveUpAll(SerialNumber device, String reason);

    /** Queues again all that was given up. Returns how many. */
    int retryGivenUp();

    /** Commands of a device, whatever their state, in the order of their users. */
    List<UserCommand> ofDevice(SerialNumber device);

    Map<State, Long> counts();

    /** Forgets what was done before an instant. */
    int forgetDone(Instant before);
}
