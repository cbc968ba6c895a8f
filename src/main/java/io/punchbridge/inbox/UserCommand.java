package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device shall be told about one of its users, and how far that is.
 *
 * @param attempts how often it was sent
 * @param notBefore when it may be sent again; null: at once
 * @param reason why it failed or was given up, for a person; null if nothing is wrong
 */
public record UserCommand(
        Order order,
        State state,
        int attempts,
        Instant plannedAt,
        @Nullable Instant notBefore,
        @Nullable Instant sentAt,
        @Nullable Instant settledAt,
        @Nullable String reason) {

    /**
     * What is wanted.
     *
     * @param firstName empty for a deletion, as the last name is
     * @param admin whether the user administers the device
     * @param confirmed whether a person agreed to this deletion by name of its plan
     */
    public record Order(
            SerialNumber device,
            UserId user,
            Action action,
            String firstName,
            String lastName,
            boolean admin,
            boolean confirmed) {

        public static Order put(SerialNumber device, UserId user, String firstName, String lastName, boolean admin) {
            return new Order(device, user, Action.PUT, firstName, lastName, admin, false);
        }

        public static Order delete(SerialNumber device, UserId user, boolean confirmed) {
            return new Order(device, user, Action.DELETE, "", "", false, confirmed);
        }

        boolean asksTheSameAs(Order other) {
            return action == other.action
                    && firstName.equals(other.firstName)
                    && lastName.equals(other.lastName)
                    && admin == other.admin;
        }
    }

    /**
     * Whether nothing needs to be queued for a wish, since this command has seen to it lately, was given up lately, or
     * is on its way.
     */
    public boolean settles(UserCommands.Wish wish, Instant notIfGivenUpSince) {
        Instant settled = settledAt;
        return switch (state) {
            case QUEUED, FAILED -> false;
            case SENT -> true;
            case DONE ->
                order.asksTheSameAs(wish.order()) && settled != null && !settled.isBefore(wish.notIfDoneSince());
            case GIVEN_UP ->
                order.asksTheSameAs(wish.order()) && settled != null && !settled.isBefore(notIfGivenUpSince);
        };
    }

    public enum Action {
        /** Add, or change name and privilege. Repeating it changes nothing. */
        PUT,
        /** Delete. Repeating it changes nothing. */
        DELETE
    }

    public enum State {
        QUEUED,
        /** On its way, or its answer was lost; it is sent again when {@link UserCommands#LEASE} is over. */
        SENT,
        DONE,
        /** Came to nothing so far; it is sent again. */
        FAILED,
        /** Came to nothing too often, or a person must act. */
        GIVEN_UP
    }
}
