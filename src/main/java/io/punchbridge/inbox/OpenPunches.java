package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Punches that are stored, and neither stand in Frappe nor are left out of it for good. Each call is one query against one
 * committed state, so that a punch whose state changes meanwhile is found once; it costs no more for the delivered punches
 * there are.
 */
public interface OpenPunches {

    /**
     * A punch that is open.
     *
     * @param at null where it could not be read
     * @param provenBefore of a quarantined one, up to where its device was proven complete when it came: it may have been
     *     made at any time since. The epoch where no proof had come yet; null where its device was never asked for its log
     */
    record Open(
            PunchKey key,
            SerialNumber device,
            PunchState state,
            @Nullable Instant at,
            Instant receivedAt,
            @Nullable Instant provenBefore) {

        /**
         * From when on something may be missing as long as it is open: when it was made. The time of a quarantined one is
         * unread or not believed, so that it counts from where its device was proven last before it came, or from its time
         * where that lies between the beginning and its coming. Where its device is never asked, it counts from when it
         * came.
         *
         * @param from the beginning of what matters
         */
        public Instant holdsFrom(Instant from) {
            boolean isBelieved =
                    state != PunchState.QUARANTINED || (at != null && !at.isBefore(from) && at.isBefore(receivedAt));
            if (at != null && isBelieved) {
                return at;
            }
            if (provenBefore == null || !provenBefore.isBefore(receivedAt) || receivedAt.isBefore(from)) {
                return receivedAt;
            }
            return provenBefore.isBefore(from) ? from : provenBefore;
        }
    }

    /**
     * Whose punches are looked at. Letter case of serial numbers doesn't matter.
     *
     * @param others whether it is those of all devices but these, whoever they are
     */
    record Whose(Set<SerialNumber> devices, boolean others) {
        public Whose {
            devices = Set.copyOf(devices);
        }

        public static Whose only(Set<SerialNumber> devices) {
            return new Whose(devices, false);
        }

        public static Whose allBut(Set<SerialNumber> devices) {
            return new Whose(devices, true);
        }
    }

    /**
     * The oldest open punches of a range, by {@link Open#holdsFrom}, oldest first: of the pending, the rejected, the held
     * and the quarantined ones up to {@code limit} each, of pending ones as many of each lane; of the two last ones as many
     * that came after an instant, and as many that came by then.
     *
     * @param from inclusive, in whole seconds; of quarantined ones it is when they came
     * @param until exclusive, in whole seconds; quarantined ones have no such bound
     * @param patientSince what of the held and the quarantined ones came after this is told apart from the rest
     */
    List<Open> oldest(Whose whose, Instant from, Instant until, Instant patientSince, int limit);
}
