package io.punchbridge.inbox;

import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** Punches of one user are counted no further: so many may be acted on at once. */
    int MOST_OF_A_USER = 20_000;

    /**
     * Held punches of one user of devices.
     *
     * @param punches exactly how many, whenever they came; one more than {@link #MOST_OF_A_USER} where there are more
     * @param devices as far as the newest held punches tell
     * @param reasons the different ones, as far as the newest held punches tell
     */
    record HeldUser(
            UserId user,
            long punches,
            Instant oldest,
            Instant newest,
            List<SerialNumber> devices,
            List<String> reasons) {
        /** Whether there are more than were counted. */
        public boolean more() {
            return punches > MOST_OF_A_USER;
        }
    }

    /** @param complete whether these are all; else only users of the newest punches are, or those with few are left out */
    record Held(List<HeldUser> users, boolean complete) {}

    /**
     * Punches that were made within one hour.
     *
     * @param start when the hour begins
     * @param punches how many stand in which state; states of none are left out
     */
    record Hour(Instant start, Map<PunchState, Long> punches) {
        public Hour {
            punches = Map.copyOf(punches);
        }
    }

    /**
     * @param hours in the order of time; those without a punch are left out
     * @param complete whether all were counted; else only the newest punches of the span
     */
    record Hourly(List<Hour> hours, boolean complete) {}

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

    /** For how many different users of devices punches are held; {@code most + 1} for more than {@code most}. */
    int heldUsers(int most);

    /**
     * Counts the readable punches of a span by hour and state.
     *
     * @param from inclusive, in whole seconds; the first hour begins here, wherever the clock's hours do
     * @param until exclusive, in whole seconds
     */
    Hourly hourly(Instant from, Instant until);
}
