package io.punchbridge.inbox;

import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What persons ask of the stored punches. Each question does a bounded amount of work, however many punches there are, and
 * holds up nobody who stores. Every method blocks.
 */
public interface PunchSearch {

    /**
     * A stretch of the answer.
     *
     * @param next where to go on; null if nothing is left. There may be more although this page isn't full, even where it
     *     is empty: it ends after so many punches that were looked at.
     */
    record Page(List<StoredPunch> punches, @Nullable PunchKey next) {}

    /**
     * One punch with all that is recorded of it.
     *
     * @param inDoubtSince for a pending punch: when it was last sent, or may have been, without an outcome
     * @param notBefore for a pending punch: when it is due again
     * @param claimed whether a delivery is under way, or was cut off lately
     * @param actions what persons did to it, oldest first
     * @param attempts what deliveries of it came to, oldest first: the first, and the newest 20
     */
    record Story(
            StoredPunch punch,
            @Nullable Instant inDoubtSince,
            @Nullable Instant notBefore,
            boolean claimed,
            FoundNear.@Nullable Found foundNear,
            List<Done> actions,
            List<DeliveryAttempt> attempts) {}

    /**
     * Held punches of one user of devices.
     *
     * @param reasons the different ones
     */
    record HeldUser(
            UserId user,
            long punches,
            Instant oldest,
            Instant newest,
            List<SerialNumber> devices,
            List<String> reasons) {}

    /** @param complete whether that is all; else only the newest punches were looked at, or users with few are left out */
    record Held(List<HeldUser> users, boolean complete) {}

    /**
     * Newest first, in the order of the punches' own times; unreadable ones come after all others. What is stored meanwhile
     * changes nothing of the pages behind a cursor but what belongs there by its time.
     *
     * @param after the {@link Page#next} of the page before; null for the first
     */
    Page page(PunchFilter filter, @Nullable PunchKey after, int limit);

    Optional<Story> story(PunchKey key);

    /** Held punches by user, those with most first. */
    Held held();
}
