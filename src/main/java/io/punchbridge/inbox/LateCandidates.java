package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Punches that were delivered late and aren't judged yet; noted within the settling transactions of {@link SqlPunchStore}. */
final class LateCandidates {
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

    private static final String PURGE = """
            DELETE FROM late_punch WHERE punch_key IN (
                SELECT punch_key FROM late_punch WHERE entry IS NULL AND settled_at < :before
                ORDER BY settled_at, punch_key LIMIT :limit)""";

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

    private static final Duration DAY = Duration.ofDays(1);

    private LateCandidates() {}

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

    static List<LatePunch> list(Handle handle, Instant settledUntil, int limit) {
        return handle.createQuery(CANDIDATES)
                .bind("until", settledUntil.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> LateRows.punch(row))
                .list();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM late_punch WHERE entry IS NULL")
                .mapTo(Long.class)
                .one();
    }

    static void forget(Handle handle, Collection<PunchKey> inTime) {
        if (inTime.isEmpty()) {
            return;
        }
        PreparedBatch forget = handle.prepareBatch("DELETE FROM late_punch WHERE punch_key = ? AND entry IS NULL");
        inTime.stream().map(PunchKey::value).sorted().forEach(key -> forget.add(key));
        forget.execute();
    }

    static int putOff(Handle handle, PunchKey candidate, Instant settledAt) {
        return handle.createUpdate("UPDATE late_punch SET settled_at = :at WHERE punch_key = :key AND entry IS NULL")
                .bind("at", settledAt.toEpochMilli())
                .bind("key", candidate.value())
                .execute();
    }

    /** Whether more of the same person's punches are on their way, or delivered and not judged yet. */
    static boolean moreComing(Handle handle, String entry) {
        return punchesOf(handle, entry)
                .filter(span -> comes(handle, entry, span))
                .isPresent();
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

    static int purge(Handle handle, Instant before, int limit) {
        return handle.createUpdate(PURGE)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
