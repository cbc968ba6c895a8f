package io.punchbridge.roster;

import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.RequestPreview;
import io.punchbridge.gateway.UserRequests;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommand.Action;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommands.Wish;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From what a comparison orders to what the queue takes, and to the requests that come of it. */
final class Wishes {
    /** Who is still missing a day after a device said yes is added again: somebody may have deleted them there. */
    private static final Duration AGAIN = Duration.ofDays(1);
    /** A device that keeps a name in its own way would be told the same name for ever. */
    private static final Duration SAME_NAME_AGAIN = Duration.ofDays(7);

    private Wishes() {}

    static List<Wish> of(DeviceRoster device, Instant now) {
        Set<UserId> renamed = device.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.NAME_DIFFERS)
                .map(Finding::user)
                .collect(Collectors.toCollection(HashSet::new));
        return device.orders().stream()
                .map(order -> new Wish(order, now.minus(renamed.contains(order.user()) ? SAME_NAME_AGAIN : AGAIN)))
                .toList();
    }

    /** What of these wishes would be sent, given the commands that stand in the queue. */
    static List<Order> unsettled(List<Wish> wishes, List<UserCommand> standing, Instant notIfGivenUpSince) {
        Map<UserId, UserCommand> byUser = standing.stream()
                .collect(Collectors.toMap(command -> command.order().user(), Function.identity()));
        return wishes.stream()
                .filter(wish -> {
                    UserCommand command = byUser.get(wish.order().user());
                    return command == null || !command.settles(wish, notIfGivenUpSince);
                })
                .map(Wish::order)
                .toList();
    }

    static DeviceUser user(Order order, boolean admin) {
        return new DeviceUser(order.user(), order.firstName(), order.lastName(), admin);
    }

    static RequestPreview preview(Device device, Order order) {
        return order.action() == Action.PUT
                ? UserRequests.previewOfPut(device, user(order, order.admin()))
                : UserRequests.previewOfDelete(device, order.user());
    }
}
