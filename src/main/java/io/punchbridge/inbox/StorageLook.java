package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A storage as it was found.
 *
 * @param place file or address, without secrets
 * @param problem why it can't be used, and what to do; null if it can
 * @param server name and version of a database server; null of a file
 * @param freeBytes what the disk of a file has left; null where that isn't known
 * @param schema version of the schema, 0 where there is none yet; null if it couldn't be read
 * @param newestSchema version that this Punchbridge works with, and brings an older one to at its start
 * @param health what a quick check of a file found
 * @param damage the first of what is damaged; null unless so
 * @param delivered whether a punch that a device sent by itself was delivered, and is still kept
 * @param heard when each device last called that ever did; null if it couldn't be read
 */
public record StorageLook(
        String place,
        @Nullable String problem,
        @Nullable String server,
        @Nullable Long freeBytes,
        @Nullable Integer schema,
        int newestSchema,
        Health health,
        @Nullable String damage,
        boolean delivered,
        @Nullable Map<SerialNumber, Instant> heard) {

    public enum Health {
        SOUND,
        DAMAGED,
        /** Too large to be looked through in a few seconds. */
        TOO_LARGE,
        /** There is nothing to look through, or it is the server's matter. */
        NOT_LOOKED
    }

    StorageLook(String place, int newestSchema, String problem) {
        this(place, problem, null, null, null, newestSchema, Health.NOT_LOOKED, null, false, null);
    }
}
