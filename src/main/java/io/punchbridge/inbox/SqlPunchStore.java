package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What the engines have in common: all but how a transaction is run, and who else may have claims.
 *
 * <p>States stand in the statements as literals, never as parameters: only so does a planner see that a partial index
 * answers the query. Rows are written in the order of their keys, so that replicas wait for each other in one direction
 * and never in a circle.
 */
abstract class SqlPunchStore implements PunchStore, Transactions {

    /**
     * A waiting time longer than this is taken for the trace of a wall clock that was set back since, and for over. A
     * settlement's delay is cut to it.
     */
    static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private static final String CLAIM = """
            UPDATE punch SET claimed_by = ?, claimed_until = ?, in_doubt_since = ?
            WHERE punch_key = ?""";

    private static final String SETTLE = """
            UPDATE punch SET state = ?, reason = ?, employee = ?, checkin = ?,
                not_before = NULL, claimed_by = NULL, claimed_until = NULL, in_doubt_since = NULL, settled_at = ?
            WHERE punch_key = ? AND state = 'PENDING' AND claimed_by = ?""";

    private static final String POSTPONE = """
            UPDATE punch SET reason = ?, not_before = ?, claimed_by = NULL, claimed_until = NULL, in_doubt_since = ?
            WHERE punch_key = ? AND state = 'PENDING' AND claimed_by = ?""";

    /** What was delivered stands in Frappe, so that its replay is a doubt from the start. */
    private static final String RELEASE = """
            UPDATE punch SET state = 'PENDING', reason = NULL, not_before = NULL,
                in_doubt_since = CASE WHEN state = 'DELIVERED' THEN :now ELSE in_doubt_since END
            WHERE punch_key = :key AND state = '%s' AND type IS NOT NULL""";

    static final String PENDING_AFTER = """
            SELECT * FROM (
                SELECT * FROM (SELECT * FROM punch WHERE state = 'PENDING' AND priority = 0 AND punch_key > :after
                    ORDER BY punch_key LIMIT :limit) live
                UNION ALL
                SELECT * FROM (SELECT * FROM punch WHERE state = 'PENDING' AND priority = 1 AND punch_key > :after
                    ORDER BY punch_key LIMIT :limit) history) pending
            ORDER BY punch_key LIMIT :limit""";

    private static final String DELIVERED_AFTER = """
            SELECT * FROM punch WHERE state = 'DELIVERED' AND punch_key > :after
            ORDER BY punch_key LIMIT :limit""";

    static final String SET_ASIDE_AFTER = """
            SELECT * FROM punch
            WHERE state = '%s' AND state NOT IN ('PENDING', 'DELIVERED') AND punch_key > :after AND type IS NOT NULL
            ORDER BY punch_key LIMIT :limit""";

    static final String OLDEST_PENDING =
            "SELECT received_at FROM punch WHERE state = 'PENDING' ORDER BY received_at LIMIT 1";

    private static final String REMEMBER = """
            INSERT INTO fact (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value""";

    private static final String INSERT_PROBE = """
            INSERT INTO punch (punch_key, device, content, source, priority, received_at, state)
            VALUES ('probe', 'probe', :content, 'CALLBACK', 0, :now, 'QUARANTINED')""";

    /** Two pages of SQLite's. */
    private static final String PROBE_CONTENT = "x".repeat(8192);

    /** Along the primary key: purging needs no index of its own, and those there are stay free of delivered punches. */
    static final String PURGEABLE_AFTER = """
            SELECT punch_key, state FROM punch
            WHERE punch_key > :after AND punch_key < :beforeKey AND state IN ('DELIVERED', 'IGNORED')
                AND punched_at < :before AND settled_at < :before
            ORDER BY punch_key LIMIT :limit""";

    /** Their keys have no time, and stand behind all others. Of what nobody can send only what a person dismissed is over. */
    static final String PURGEABLE_UNREADABLE_AFTER = """
            SELECT punch_key, state FROM punch
            WHERE punch_key > :after AND punch_key >= 'unreadable-' AND punch_key < 'unreadable.'
                AND state = 'IGNORED' AND settled_at < :before
            ORDER BY punch_key LIMIT :limit""";

    /** Once more with the conditions: it may have been released since it was found, or purged by another process. */
    private static final String PURGE = """
            DELETE FROM punch WHERE punch_key = ? AND state = ? AND settled_at < ?""";

    private static final String KEEP_KEY =
            "INSERT INTO past_key (punch_key) VALUES (?) ON CONFLICT (punch_key) DO NOTHING";

