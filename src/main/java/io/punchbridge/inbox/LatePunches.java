package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durable record of the punches that reached Frappe long after their time, and of the attendance that was made without
 * them. A punch becomes a candidate in the transaction that settles it as delivered; meals never do, since they have no
 * part in attendance. Every method blocks, and each is one transaction that is on disk when it returns.
 */
public interface LatePunches {

    /** Candidates that were settled at an instant or before, in that order. */
    List<LatePunch> candidates(Instant settledUntil, int limit);

    /** An entry, and which candidates it is entered for. */
    record Finding(LateEntry entry, List<PunchKey> punches) {}

    /**
     * Ends what candidates are: those in time are forgotten, the others belong to an entry. An entry that exists is
     * looked at anew, and stays as it is while it is being repaired.
     */
    void judge(Collection<PunchKey> inTime, List<Finding> late);

    /** A candidate that couldn't be judged: it counts as settled at an instant, so that it comes after the others. */
    void putOff(PunchKey candidate, Instant settledAt);

    /** Entries that are to be looked at now, those under repair first, then the newest days. */
    List<LateEntry> due(Instant now, int limit);

    /** Whatever was only reported so far is looked at again, e.g. since the settings may have changed. */
    void wake(Instant now);

    Optional<LateEntry> find(String id);

    /**
     * In the order of the days, the newest first.
     *
     * @param state null for all
     * @param from first day; null for all
     * @param to last day, inclusive; null for all
     * @param after id of the last entry of the page before; null for the first page
     */
    List<LateEntry> list(
            LateEntry.@Nullable State state,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String after,
            int limit);

    /** The punches of entries by the id of the entry, oldest first. */
    Map<String, List<LatePunch>> punchesOf(Collection<String> entries);

    /** The steps of entries by the id of the entry, in their order. */
    Map<String, List<LateStep>> stepsOf(Collection<String> entries);

    /** Writes an entry as it is now. */
    void save(LateEntry entry);

    /** Writes an entry and what a dry run would do to it, in place of what another dry run said. */
    void plan(LateEntry entry, List<LateStep.Plan> steps);

    /**
     * Writes an entry, and that a step of its repair begins now; what a dry run had said goes. A run of auto attendance
     * that is asked for once more right after itself is the same step.
     *
     * @return number of the step
     */
    int begin(LateEntry entry, LateStep.Plan step, Instant now);

    /** The step was done. */
    void done(String entry, int step, Instant now);

    /**
     * Whether more of the same person's punches, a day around those of an entry, are on their way to Frappe, or were
     * delivered and aren't judged yet.
     */
    boolean moreComing(String entry);

    /** How many entries there are in each state. */
    Map<LateEntry.State, Long> counts();

    long candidateCount();

    /** How many entries are under repair and were tried at least so often. */
    long countTried(int attempts);

    /**
     * Purges up to {@code limit} of the entries that changed last before an instant and aren't under repair, with their
     * punches and steps, then candidates as old that nobody has judged.
     *
     * @return how many of both
     */
    int purge(Instant before, int limit);
}
