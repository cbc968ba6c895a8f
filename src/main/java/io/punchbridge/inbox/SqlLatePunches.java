package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code late_…}, whose entries are here. What isn't judged yet is {@link LateCandidates}', what a repair does
 * {@link LateSteps}'.
 */
final class SqlLatePunches implements LatePunches {
    private static final String ENTER = """
            INSERT INTO late_entry (id, employee, day, shift, state, attendance, status, hours, in_time, out_time,
                attempts, not_before, found_at, changed_at)
            VALUES (:id, :employee, :day, :shift, :state, :attendance, :status, :hours, :inTime, :outTime,
                0, :notBefore, :foundAt, :changedAt)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, attendance = excluded.attendance,
                status = excluded.status, hours = excluded.hours, in_time = excluded.in_time,
                out_time = excluded.out_time, would_status = NULL, would_hours = NULL, would_in_time = NULL,
                would_out_time = NULL, reason = NULL, attempts = 0, not_before = excluded.not_before,
                changed_at = excluded.changed_at
            WHERE late_entry.state <> 'REPAIRING'""";

    private static final String SAVE = """
            UPDATE late_entry SET state = :state, attendance = :attendance, status = :status, hours = :hours,
                in_time = :inTime, out_time = :outTime, would_status = :wouldStatus, would_hours = :wouldHours,
                would_in_time = :wouldInTime, would_out_time = :wouldOutTime, reason = :reason, remade = :remade,
                attempts = :attempts, not_before = :notBefore, changed_at = :changedAt
            WHERE id = :id""";

    private static final String DUE = """
            SELECT * FROM late_entry WHERE not_before IS NOT NULL AND not_before <= :now
            ORDER BY CASE WHEN state = 'REPAIRING' THEN 0 ELSE 1 END, id DESC LIMIT :limit""";

    private static final String WAKE = """
            UPDATE late_entry SET not_before = :now
            WHERE state IN ('FOUND', 'WOULD_REPAIR') AND (not_before IS NULL OR not_before > :now)""";

    private static final String PURGEABLE = """
            SELECT id FROM late_entry WHERE changed_at < :before AND state <> 'REPAIRING'
            ORDER BY id LIMIT :limit""";

    private final Transactions transactions;

    SqlLatePunches(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<LatePunch> candidates(Instant settledUntil, int limit) {
        return transactions.read(handle -> LateCandidates.list(handle, settledUntil, limit));
    }

    @Override
    public void judge(Collection<PunchKey> inTime, List<Finding> late) {
        transactions.write(handle -> {
            LateCandidates.forget(handle, inTime);
            for (Finding finding : late) {
                LateRows.bind(handle.createUpdate(ENTER), finding.entry())
                        .bind("foundAt", finding.entry().foundAt().toEpochMilli())
                        .execute();
                PreparedBatch link = handle.prepareBatch("UPDATE late_punch SET entry = ? WHERE punch_key = ?");
                finding.punches().forEach(punch -> link.add(finding.entry().id(), punch.value()));
                link.execute();
            }
            return null;
        });
    }

    @Override
    public void putOff(PunchKey candidate, Instant settledAt) {
        transactions.write(handle -> LateCandidates.putOff(handle, candidate, settledAt));
    }

    @Override
    public List<LateEntry> due(Instant now, int limit) {
        return transactions.read(handle -> handle.createQuery(DUE)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> LateRows.entry(row))
                .list());
    }

    @Override
    public void wake(Instant now) {
        transactions.write(handle ->
                handle.createUpdate(WAKE).bind("now", now.toEpochMilli()).execute());
    }

