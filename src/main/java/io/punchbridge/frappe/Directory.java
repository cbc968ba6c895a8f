package io.punchbridge.frappe;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.punch.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who has which device id, as the site said last. Readers never block and always see one whole state; a failed refresh
 * leaves it as it was.
 *
 * <p>After the first whole load only changes are asked for, every six hours the whole list again: a deleted employee
 * is forgotten only then.
 */
@ApplicationScoped
public class Directory {
    private static final Logger LOG = Logger.getLogger(Directory.class);
    private static final Duration WHOLE_AGAIN_AFTER = Duration.ofHours(6);
    private static final Duration BETWEEN_MISSES = Duration.ofMinutes(1);

    private final FrappeSite site;
    private final Clock clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile State state = State.NOT_LOADED;
    /** Guarded by the lock, as all writes of the state. */
    private @Nullable Instant lastAsked;

    private record State(
            IdHolders holders,
            Map<String, WithoutDeviceId> withoutDeviceId,
            long version,
            @Nullable Instant wholeLoadAt,
            @Nullable Instant loadedAt,
            @Nullable LocalDateTime newestChange) {
        static final State NOT_LOADED = new State(IdHolders.EMPTY, Map.of(), 0, null, null, null);
    }

    public Directory(FrappeSite site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /** The employee with this device id, whatever the status; empty if nobody has it, or more than one. */
    public Optional<Employee> find(UserId userId) {
        return state.holders.find(userId);
    }

    /** All who have a device id, whatever their status, in no order; those who share one, too. */
    public Collection<Employee> employees() {
        return state.holders.byName().values();
    }

    /** Those to whom no punch can be given as long as they have no device id, in no order. Takes no part in the version. */
    public Collection<WithoutDeviceId> withoutDeviceId() {
        return state.withoutDeviceId.values();
    }

    /**
     * What the employee is called, with a device id or without.
     *
     * @param employee Frappe's id; empty for one whom the site doesn't have, or hasn't shown yet
     */
    public Optional<String> nameOf(String employee) {
        State now = state;
        Employee holder = now.holders.byName().get(employee);
        if (holder != null) {
            return Optional.of(holder.employeeName());
        }
        return Optional.ofNullable(now.withoutDeviceId.get(employee)).map(WithoutDeviceId::employeeName);
    }

    /** Asks the site. The value says whether anything had changed. */
    public FrappeAnswer<Boolean> refresh() {
        refreshing.lock();
        try {
            return refreshAt(clock.instant());
        } finally {
            refreshing.unlock();
        }
    }

    /** Asks the site for the whole list, because what it showed of an employee isn't what we know. */
    public FrappeAnswer<Boolean> reload() {
        refreshing.lock();
        try {
            Instant now = clock.instant();
            lastAsked = now;
            return loadWhole(now);
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * Refreshes because somebody wasn't found, but at most once a minute, other refreshes counted. The value is false
     * also where the site wasn't asked.
     */
    public FrappeAnswer<Boolean> refreshOnMiss() {
        refreshing.lock();
        try {
            Instant now = clock.instant();
            return hasPassed(BETWEEN_MISSES, lastAsked, now) ? refreshAt(now) : new Success<>(false);
        } finally {
            refreshing.unlock();
        }
    }

    private FrappeAnswer<Boolean> refreshAt(Instant now) {
        lastAsked = now;
        LocalDateTime newestChange = state.newestChange;
        if (newestChange == null || hasPassed(WHOLE_AGAIN_AFTER, state.wholeLoadAt, now)) {
            return loadWhole(now);
        }
        return load(newestChange).fold(changes -> apply(changes, now), Failure::new);
    }

    private FrappeAnswer<Boolean> loadWhole(Instant now) {
        return load(null)
                .fold(
                        all -> {
                            IdHolders holders = IdHolders.EMPTY.with(all);
                            holders.sharedIds()
                                    .forEach(id -> LOG.warnf(
                                            "Several employees have the attendance device id %s; its punches wait until only one has it",
                                            id));
                            return settle(holders, Map.copyOf(all.withoutDeviceId()), all.newestChange(), now, now);
                        },
                        Failure::new);
    }

    private FrappeAnswer<Boolean> apply(EmployeeChanges changes, Instant now) {
        IdHolders holders = state.holders.with(changes);
        if (!holders.sharedIds().equals(state.holders.sharedIds())) {
            // The former holder was renamed or deleted, which no change tells; only the whole list can.
            return loadWhole(now);
        }
        Map<String, WithoutDeviceId> without = new HashMap<>(state.withoutDeviceId);
        without.keySet().removeAll(changes.byName().keySet());
        without.putAll(changes.withoutDeviceId());
        return settle(holders, Map.copyOf(without), changes.newestChange(), state.wholeLoadAt, now);
    }

    private FrappeAnswer<Boolean> settle(
            IdHolders holders,
            Map<String, WithoutDeviceId> withoutDeviceId,
            @Nullable LocalDateTime newestChange,
            @Nullable Instant wholeLoadAt,
            Instant now) {
        State before = state;
        boolean changed = !holders.equals(before.holders) || before.loadedAt == null;
        state = new State(
                holders,
                withoutDeviceId,
                changed ? before.version + 1 : before.version,
                wholeLoadAt,
                now,
                newestChange == null ? before.newestChange : newestChange);
        return new Success<>(changed);
    }

    private FrappeAnswer<EmployeeChanges> load(@Nullable LocalDateTime modifiedSince) {
        EmployeeChanges changes = new EmployeeChanges();
        FrappeFailure failure = null;
        boolean last = false;
        while (!last && failure == null) {
            FrappeAnswer<EmployeePage> answer = site.employees(modifiedSince, changes.rows());
            last = answer.fold(changes::add, any -> false);
            failure = answer.<Optional<FrappeFailure>>fold(any -> Optional.empty(), Optional::of)
                    .orElse(null);
        }
        return failure == null ? new Success<>(changes) : new Failure<>(failure);
    }

    /** A clock that was put back must not silence us. */
    private static boolean hasPassed(Duration time, @Nullable Instant since, Instant now) {
        return since == null || now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    /** Grows whenever somebody's entry changed. */
    public long version() {
        return state.version;
    }

    public boolean isLoaded() {
        return state.loadedAt != null;
    }

    /** How many employees have a device id. */
    public int size() {
        return state.holders.size();
    }

    /** When the site last answered a refresh to its end, or null. */
    public @Nullable Instant loadedAt() {
        return state.loadedAt;
    }
}
