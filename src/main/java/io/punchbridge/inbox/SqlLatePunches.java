package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
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

/** The tables {@code late_…}: candidates are written within the settling transactions of {@link SqlPunchStore}. */
final class SqlLatePunches implements LatePunches {
    /** A second settlement of one punch changes nothing, unless the punch became another check-in. */
    private static final String NOTE = """
            INSERT INTO late_punch (punch_key, device, employee, checkin, punched_at, settled_at, entry)
            SELECT punch_key, device, employee, checkin, punched_at, settled_at, NULL FROM punch
            WHERE punch_key = ? AND punched_at <= ? AND employee IS NOT NULL AND checkin IS NOT NULL
                AND type NOT IN ('MEAL_IN', 'MEAL_OUT')
            ON CONFLICT (punch_key) DO UPDATE SET employee = excluded.employee, checkin = excluded.checkin,
                settled_at = excluded.settled_at, entry = NULL
            WHERE late_punch.checkin <> excluded.checkin""";

    private static final String CANDIDATES = """
            SELECT l.*, p.user_id FROM late_punch l LEFT JOIN punch p ON p.punch_key = l.punch_key
            WHERE l.entry IS NULL AND l.settled_at <= :until ORDER BY l.settled_at, l.punch_key LIMIT :limit""";

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

    private static final String BEGIN = """
            INSERT INTO late_step (entry, seq, kind, subject, begun_at)
            VALUES (:entry, :seq, :kind, :subject, :now)""";

    /** By the user's id, as devices share their users; a day around covers every shift. */
    private static final String PENDING_NEAR = """
            SELECT 1 FROM punch w WHERE w.state = 'PENDING' AND w.punch_key >= :first AND w.punch_key < :last
            AND EXISTS (
                SELECT 1 FROM late_punch l JOIN punch p ON p.punch_key = l.punch_key
                WHERE l.entry = :entry AND p.user_id = w.user_id
                    AND w.punched_at BETWEEN l.punched_at - :day AND l.punched_at + :day)
            LIMIT 1""";

    private static final String CANDIDATES_NEAR = """
            SELECT 1 FROM late_punch c WHERE c.entry IS NULL AND EXISTS (
                SELECT 1 FROM late_punch l
                WHERE l.entry = :entry AND l.employee = c.employee
                    AND c.punched_at BETWEEN l.punched_at - :day AND l.punched_at + :day)
            LIMIT 1""";

    private static final String PURGEABLE = """
            SELECT id FROM late_entry WHERE changed_at < :before AND state <> 'REPAIRING'
            ORDER BY id LIMIT :limit""";

    private static final String PURGE_CANDIDATES = """
            DELETE FROM late_punch WHERE punch_key IN (
                SELECT punch_key FROM late_punch WHERE entry IS NULL AND settled_at < :before
                ORDER BY settled_at, punch_key LIMIT :limit)""";

    private static final String BEGIN_AGAIN = """
            UPDATE late_step SET begun_at = :now, done_at = NULL
            WHERE entry = :entry AND seq = :seq AND kind = :kind AND subject = :subject""";

    private static final Duration DAY = Duration.ofDays(1);

    private final Transactions transactions;

