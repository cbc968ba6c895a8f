package io.punchbridge.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong passwords by user and by address. Its memory is bounded: users are those of the configuration, and of
 * addresses those that were wrong last are kept. What is tried during a lock-out prolongs it not: nobody can be shut out
 * for ever by somebody who keeps on trying, and no more than the configured number of guesses is judged in its time. A try
 * at a user who is locked out counts for its address, whatever the password.
 */
final class LockOut {
    private static final Logger LOG = Logger.getLogger(LockOut.class);

    /** An address may be an office, or a proxy. */
    static final int OF_AN_ADDRESS = 4;

    static final int MOST_ADDRESSES = 10_000;

    private final int limit;
    private final Duration duration;
    private final Clock clock;
    private final Map<String, Failures> ofUsers = new HashMap<>();
    /** The one that was wrong longest ago comes first. */
    private final Map<String, FailuresThere> ofAddresses = new LinkedHashMap<>();

    private record Failures(int count, Instant last) {}

    /** @param users those of the configuration who were tried; others are only counted */
    private record FailuresThere(Failures failures, Set<String> users) {}

    LockOut(int limit, Duration duration, Clock clock) {
        this.limit = limit;
        this.duration = duration;
        this.clock = clock;
    }

    /**
     * Whether the address isn't locked, and no wrong password of this user has come from it since the last right one. What
     * others mistype there, an office's or a proxy's, doesn't matter.
     *
     * @param user any name
     */
    synchronized boolean isClean(String user, String address) {
        FailuresThere there = ofAddresses.get(address);
        return !isLocked(address)
                && (there == null
                        || count(there.failures()) == 0
                        || !there.users().contains(user));
    }

    synchronized boolean isLocked(String address) {
        FailuresThere there = ofAddresses.get(address);
        return there != null && count(there.failures()) >= limit * OF_AN_ADDRESS;
    }

    private boolean isLockedUser(@Nullable String user) {
        return user != null && count(ofUsers.get(user)) >= limit;
    }

    /**
     * Says whether an attempt counts, and takes note of it; both at once, so that many attempts at the same time are no
     * more than as many one after the other.
     *
     * @param user null if there is none of the name that was tried
     */
    synchronized Outcome settle(@Nullable String user, String address, boolean right) {
        if (isLocked(address)) {
            return Outcome.LOCKED;
        }
        if (isLockedUser(user)) {
            // As for an unknown name: an address that got its lock sooner or later by it would learn who exists.
            failedFrom(address, user);
            return Outcome.LOCKED;
        }
        if (right && user != null) {
            ofUsers.remove(user);
            FailuresThere there = ofAddresses.get(address);
            if (there != null) {
                there.users().remove(user);
            }
            return Outcome.ACCEPTED;
        }
        if (user != null) {
            int failed = count(ofUsers.get(user)) + 1;
            ofUsers.put(user, new Failures(failed, clock.instant()));
            if (failed == limit) {
                LOG.warnf(
                        "The console's user %s is locked out for %s after %d wrong passwords, the last from %s. If nobody"
                                + " has mistyped, somebody guesses; those who are logged in stay so, and commands on this"
                                + " host work.",
                        user, duration, failed, address);
            }
        }
        failedFrom(address, user);
        return Outcome.REFUSED;
    }

    private void failedFrom(String address, @Nullable String user) {
        FailuresThere before = ofAddresses.remove(address);
        int earlier = before == null ? 0 : count(before.failures());
        int failed = earlier + 1;
        Set<String> users = before == null || earlier == 0 ? new HashSet<>() : before.users();
        if (user != null) {
            users.add(user);
        }
        ofAddresses.put(address, new FailuresThere(new Failures(failed, clock.instant()), users));
        if (ofAddresses.size() > MOST_ADDRESSES) {
            ofAddresses.remove(ofAddresses.keySet().iterator().next());
        }
        if (failed == limit * OF_AN_ADDRESS) {
            LOG.warnf(
                    "The address %s may not log in to the console for %s after %d wrong names or passwords. If it is a"
                            + " proxy's, have Quarkus tell who is behind it (README, \"Who may ask\").",
                    address, duration, failed);
        }
    }

    private int count(@Nullable Failures failures) {
        if (failures == null) {
            return 0;
        }
        Duration ago = Duration.between(failures.last(), clock.instant());
        // Further in the future than any lock-out lasts: the clock was set back.
        return ago.abs().compareTo(duration) >= 0 ? 0 : failures.count();
    }

    /** How an attempt ended. */
    enum Outcome {
        ACCEPTED,
        REFUSED,
        LOCKED
    }
}