    private static final String PURGE_EVENTS = """
            DELETE FROM event WHERE event_key IN (
                SELECT event_key FROM event WHERE received_at < :before
                ORDER BY received_at, event_key LIMIT :limit)""";

    private static final String FORGET_KEYS = """
            DELETE FROM past_key WHERE punch_key IN (
                SELECT punch_key FROM past_key WHERE punch_key < :beforeKey ORDER BY punch_key LIMIT :limit)""";

    private record Purgeable(PunchKey key, PunchState state) {}

    private final Clock clock;
    private final Duration lease;
    private final String me = UUID.randomUUID().toString();
    private volatile LateAfter lateAfter = LateAfter.NEVER;

    SqlPunchStore(Clock clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
    }

    /** From now on, which deliveries are noted as late; none at first. */
    final void noteLate(LateAfter after) {
        lateAfter = after;
    }

    /** Name of this process as the holder of claims. */
    final String me() {
        return me;
    }

    /** Selects, and locks for the transaction, what may be claimed: parameters me, now, far, farLease and limit. */
    abstract String selectClaimable();

    /** Whether no other process can be at this database. */
    abstract boolean isAlone();

    /** Which row of a state's count the next transaction writes to. */
    abstract int countSlot();

    @Override
    public List<Stored> append(List<Arrival> arrivals) {
        return write(handle -> append(handle, arrivals));
    }

    /** Stores arrivals within a transaction that has more to do. */
    final List<Stored> append(Handle handle, List<Arrival> arrivals) throws SQLException {
        PunchKey surelyUnpurged = PunchKey.before(clock.instant().minus(RetentionSettings.SURELY_UNPURGED));
        return new Append(arrivals, surelyUnpurged).run(handle, countSlot());
    }

    @Override
    public List<WaitingPunch> claim(int limit) {
        Instant now = clock.instant();
        return write(handle -> {
            List<WaitingPunch> claimed = handle.createQuery(selectClaimable())
                    .bind("me", me)
                    .bind("now", now.toEpochMilli())
                    .bind("far", now.plus(LONGEST_DELAY).toEpochMilli())
                    .bind("farLease", now.plus(lease).plus(LONGEST_DELAY).toEpochMilli())
                    .bind("limit", limit)
                    .map((row, context) -> claimed(row, now))
                    .list();
            mark(claimed, now, handle);
            return claimed;
        });
    }

    /** By plain JDBC, as {@link Append} is: callbacks wait meanwhile, and Jdbi's binding takes longer than the update. */
    private void mark(List<WaitingPunch> claimed, Instant now, Handle handle) throws SQLException {
        if (claimed.isEmpty()) {
            return;
        }
        long until = now.plus(lease).toEpochMilli();
        try (PreparedStatement claim = handle.getConnection().prepareStatement(CLAIM)) {
            for (WaitingPunch punch : claimed) {
                claim.setString(1, me);
                claim.setLong(2, until);
                claim.setLong(3, now.toEpochMilli());
                claim.setString(4, punch.punch().key().value());
                claim.addBatch();
            }
            claim.executeBatch();
        }
    }

    /** Whoever left a claim behind may have sent the punch at any time since, even long after the claim. */
    private static WaitingPunch claimed(ResultSet row, Instant now) throws SQLException {
        WaitingPunch punch = Rows.waitingPunch(row);
        return row.getString("claimed_by") == null ? punch : punch.inDoubtSince(now);
    }

