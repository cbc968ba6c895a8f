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
 * committed state, and costs no more for the delivered punches there are.
 */
public interface OpenPunches {

    /**
     * A punch that is open.
     *
     * @param at null where it could not be read
     */
    record Open(
            PunchKey key,
            SerialNumber device,
            PunchState state,
            @Nullable Instant at,
            Instant receivedAt) {

        /** When it was made; where that can't be read, when it came. */
        public Instant time() {
            return at == null ? receivedAt : at;
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
     * The oldest open punches of a range, by {@link Open#time}, oldest first: of the pending, the rejected, the held and
     * the quarantined ones up to {@code limit} each; of the two last ones as many that came after an instant, and as
     * many that came by then.
     *
     * @param from inclusive, in whole seconds
     * @param until exclusive, in whole seconds
     * @param patientSince what of the held and the quarantined ones came after this is told apart from the rest
     */
    List<Open> oldest(Whose whose, Instant from, Instant until, Instant patientSince, int limit);
}
