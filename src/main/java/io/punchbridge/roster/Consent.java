package io.punchbridge.roster;

import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.DeviceRoster.Stopped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether deletions may go without a person: up to a share of the device's users, or as confirmed. Those confirmed before
 * count no more, so that a plan that takes hours to send isn't stopped half way.
 */
record Consent(List<Order> orders, @Nullable Stopped stopped) {
    private static final int NAME_BYTES = 6;

    static Consent of(RosterSettings settings, Planner.Facts facts, List<UserId> deletions, int present) {
        Device device = facts.device();
        List<UserId> agreed =
                deletions.stream().filter(facts.confirmed()::contains).toList();
        List<UserId> open = deletions.stream()
                .filter(user -> !facts.confirmed().contains(user))
                .toList();
        String plan = name(device, open);
        boolean confirmed = settings.deletions().confirmed().contains(plan);
        int most = settings.deletions().most(present);
        Stream<Order> sure = agreed.stream().map(user -> Order.delete(device.serialNumber(), user, true));
        if (open.size() > most && !confirmed) {
            return new Consent(sure.toList(), new Stopped(plan, open.size(), most));
        }
        Stream<Order> now = open.stream().map(user -> Order.delete(device.serialNumber(), user, confirmed));
        return new Consent(Stream.concat(sure, now).toList(), null);
    }

    /** Differs with every user more or less. */
    private static String name(Device device, List<UserId> users) {
        String ids = users.stream()
                .map(UserId::value)
                .sorted()
                .map(id -> id.length() + ":" + id)
                .collect(Collectors.joining(" ", device.serialNumber().value() + " ", ""));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ids.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
