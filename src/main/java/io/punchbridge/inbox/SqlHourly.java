package io.punchbridge.inbox;

import io.punchbridge.inbox.PunchSearch.Hour;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts punches by hour and state. Most are delivered: those are what is left of an hour's punches, which are counted
 * without a look at any, less the others, which partial indexes count. No punch is read, and nothing is sorted, but for the
 * hour in which the count is cut off.
 */
final class SqlHourly {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String RANGE = "punch_key < :before AND punch_key >= :from";

    /** One statement, so that its numbers agree. */
    static final String OF_AN_HOUR =
            """
            SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM punch WHERE %1$s
                    ORDER BY punch_key DESC LIMIT :limit) made) AS made,
                (SELECT count(*) FROM punch WHERE state = 'PENDING' AND priority = 0 AND %1$s)
                    + (SELECT count(*) FROM punch WHERE state = 'PENDING' AND priority = 1 AND %1$s) AS pending,
                (SELECT count(*) FROM punch WHERE %2$s AND %1$s) AS held,
                (SELECT count(*) FROM punch WHERE %3$s AND %1$s) AS rejected,
                (SELECT count(*) FROM punch WHERE %4$s AND %1$s) AS ignored,
                (SELECT count(*) FROM punch WHERE %5$s AND %1$s) AS quarantined""".formatted(RANGE, setAside("HELD"), setAside("REJECTED"), setAside("IGNORED"), setAside("QUARANTINED"));

    /** The newest of an hour that holds more than may be counted. */
    static final String NEWEST_OF_AN_HOUR = """
            SELECT state, count(*) AS punches
            FROM (SELECT state FROM punch WHERE %s ORDER BY punch_key DESC LIMIT :limit) newest
            GROUP BY state""".formatted(RANGE);

    private SqlHourly() {}

    private static String setAside(String state) {
        return "state = '" + state + "' AND state NOT IN ('PENDING', 'DELIVERED')";
    }

    /** @param most so many punches are counted, the newest */
    static Hourly count(Handle handle, Instant from, Instant until, int most) {
        List<Hour> newestFirst = new ArrayList<>();
        long left = most;
        for (Instant start = lastHour(from, until); !start.isBefore(from) && left > 0; start = start.minus(HOUR)) {
            Instant next = start.plus(HOUR);
            Hour hour = hour(handle, start, next.isBefore(until) ? next : until, left);
            left -= hour.punches().values().stream().mapToLong(Long::longValue).sum();
            if (!hour.punches().isEmpty()) {
                newestFirst.add(hour);
            }
        }
        Collections.reverse(newestFirst);
        return new Hourly(List.copyOf(newestFirst), left > 0);
    }

    private static Instant lastHour(Instant from, Instant until) {
        long hours = Math.max(0, Duration.between(from, until.minusSeconds(1)).toHours());
        return from.plus(HOUR.multipliedBy(hours));
    }

    private static Hour hour(Handle handle, Instant start, Instant until, long most) {
        Map<PunchState, Long> whole = query(handle, OF_AN_HOUR, start, until, most)
                .map((row, context) -> counts(row))
                .one();
        long made = whole.values().stream().mapToLong(Long::longValue).sum();
        return new Hour(start, made < most ? whole : newest(handle, start, until, most));
    }

    private static Query query(Handle handle, String sql, Instant start, Instant until, long most) {
        return handle.createQuery(sql)
                .bind("before", PunchKey.before(until).value())
                .bind("from", PunchKey.before(start).value())
                .bind("limit", most);
    }

    private static Map<PunchState, Long> counts(ResultSet row) throws SQLException {
        Map<PunchState, Long> counts = new EnumMap<>(PunchState.class);
        long delivered = row.getLong("made");
        for (PunchState state : PunchState.values()) {
            if (state != PunchState.DELIVERED) {
                long punches = row.getLong(state.name());
                delivered -= punches;
                put(counts, state, punches);
            }
        }
        put(counts, PunchState.DELIVERED, delivered);
        return counts;
    }

    private static void put(Map<PunchState, Long> counts, PunchState state, long punches) {
        if (punches > 0) {
            counts.put(state, punches);
        }
    }

    private static Map<PunchState, Long> newest(Handle handle, Instant start, Instant until, long most) {
        Map<PunchState, Long> counts = new EnumMap<>(PunchState.class);
        query(handle, NEWEST_OF_AN_HOUR, start, until, most)
                .map((row, context) -> Map.entry(PunchState.valueOf(row.getString("state")), row.getLong("punches")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}