    SqlLatePunches(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Of settlements in the order of their keys, those delivered late enough. A punch in time costs a comparison: keys
     * begin with the punch's second.
     */
    static void note(Handle handle, List<Settlement> settled, Instant now, LateAfter after) throws SQLException {
        Duration duration = after.duration();
        if (duration == null) {
            return;
        }
        Instant latest = now.minus(duration);
        String limit = PunchKey.before(latest.plusSeconds(1)).value();
        List<Settlement> late = settled.stream()
                .filter(settlement -> settlement.state() == PunchState.DELIVERED
                        && settlement.key().value().compareTo(limit) < 0)
                .toList();
        if (late.isEmpty()) {
            return;
        }
        try (PreparedStatement note = handle.getConnection().prepareStatement(NOTE)) {
            for (Settlement settlement : late) {
                note.setString(1, settlement.key().value());
                note.setLong(2, latest.toEpochMilli());
                note.addBatch();
            }
            note.executeBatch();
        }
    }

    @Override
    public List<LatePunch> candidates(Instant settledUntil, int limit) {
        return transactions.read(handle -> handle.createQuery(CANDIDATES)
                .bind("until", settledUntil.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> LateRows.punch(row))
                .list());
    }

    @Override
    public void judge(Collection<PunchKey> inTime, List<Finding> late) {
        transactions.write(handle -> {
            if (!inTime.isEmpty()) {
                PreparedBatch forget =
                        handle.prepareBatch("DELETE FROM late_punch WHERE punch_key = ? AND entry IS NULL");
                inTime.stream().map(PunchKey::value).sorted().forEach(key -> forget.add(key));
                forget.execute();
            }
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
        transactions.write(handle -> handle.createUpdate(
                        "UPDATE late_punch SET settled_at = :at WHERE punch_key = :key AND entry IS NULL")
                .bind("at", settledAt.toEpochMilli())
                .bind("key", candidate.value())
                .execute());
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
            forgetPlan(handle, entry.id());
            int number = nextStep(handle, entry.id());
            for (LateStep.Plan step : steps) {
                insert(handle, entry.id(), number++, step, null);
            }
            return null;
        });
    }

    @Override
    public int begin(LateEntry entry, LateStep.Plan step, Instant now) {
        return transactions.write(handle -> {
            save(handle, entry);
            forgetPlan(handle, entry.id());
            int number = nextStep(handle, entry.id());
            if (isRun(step.kind()) && beginAgain(handle, entry.id(), number - 1, step, now)) {
                return number - 1;
            }
            insert(handle, entry.id(), number, step, now.toEpochMilli());
            return number;
        });
    }

    /** Asked for each quarter of an hour where it can't go through: a row each time would be without end. */
    private static boolean isRun(LateStep.Kind kind) {
        return kind == LateStep.Kind.REHEARSE || kind == LateStep.Kind.PROCESS;
    }

    private static boolean beginAgain(Handle handle, String entry, int number, LateStep.Plan step, Instant now) {
        return handle.createUpdate(BEGIN_AGAIN)
                        .bind("entry", entry)
                        .bind("seq", number)
                        .bind("kind", step.kind().name())
                        .bind("subject", Rows.text(step.subject()))
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    private static void forgetPlan(Handle handle, String entry) {
        handle.createUpdate("DELETE FROM late_step WHERE entry = :entry AND begun_at IS NULL")
                .bind("entry", entry)
                .execute();
    }

    private static int nextStep(Handle handle, String entry) {
        return handle.createQuery("SELECT coalesce(max(seq), 0) + 1 FROM late_step WHERE entry = :entry")
                .bind("entry", entry)
                .mapTo(Integer.class)
                .one();
    }

    private static void insert(Handle handle, String entry, int number, LateStep.Plan step, @Nullable Long begunAt) {
        handle.createUpdate(BEGIN)
                .bind("entry", entry)
                .bind("seq", number)
                .bind("kind", step.kind().name())
                .bind("subject", Rows.text(step.subject()))
                .bind("now", begunAt)
                .execute();
    }

    @Override
    public void done(String entry, int step, Instant now) {
        transactions.write(
                handle -> handle.createUpdate("UPDATE late_step SET done_at = :now WHERE entry = :entry AND seq = :seq")
                        .bind("entry", entry)
                        .bind("seq", step)
                        .bind("now", now.toEpochMilli())
                        .execute());
    }

    @Override
    public boolean moreComing(String entry) {
        return transactions.read(handle -> punchesOf(handle, entry)
                .filter(span -> comes(handle, entry, span))
                .isPresent());
    }

    private record Span(Instant first, Instant last) {}

    private static Optional<Span> punchesOf(Handle handle, String entry) {
        return handle.createQuery(
                        "SELECT min(punched_at) AS a, max(punched_at) AS z FROM late_punch WHERE entry = :entry"
                                + " HAVING count(*) > 0")
                .bind("entry", entry)
                .map((row, context) ->
                        new Span(Instant.ofEpochMilli(row.getLong("a")), Instant.ofEpochMilli(row.getLong("z"))))
                .findFirst();
    }

    /** Keys begin with the punch's second, so only the pending ones of those days are read. */
    private static boolean comes(Handle handle, String entry, Span span) {
        Query pending = handle.createQuery(PENDING_NEAR)
                .bind("first", PunchKey.before(span.first().minus(DAY)).value())
                .bind(
                        "last",
                        PunchKey.before(span.last().plus(DAY).plusSeconds(1)).value());
        return isAny(pending, entry) || isAny(handle.createQuery(CANDIDATES_NEAR), entry);
    }

    private static boolean isAny(Query query, String entry) {
        return query.bind("entry", entry)
                .bind("day", DAY.toMillis())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
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
        return transactions.read(handle -> handle.createQuery("SELECT count(*) FROM late_punch WHERE entry IS NULL")
                .mapTo(Long.class)
                .one());
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
            int candidates = handle.createUpdate(PURGE_CANDIDATES)
                    .bind("before", before.toEpochMilli())
                    .bind("limit", limit - old.size())
                    .execute();
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