    @Override
    public void settle(Collection<Settlement> settlements, Collection<Attempted> attempts) {
        if (settlements.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Settlement> inOrder = settlements.stream()
                .sorted(Comparator.comparing(settlement -> settlement.key().value()))
                .toList();
        List<Settlement> settled = inOrder.stream()
                .filter(settlement -> settlement.state() != PunchState.PENDING)
                .toList();
        List<Settlement> postponed = inOrder.stream()
                .filter(settlement -> settlement.state() == PunchState.PENDING)
                .toList();
        write(handle -> {
            List<PunchKey> lost = new ArrayList<>();
            lost.addAll(unchanged(settled, update(handle, SETTLE, settled, (update, one) -> settle(update, one, now))));
            lost.addAll(unchanged(
                    postponed, update(handle, POSTPONE, postponed, (update, one) -> postpone(update, one, now))));
            if (!lost.isEmpty()) {
                throw new IllegalStateException("Not claimed by this process, so nothing of this settlement was kept: "
                        + lost + ". Another process took them when the lease ran out, or they were settled twice.");
            }
            SqlFoundNear.keep(handle, settled, now);
            SqlLatePunches.note(handle, settled, now, lateAfter);
            Changes changes = new Changes();
            settled.forEach(settlement -> changes.move(PunchState.PENDING, settlement.state()));
            changes.write(handle, countSlot());
            return null;
        });
    }

    /** Binds {@link #SETTLE}. */
    private void settle(PreparedStatement update, Settlement settlement, Instant now) throws SQLException {
        update.setString(1, settlement.state().name());
        update.setString(2, Rows.text(settlement.reason()));
        update.setString(3, Rows.text(settlement.employee()));
        update.setString(4, Rows.text(settlement.checkin()));
        update.setLong(5, now.toEpochMilli());
        update.setString(6, settlement.key().value());
        update.setString(7, me);
    }

    /** Binds {@link #POSTPONE}. */
    private void postpone(PreparedStatement update, Settlement settlement, Instant now) throws SQLException {
        update.setString(1, Rows.text(settlement.reason()));
        Rows.setLong(update, 2, notBefore(settlement, now));
        Rows.setLong(update, 3, Rows.millis(settlement.inDoubtSince()));
        update.setString(4, settlement.key().value());
        update.setString(5, me);
    }

    @FunctionalInterface
    private interface Binding {
        void apply(PreparedStatement update, Settlement settlement) throws SQLException;
    }

    private static int[] update(Handle handle, String sql, List<Settlement> settlements, Binding binding)
            throws SQLException {
        if (settlements.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement update = handle.getConnection().prepareStatement(sql)) {
            for (Settlement settlement : settlements) {
                binding.apply(update, settlement);
                update.addBatch();
            }
            return update.executeBatch();
        }
    }

    private static @Nullable Long notBefore(Settlement settlement, Instant now) {
        Instant wanted = settlement.notBefore();
        Instant latest = now.plus(LONGEST_DELAY);
        return Rows.millis(wanted != null && wanted.isAfter(latest) ? latest : wanted);
    }

    private static int[] execute(PreparedBatch batch) {
        return batch.size() == 0 ? new int[0] : batch.execute();
    }

    private static List<PunchKey> unchanged(List<Settlement> settlements, int[] rowCounts) {
        List<PunchKey> unchanged = new ArrayList<>();
        for (int i = 0; i < rowCounts.length; i++) {
            if (rowCounts[i] != 1) {
                unchanged.add(settlements.get(i).key());
            }
        }
        return unchanged;
    }

    @Override
    public List<WaitingPunch> inState(PunchState state, @Nullable PunchKey after, int limit) {
        String sql = switch (state) {
            case PENDING -> PENDING_AFTER;
            case DELIVERED -> DELIVERED_AFTER;
            case HELD, REJECTED, IGNORED, QUARANTINED -> SET_ASIDE_AFTER.formatted(state);
        };
        return read(handle -> handle.createQuery(sql)
                .bind("after", after == null ? "" : after.value())
                .bind("limit", limit)
                .map((row, context) -> Rows.waitingPunch(row))
                .list());
    }

    @Override
    public int release(Collection<PunchKey> keys, PunchState from) {
        if (keys.isEmpty()) {
            return 0;
        }
        return write(handle -> {
            int released = release(handle, keys, from);
            Changes changes = new Changes();
            changes.add(from, -released);
            changes.add(PunchState.PENDING, released);
            changes.write(handle, countSlot());
            return released;
        });
    }

    /** Within a transaction that has more to do, and that counts them. */
    final int release(Handle handle, Collection<PunchKey> keys, PunchState from) {
        long now = clock.instant().toEpochMilli();
        PreparedBatch batch = handle.prepareBatch(RELEASE.formatted(from));
        keys.stream()
                .map(PunchKey::value)
                .sorted()
                .forEach(key -> batch.bind("now", now).bind("key", key).add());
        if (from == PunchState.DELIVERED) {
            SqlFoundNear.forget(handle, keys);
        }
        int released = 0;
        for (int rowCount : batch.execute()) {
            released += rowCount;
        }
        return released;
    }

    @Override
    public Map<PunchState, Long> counts() {
        Map<PunchState, Long> counts = new EnumMap<>(PunchState.class);
        for (PunchState state : PunchState.values()) {
            counts.put(state, 0L);
        }
        read(handle -> handle.createQuery("SELECT state, sum(n) AS n FROM punch_count GROUP BY state")
                        .map((row, context) -> Map.entry(PunchState.valueOf(row.getString("state")), row.getLong("n")))
                        .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public Optional<Instant> oldestPending() {
        return read(handle -> handle.createQuery(OLDEST_PENDING)
                .map((row, context) -> Instant.ofEpochMilli(row.getLong("received_at")))
                .findFirst());
    }

    @Override
    public Optional<StoredPunch> find(PunchKey key) {
        return read(handle -> handle.createQuery("SELECT * FROM punch WHERE punch_key = :key")
                .bind("key", key.value())
                .map((row, context) -> Rows.storedPunch(row))
                .findFirst());
    }

    @Override
    public List<StoredEvent> recentEvents(int limit) {
        return read(handle -> handle.createQuery(
                        "SELECT * FROM event ORDER BY received_at DESC, event_key DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> Rows.storedEvent(row))
                .list());
    }

    @Override
    public void remember(String name, String value) {
        write(handle -> remember(handle, name, value));
    }

    private static int remember(Handle handle, String name, String value) {
        return handle.createUpdate(REMEMBER)
                .bind("name", name)
                .bind("value", Rows.text(value))
                .execute();
    }

    @Override
    public Optional<String> recall(String name) {
        return read(handle -> handle.createQuery("SELECT value FROM fact WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findFirst());
    }

    /**
     * Proves room for more than one punch, which a storage that is full to the last page doesn't have although it
     * still changes rows; and that nobody locks the table. Only the fact stays.
     */
    @Override
    public void probe() {
        long now = clock.millis();
        write(handle -> {
            handle.execute("SAVEPOINT probe");
            handle.createUpdate(INSERT_PROBE)
                    .bind("content", PROBE_CONTENT)
                    .bind("now", now)
                    .execute();
            handle.execute("ROLLBACK TO SAVEPOINT probe");
            return remember(handle, "probe", Long.toString(now));
        });
    }

    private static List<Purgeable> purgeable(Query query, Instant before, @Nullable PunchKey after, int limit) {
        return query.bind("after", after == null ? "" : after.value())
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> new Purgeable(
                        new PunchKey(row.getString("punch_key")), PunchState.valueOf(row.getString("state"))))
                .list();
    }

    /** Found without a lock, so that a long way through what must stay holds nobody up; only the deletion is a write. */
    @Override
    public PurgedPage purgePunches(Instant before, @Nullable PunchKey after, int limit) {
        List<Purgeable> found = read(handle -> {
            List<Purgeable> old = new ArrayList<>(purgeable(
                    handle.createQuery(PURGEABLE_AFTER)
                            .bind("beforeKey", PunchKey.before(before).value()),
                    before,
                    after,
                    limit));
            if (old.size() < limit) {
                old.addAll(
                        purgeable(handle.createQuery(PURGEABLE_UNREADABLE_AFTER), before, after, limit - old.size()));
            }
            return old;
        });
        if (found.isEmpty()) {
            return PurgedPage.NOTHING;
        }
        int purged = write(handle -> {
            PreparedBatch purge = handle.prepareBatch(PURGE);
            for (Purgeable punch : found) {
                purge.add(punch.key().value(), punch.state().name(), before.toEpochMilli());
            }
            PreparedBatch keep = handle.prepareBatch(KEEP_KEY);
            Changes changes = new Changes();
            int[] rowCounts = purge.execute();
            for (int i = 0; i < rowCounts.length; i++) {
                if (rowCounts[i] == 1) {
                    keep.add(found.get(i).key().value());
                    changes.add(found.get(i).state(), -1);
                }
            }
            int gone = keep.size();
            execute(keep);
            // None is of an unreadable one, and up to their keys lies all that is young.
            List<PunchKey> timed = found.stream()
                    .map(Purgeable::key)
                    .filter(key -> !key.value().startsWith("unreadable-"))
                    .toList();
            if (!timed.isEmpty()) {
                SqlFoundNear.forgetPurged(handle, timed.get(0), timed.get(timed.size() - 1));
            }
            changes.write(handle, countSlot());
            return gone;
        });
        return new PurgedPage(
                purged, found.size() < limit ? null : found.get(limit - 1).key());
    }

    @Override
    public int purgeEvents(Instant before, int limit) {
        return write(handle -> handle.createUpdate(PURGE_EVENTS)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }

    @Override
    public int forgetKeys(Instant before, int limit) {
        return write(handle -> handle.createUpdate(FORGET_KEYS)
                .bind("beforeKey", PunchKey.before(before).value())
                .bind("limit", limit)
                .execute());
    }
}
