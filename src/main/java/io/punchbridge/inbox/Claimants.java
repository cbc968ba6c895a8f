package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the stored punches a check-in of Frappe's may belong to. */
public interface Claimants {

    /**
     * A check-in, and where its punch would be.
     *
     * @param from first second, inclusive
     * @param until exclusive
     */
    record Question(String checkin, UserId user, Instant from, Instant until) {}

    /** @param checkin the check-in that it was delivered as, or null */
    record Claimant(PunchKey key, Instant at, @Nullable String checkin) {}

    /**
     * For each question, in their order, the readable punches of that time that are that user's or were delivered as that
     * check-in, whatever their state, oldest first. Blocks.
     */
    List<List<Claimant>> of(List<Question> questions);
}
