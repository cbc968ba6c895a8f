package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Our durable picture of each device's users. Every method is one transaction; every method blocks. Later news wins over
 * earlier, in whatever order it is told.
 */
public interface KnownUsers {
    /** Whoever is on more devices has the same name on the rest, or one that tells no more. */
    int DEVICES_OF_A_USER = 20;

    /**
     * Reads the oldest events that were never taken, and keeps what they say, together with the mark that they are
     * taken: each event counts once, whatever crashes.
     *
     * @param reader what an event says of a user, with the device as the configuration writes it; empty for an event
     *     that is about no user
     * @return how many were taken; less than {@code limit} means that none is left
     */
    int takeEvents(int limit, Function<StoredEvent, Optional<UserNews>> reader);

    /**
     * Keeps a device's own list. Who isn't in it is gone, unless something newer says otherwise. A known administrator
     * stays one, whatever the list says.
     *
     * @param askedAt when the question was sent: what happened on the device later may be missing from its answer
     */
    void replace(SerialNumber device, List<UserNews> users, Instant askedAt);

    /** All that are or were on a device, in the order of their ids. */
    List<KnownUser> ofDevice(SerialNumber device);

    /** Ids of the users whom any device calls by a name, in their order, as many at most. */
    List<UserId> called(int limit);

    /**
     * What these devices call these users: those with a name alone, in the order of their ids, and of each on
     * {@value #DEVICES_OF_A_USER} devices at most, the first in the order of their serial numbers.
     */
    List<KnownUser> named(Collection<SerialNumber> devices, Collection<UserId> users);

    /** Forgets the users who are gone since before an instant. */
    int forgetGone(Instant before);
}
