package io.punchbridge.roster;

import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommand.Action;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is queued, one after the other and no faster than allowed. A command whose answer was never seen is sent
 * again: an addition replaces what is there, and to delete who is gone changes nothing.
 */
@ApplicationScoped
class CommandSender {
    private static final Logger LOG = Logger.getLogger(CommandSender.class);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** A wish that no plan renewed for so long may have lost its reason. */
    private static final Duration STALE_AFTER = Duration.ofDays(1);

    /** Refusals of one user; after any other that needs a person, the device's other commands would end alike. */
    private static final Set<StatusCode> ABOUT_ONE_USER = Collections.unmodifiableSet(EnumSet.of(
            StatusCode.INVALID_REQUEST,
            StatusCode.INVALID_USER_ID,
            StatusCode.INVALID_OPERATION_DATA,
            StatusCode.INVALID_TEMPLATE));

    private final RosterSettings settings;
    private final UserCommands commands;
    private final Gateway gateway;
    private final Devices devices;
    private final UserPicture picture;
    private final Clock clock;

    CommandSender(
            RosterSettings settings,
            UserCommands commands,
            Gateway gateway,
            Devices devices,
            UserPicture picture,
            Clock clock) {
        this.settings = settings;
        this.commands = commands;
        this.gateway = gateway;
        this.devices = devices;
        this.picture = picture;
        this.clock = clock;
    }

    /** Sends all that is due and allowed now, and returns how many that was. */
    int sendDue() {
        int sent = 0;
        Optional<UserCommand> next = next();
        while (next.isPresent()) {
            send(next.get());
            sent++;
            next = sent < settings.sending().commandsPerMinute() ? next() : Optional.empty();
        }
        return sent;
    }

    private Optional<UserCommand> next() {
        Duration twoPlans = settings.every().multipliedBy(2);
        Duration fresh = twoPlans.compareTo(STALE_AFTER) > 0 ? twoPlans : STALE_AFTER;
        return commands.next(
                settings.sending().commandsPerMinute(), clock.instant().minus(fresh));
    }

    private void send(UserCommand command) {
        Order order = command.order();
        Device device = devices.bySerialNumber(order.device()).orElse(null);
        if (device == null) {
            commands.givenUp(command, "The device isn't declared in the configuration any more.");
        } else if (command.attempts() > settings.sending().attempts()) {
            commands.givenUp(
                    command, "It was sent %d times, and its answer was never seen.".formatted(command.attempts() - 1));
        } else {
            askUnlessChanged(command, device);
        }
    }

    /**
     * The plan may be hours old, and its events older: whoever was made an administrator since stays one, and stays; as does
     * whoever may be another by now.
     */
    private void askUnlessChanged(UserCommand command, Device device) {
        Order order = command.order();
        picture.readEvents();
        Set<UserId> stated = settings.administrators();
        boolean administers =
                picture.administers(device, order.user()) || (stated != null && stated.contains(order.user()));
        if (order.action() == Action.PUT) {
            settle(command, device, gateway.putUser(device, Wishes.user(order, order.admin() || administers)));
        } else if (administers) {
            commands.givenUp(
                    command,
                    "The user administers the device, which wasn't known when the deletion was planned, so nothing was"
                            + " deleted. Name another administrator on the device, then delete this one there.");
        } else if (picture.changedSince(device, order.user(), deletedUnlessChangedSince(command))) {
            commands.givenUp(
                    command,
                    "The device told of a change to this user that wasn't known when the deletion was planned: the id may be"
                            + " somebody else's by now, so nothing was deleted. If it is, clear the leaver's Attendance Device ID"
                            + " in ERPNext and enter it with the new employee. If it isn't, delete the user at the device.");
        } else {
            settle(command, device, gateway.deleteUser(device, order.user()));
        }
    }

    /**
     * No plan deletes whom an event told of after the last day, which was over that long before it. So an event of since then is
     * one that the plan did not see, also if it came while the plan was being made.
     */
    private Instant deletedUnlessChangedSince(UserCommand command) {
        return command.plannedAt().minus(settings.deletions().after());
    }

    private void settle(UserCommand command, Device device, GatewayAnswer<Boolean> answer) {
        if (!(answer instanceof Failure<Boolean> failed)) {
            commands.done(command);
            return;
        }
        GatewayFailure failure = failed.failure();
        StatusCode code = failure.code();
        if (command.order().action() == Action.DELETE && code == StatusCode.INVALID_USER_ID) {
            commands.done(command); // no such user: that is what was wanted
        } else if (failure.whoActs() != WhoActs.NOBODY) {
            giveUp(command, device, failure);
        } else if (command.attempts() >= settings.sending().attempts()) {
            commands.givenUp(command, "It came to nothing %d times. %s".formatted(command.attempts(), failure.words()));
        } else {
            Instant again = clock.instant().plus(pause(command.attempts(), failure.retryAfter()));
            commands.failed(command, again, failure.words());
        }
    }

    private void giveUp(UserCommand command, Device device, GatewayFailure failure) {
        commands.givenUp(command, failure.words());
        if (failure.code() == null || !ABOUT_ONE_USER.contains(failure.code())) {
            int others = commands.giveUpAll(command.order().device(), failure.words());
            LOG.warnf(
                    "Changes of users of %s were given up (%d); they are tried again a day later, after a restart, or when told to: %s",
                    device.name(), others + 1, failure.words());
        }
    }

    private static Duration pause(int attempts, @Nullable Duration atLeast) {
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 6));
        Duration pause = grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown;
        return atLeast != null && atLeast.compareTo(pause) > 0 ? atLeast : pause;
    }
}
