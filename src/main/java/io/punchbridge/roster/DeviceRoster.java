package io.punchbridge.roster;

import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.punch.Device;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one device's users compare with the employees. Holds personal data: for the eyes of whoever asked, not for a log.
 *
 * @param listed whether the device ever gave its list of users; if not, the picture grows from events and from our own
 *     commands alone, and who was there before shows as missing
 * @param present how many users are known to be on the device
 * @param unchanged how many of them are as they should be
 * @param orders what mode apply tells the device because of this, whatever of it is on its way already
 * @param stopped deletions that wait for a person's consent; null if none do
 * @param note what else a person should know; null if nothing
 * @param skipped why the device was not compared; null if it was
 */
public record DeviceRoster(
        Device device,
        boolean listed,
        int present,
        int unchanged,
        List<Finding> findings,
        List<Order> orders,
        @Nullable Stopped stopped,
        @Nullable String note,
        @Nullable String skipped) {

    public DeviceRoster {
        findings = List.copyOf(findings);
        orders = List.copyOf(orders);
    }

    /**
     * Deletions beyond the share that a run may do by itself. None of them is queued.
     *
     * @param plan their name, which is that of exactly these users: consent to it covers no others
     * @param deletions how many
     * @param most how many would have gone without asking
     */
    public record Stopped(String plan, int deletions, int most) {
        /** For a person. */
        public String words(String device) {
            return ("%d users of %s would be deleted, and more than %d are never deleted without asking; none of them was."
                            + " Look at the report. If they are to go, confirm plan %s, e.g. with"
                            + " punchbridge.roster.confirmed-deletions=%s.")
                    .formatted(deletions, device, most, plan, plan);
        }
    }

    static DeviceRoster skipped(Device device, String why) {
        return new DeviceRoster(device, false, 0, 0, List.of(), List.of(), null, null, why);
    }

    /** How many findings of each kind; kinds without one included. */
    public Map<Finding.Kind, Long> counts() {
        Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
        for (Finding.Kind kind : Finding.Kind.values()) {
            counts.put(kind, 0L);
        }
        findings.forEach(finding -> counts.merge(finding.kind(), 1L, Long::sum));
        return counts;
    }
}