    @Override
    public Optional<LateEntry> find(String id) {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM late_entry WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> LateRows.entry(row))
                .findFirst());
    }

    @Override
    public List<LateEntry> list(
            LateEntry.@Nullable State state,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String after,
            int limit) {
        StringBuilder sql = new StringBuilder("SELECT * FROM late_entry WHERE 1 = 1");
        sql.append(state == null ? "" : " AND state = :state");
        sql.append(from == null ? "" : " AND id >= :from");
        sql.append(to == null ? "" : " AND id < :until");
        sql.append(after == null ? "" : " AND id < :after");
        sql.append(" ORDER BY id DESC LIMIT :limit");
        return transactions.read(handle -> {
            Query query = handle.createQuery(sql.toString()).bind("limit", limit);
            // Ids begin with the day.
            bind(query, "state", state == null ? null : state.name());
            bind(query, "from", from == null ? null : from.toString());
            bind(query, "until", to == null ? null : to.plusDays(1).toString());
            bind(query, "after", after);
            return query.map((row, context) -> LateRows.entry(row)).list();
        });
    }

    private static void bind(Query query, String name, @Nullable String value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    @Override
    public Map<String, List<LatePunch>> punchesOf(Collection<String> entries) {
        return transactions.read(handle -> LateRows.punchesOf(handle, entries));
    }

    @Override
    public Map<String, List<LateStep>> stepsOf(Collection<String> entries) {
        return transactions.read(handle -> LateRows.stepsOf(handle, entries));
    }

    @Override
    public void save(LateEntry entry) {
        transactions.write(handle -> save(handle, entry));
    }

    private static int save(Handle handle, LateEntry entry) {
        int rows = LateRows.bindWhole(handle.createUpdate(SAVE), entry).execute();
        if (rows != 1) {
            throw new IllegalStateException("There is no entry " + entry.id() + " of late punches");
        }
        return rows;
    }

    @Override
    public void plan(LateEntry entry, List<LateStep.Plan> steps) {
        transactions.write(handle -> {
            save(handle, entry);
            LateSteps.plan(handle, entry.id(), steps);
            return null;
        });
    }

    @Override
    public int begin(LateEntry entry, LateStep.Plan step, Instant now) {
        return transactions.write(handle -> {
            save(handle, entry);
            return LateSteps.begin(handle, entry.id(), step, now);
        });
    }

    @Override
    public void done(String entry, int step, Instant now) {
        transactions.write(handle -> LateSteps.done(handle, entry, step, now));
    }

    @Override
    public boolean moreComing(String entry) {
        return transactions.read(handle -> LateCandidates.moreComing(handle, entry));
    }

    @Override
    public Map<LateEntry.State, Long> counts() {
        Map<LateEntry.State, Long> counts = new EnumMap<>(LateEntry.State.class);
        for (LateEntry.State state : LateEntry.State.values()) {
            counts.put(state, 0L);
        }
        transactions
                .read(handle -> handle.createQuery("SELECT state, count(*) AS n FROM late_entry GROUP BY state")
                        .map((row, context) ->
                                Map.entry(LateEntry.State.valueOf(row.getString("state")), row.getLong("n")))
                        .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public long candidateCount() {
        return transactions.read(LateCandidates::count);
    }

    @Override
    public long countTried(int attempts) {
        return transactions.read(handle -> handle.createQuery(
                        "SELECT count(*) FROM late_entry WHERE state = 'REPAIRING' AND attempts >= :attempts")
                .bind("attempts", attempts)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public int purge(Instant before, int limit) {
        return transactions.write(handle -> {
            List<String> old = handle.createQuery(PURGEABLE)
                    .bind("before", before.toEpochMilli())
                    .bind("limit", limit)
                    .mapTo(String.class)
                    .list();
            int candidates = LateCandidates.purge(handle, before, limit - old.size());
            if (old.isEmpty()) {
                return candidates;
            }
            for (String sql : List.of(
                    "DELETE FROM late_step WHERE entry = ?",
                    "DELETE FROM late_punch WHERE entry = ?",
                    "DELETE FROM late_entry WHERE id = ?")) {
                PreparedBatch purge = handle.prepareBatch(sql);
                old.forEach(id -> purge.add(id));
                purge.execute();
            }
            return old.size() + candidates;
        });
    }
}
