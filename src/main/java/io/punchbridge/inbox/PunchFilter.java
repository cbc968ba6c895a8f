package io.punchbridge.inbox;

import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which punches are meant; null leaves a part open.
 *
 * @param states empty for every state
 * @param employee Frappe's Employee; known of delivered punches alone
 * @param from when the device recorded it, inclusive; of an unreadable punch without a time, when it came
 * @param until exclusive
 * @param reason words that its reason contains, in upper or lower case
 */
public record PunchFilter(
        Set<PunchState> states,
        @Nullable SerialNumber device,
        @Nullable UserId user,
        @Nullable String employee,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String reason,
        @Nullable Source source) {

    public static final PunchFilter ALL = new PunchFilter(Set.of(), null, null, null, null, null, null, null);

    public PunchFilter {
        states = Set.copyOf(states);
    }

    public PunchFilter in(PunchState... wanted) {
        return new PunchFilter(Set.of(wanted), device, user, employee, from, until, reason, source);
    }
}
