package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
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

    /** Eight pages of SQLite's: a punch changes no more, with its indexes and the counts. */
    private static final String PROBE_CONTENT = "x".repeat(8 * 4096);

    private final Clock clock;
    private final SqlClaims claims;
    private final String me = UUID.randomUUID().toString();
    private volatile LateAfter lateAfter = LateAfter.NEVER;

    SqlPunchStore(Clock clock, Duration lease) {
        this.clock = clock;
        this.claims = new SqlClaims(me, lease);
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
        return write(handle -> claims.claim(handle, selectClaimable(), now, limit));
    }

    @Override
    public void settle(Collection<Settlement> settlements, Collection<Attempted> attempts) {
        if (settlements.isEmpty() && attempts.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Settlement> inOrder = SqlClaims.inOrder(settlements);
        write(handle -> {
            List<Settlement> settled = claims.settle(handle, inOrder, now);
            SqlDeliveryAttempts.keep(handle, attempts);
            SqlFoundNear.keep(handle, settled, now);
            LateCandidates.note(handle, settled, now, lateAfter);
            Changes changes = new Changes();
            settled.forEach(settlement -> changes.move(PunchState.PENDING, settlement.state()));
            changes.write(handle, countSlot());
            return null;
        });
    }

    @Override
    public boolean renew(Collection<PunchKey> keys) {
        Instant now = clock.instant();
        return write(handle -> claims.renew(handle, keys, now));
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
     * still changes rows; and that nobody locks the table. Only the fact stays, as long as the content: what is rolled back
     * never reaches the disk, and a file system with room for a page or two takes a short fact and no punch.
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
            return remember(handle, "probe", now + " " + PROBE_CONTENT);
        });
    }

    /** Found without a lock, so that a long way through what must stay holds nobody up; only the deletion is a write. */
    @Override
    public PurgedPage purgePunches(Instant before, @Nullable PunchKey after, int limit) {
        List<SqlPurge.Old> found = read(handle -> SqlPurge.find(handle, before, after, limit));
        if (found.isEmpty()) {
            return PurgedPage.NOTHING;
        }
        int purged = write(handle -> SqlPurge.punches(handle, found, before, countSlot()));
        return new PurgedPage(
                purged, found.size() < limit ? null : found.get(limit - 1).key());
    }

    @Override
    public int purgeEvents(Instant before, int limit) {
        return write(handle -> SqlPurge.events(handle, before, limit));
    }

    @Override
    public int forgetKeys(Instant before, int limit) {
        return write(handle -> SqlPurge.keys(handle, before, limit));
    }
}
