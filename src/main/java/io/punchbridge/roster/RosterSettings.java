package io.punchbridge.roster;

import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.punch.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the roster may do.
 *
 * @param every how often devices are compared
 * @param administrators users who stay administrators of every device; null where the operator said nothing, which is
 *     not the same as "nobody"
 * @param scopes by device name: whom it is for; a device that has none is for everybody
 */
public record RosterSettings(
        Mode mode,
        Duration every,
        Deletions deletions,
        Sending sending,
        @Nullable Set<UserId> administrators,
        Map<String, EmployeeFilter> scopes) {

    public RosterSettings {
        administrators = administrators == null ? null : Set.copyOf(administrators);
        scopes = Map.copyOf(scopes);
    }

    public enum Mode {
        /** Nothing runs, nothing is read. */
        OFF,
        /** Says what differs, and sends nothing. */
        REPORT,
        /** Sets right what differs. */
        APPLY
    }

    /**
     * @param after how long after the end of the relieving date
     * @param mostPercent which share of a device's users one run may delete, small devices aside; 0: none without a
     *     person's consent
     * @param confirmed names of plans whose deletions a person agreed to, however many
     */
    public record Deletions(Duration after, int mostPercent, Set<String> confirmed) {
        /**
         * As many may go from a small device, but never more than half of it: a tenth of ten users is one, and two
         * leavers in a week would stop it.
         */
        static final int ALWAYS_ALLOWED = 3;

        public Deletions {
            confirmed = Set.copyOf(confirmed);
        }

        int most(int users) {
            if (mostPercent == 0) {
                return 0;
            }
            int ofASmallDevice = Math.min(ALWAYS_ALLOWED, Math.max(1, users / 2));
            return Math.max(ofASmallDevice, (int) ((long) users * mostPercent / 100));
        }
    }

    /**
     * @param commandsPerMinute over all devices: they share the account's one line with everything else
     * @param attempts after how many a command is given up
     */
    public record Sending(int commandsPerMinute, int attempts) {}

    /** The same, with one more plan that a person agreed to. */
    RosterSettings confirming(String plan) {
        Set<String> confirmed = new HashSet<>(deletions.confirmed());
        confirmed.add(plan);
        Deletions agreed = new Deletions(deletions.after(), deletions.mostPercent(), confirmed);
        return new RosterSettings(mode, every, agreed, sending, administrators, scopes);
    }

    /** The same text for the same settings in every process, without telling any of them. */
    String fingerprint() {
        List<String> parts = new ArrayList<>();
        parts.add(mode + " " + every + " " + deletions.after() + " " + deletions.mostPercent() + " " + sending);
        deletions.confirmed().stream().sorted().forEach(parts::add);
        if (administrators != null) {
            parts.add("administrators");
            administrators.stream().map(UserId::value).sorted().forEach(parts::add);
        }
        new TreeMap<>(scopes).forEach((device, filter) -> parts.add(device + filter.json()));
        return Integer.toHexString(String.join("\n", parts).hashCode());
    }

    EmployeeFilter scope(String device) {
        return scopes.getOrDefault(device, EmployeeFilter.EVERYBODY);
    }
}
