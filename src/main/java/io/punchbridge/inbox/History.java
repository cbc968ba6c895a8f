package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durable record of how devices' own logs were loaded, and until when nothing of a device is missing. Every method
 * blocks, and is one transaction that is on disk when it returns.
 */
public interface History {

    /** Whether a run may go on. */
    enum Signal {
        GO_ON,
        /** Someone wants it to end. */
        CANCEL,
        /** It counts as ended already: cancelled, or taken for dead. Nothing of the call was kept. */
        OVER
    }

    /**
     * A run that is wanted.
     *
     * @param windows how many windows the range will be walked in
     */
    record Plan(SerialNumber device, Run.Trigger trigger, Instant from, Instant until, int windows) {}

    sealed interface Begun {
        record Began(Run run) implements Begun {}

        /** The device's other run; two never overlap. */
        record Busy(Run run) implements Begun {}
    }

    /**
     * One page of a device's log.
     *
     * @param rows how many rows the reply held
     * @param reached the latest time among its rows, within the run's range
     * @param settledBefore a new punch from before it should have come by a callback
     * @param zone of the device, which says what day a punch belongs to
     */
    record Page(Arrival arrival, int rows, Instant reached, Instant settledBefore, ZoneId zone) {}

    record Kept(Signal signal, long newPunches, long lostPunches) {}

    /**
     * A window that came whole, and with it all before it in its run.
     *
     * @param until its end
     * @param settledUntil up to where it proves that nothing is missing: its end, but no later than the settling time
     *     before it was asked for
     * @param windows how many windows the run has by now
     */
    record WholeWindow(Instant until, Instant settledUntil, int windows) {}

    /** Callbacks of these devices are expected from now on, or from when this was said first. */
    void watch(Collection<SerialNumber> devices);

    Optional<Instant> watchedSince(SerialNumber device);

    /**
     * Since when a first {@link Verified} of each watched device can be expected: since it is watched, but not before the
     * oldest scheduled run that is on record, as devices may be watched for long before logs are loaded at all.
     */
    Map<SerialNumber, Instant> awaitedSince();

    /**
     * What is known to be whole. Empty for a device of which nothing is, and while a stored end lies ahead of the clock:
     * one of the two was written by a clock that was wrong.
     */
    Optional<Verified> verified(SerialNumber device);

    /** {@link #verified(SerialNumber)} of all devices that have one. */
    Map<SerialNumber, Verified> verified();

    /**
     * Forgets each {@link Verified} that ends ahead of the clock, so that it is not believed later, once the clock has
     * passed it. The device is verified anew from the look-back on. Returns whose.
     */
    List<SerialNumber> forgetFuture();

    /** Takes a device for complete up to an instant, without proof. Never backwards, never beyond now. */
    void assume(SerialNumber device, Instant until);

    /** Begins a run, unless one of the device is under way. One whose process died is ended on the way. */
    Begun begin(Plan plan);

    /**
     * Begins a run inside of one of this process that is under way, and that it is over with: the device has one walker all the same,
     * since the outer one waits for the inner. Who looks for the device's run finds the outer one.
     *
     * @return empty if the outer run is over, or is to end
     */
    Optional<Run> beginWithin(String run, Plan plan);

    /**
     * Stores a page's rows, the run's figures and position, and the count of lost punches: all of it or nothing. A
     * punch that is stored already changes nothing but the number of rows. Delivery is woken if there is something new.
     */
    Kept keep(String run, Page page);

    /** Notes a request that came to nothing, and what is waited for now. */
    Signal failed(String run, String reason);

    /** Says that a run is alive, which it must within ten minutes of the last such sign. */
    Signal alive(String run);

    /** Notes a window that came whole, and moves the device's {@link Verified} as far as that proves. */
    Signal whole(String run, WholeWindow window);

    /** Ends a run of this process; one that counts as ended already stays as it is. */
    void end(String run, Run.State state, @Nullable String reason);

    /** Asks a run to end, and with it what runs inside of it, whichever replica has it. Returns whether there was one under way that was to go on. */
    boolean cancel(String run);

    /** Whether the last scheduled round, of whichever replica, began so long ago, never, or ahead of the clock. */
    boolean isRoundDue(Instant now, Duration every);

    /** Notes when a scheduled round began that has come to its end. */
    void noteRound(Instant begun);

    /** Ends the runs whose processes died. Returns how many. */
    int interruptDead();

    Optional<Run> run(String id);

    /** A place in the order of runs. */
    record Place(Instant startedAt, String id) {}

    /**
     * Newest first, by when they began.
     *
     * @param device null for every device
     * @param after the last run of the page before; null for the first page
     */
    List<Run> runs(@Nullable SerialNumber device, @Nullable Place after, int limit);

    /** Newest first. */
    default List<Run> recent(int limit) {
        return runs(null, null, limit);
    }

    /** All that are under way or wait for their turn, one a device at most; those that began first come first. */
    List<Run> underWay();

    /** Of one device, newest first. */
    default List<Run> recent(SerialNumber device, int limit) {
        return runs(device, null, limit);
    }

    /** How many punches of a device its callbacks lost, by the day of their times, as far as runs found out. */
    Map<LocalDate, Long> lostByDay(SerialNumber device);

    /**
     * When the newest of a device's callbacks came that brought a punch; empty if none is stored.
     *
     * @param punchedAfter only punches with a later time are looked at
     */
    Optional<Instant> lastCallback(SerialNumber device, Instant punchedAfter);

    /** Purges up to {@code limit} ended runs that began before an instant, the oldest first. Returns how many. */
    int purgeRuns(Instant before, int limit);

    /** Purges up to {@code limit} counts of {@link #lostByDay}, of days (in UTC) before an instant's, the oldest first. Returns how many. */
    int purgeLost(Instant before, int limit);
}
