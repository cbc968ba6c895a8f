package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one user of one device. Never holds a credential or a photo.
 *
 * @param present whether the user is on the device, as far as we know
 * @param name as the device shows it, first and last name in one; null if nobody said, and once the user is gone
 * @param admin whether the user administers the device; null where nobody ever said. Kept for a user who vanished
 *     without being deleted, so that whoever is put back is put back as what they were
 * @param knownAt when what is known was true: the arrival of the event, the question to the device, the command's answer
 */
public record KnownUser(
        SerialNumber device,
        UserId user,
        boolean present,
        @Nullable String name,
        @Nullable Boolean admin,
        Origin origin,
        Instant knownAt) {

    /** Where the knowledge is from. */
    public enum Origin {
        /** A callback: somebody changed or deleted a user. */
        EVENT,
        /** The device listed its users. */
        DEVICE,
        /** The device did what we told it. */
        COMMAND
    }
}
