package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions and their values, for the punches that have a time, or for the unreadable ones, whose keys begin
 * with a word and lie behind all others.
 */
final class FilterSql {
    private static final String UNREADABLE = "unreadable-";
    /** Sorts behind all keys that begin so. */
    private static final String BEHIND_UNREADABLE = "unreadable.";
    /** The character after the last digit. */
    private static final String BEHIND_TIMES = ":";

    private final StringBuilder conditions = new StringBuilder();
    private final Map<String, Object> values = new TreeMap<>();
    private final String from;
    private final String before;

    private FilterSql(PunchFilter filter, String from, String before) {
        this.from = from;
        this.before = before;
        if (filter.states().contains(PunchState.DELIVERED)) {
            conditions.append(filter.states().stream()
                    .map(state -> "'" + state.name() + "'")
                    .sorted()
                    .collect(Collectors.joining(", ", " AND state IN (", ")")));
        }
        if (filter.device() != null) {
            equal("device", filter.device().value());
        }
        if (filter.user() != null) {
            equal("user_id", filter.user().value());
        }
        if (filter.employee() != null) {
            equal("employee", filter.employee());
        }
        if (filter.source() != null) {
            equal("source", filter.source().name());
        }
        if (filter.reason() != null) {
            // SQLite knows upper and lower case of ASCII alone; the words as they are find the rest.
            condition(
                    "(lower(reason) LIKE :lower ESCAPE '!' OR reason LIKE :reason ESCAPE '!')",
                    "reason",
                    anywhere(filter.reason()));
            values.put("lower", anywhere(filter.reason().toLowerCase(Locale.ROOT)));
        }
    }

    static boolean isUnreadable(PunchKey key) {
        return key.value().startsWith(UNREADABLE);
    }

    /** @param after the key that was the last seen, or null */
    static FilterSql timed(PunchFilter filter, @Nullable PunchKey after) {
        String from = filter.from() == null ? "" : keyAt(filter.from());
        String until = filter.until() == null ? BEHIND_TIMES : keyAt(filter.until());
        return new FilterSql(filter, from, after != null && after.value().compareTo(until) < 0 ? after.value() : until);
    }

    /** @param after the key that was the last seen, or null */
    static FilterSql unreadable(PunchFilter filter, @Nullable PunchKey after) {
        FilterSql sql = new FilterSql(filter, UNREADABLE, after == null ? BEHIND_UNREADABLE : after.value());
        if (filter.from() != null) {
            sql.condition(
                    "COALESCE(punched_at, received_at) >= :fromTime",
                    "fromTime",
                    filter.from().toEpochMilli());
        }
        if (filter.until() != null) {
            sql.condition(
                    "COALESCE(punched_at, received_at) < :untilTime",
                    "untilTime",
                    filter.until().toEpochMilli());
        }
        return sql;
    }

    /** Punches have whole seconds: the first of them that isn't earlier. */
    private static String keyAt(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return PunchKey.before(second.equals(instant) ? second : second.plusSeconds(1))
                .value();
    }

    /** With a character of our own to escape by: the engines differ in the backslash. */
    private static String anywhere(String words) {
        return "%" + words.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private void equal(String column, String value) {
        condition(column + " = :" + column, column, value);
    }

    private void condition(String condition, String name, Object value) {
        conditions.append(" AND ").append(condition);
        values.put(name, value);
    }

    /** The key of the punch that is so many further on this lane, or null if there are fewer. */
    @Nullable PunchKey stretch(Handle handle, Lane lane, int punches) {
        return handle.createQuery(lane.stretch)
                .bind("before", before)
                .bind("from", from)
                .bind("skip", punches - 1)
                .mapTo(String.class)
                .findFirst()
                .map(PunchKey::new)
                .orElse(null);
    }

    /** @param stretch the last key to look at, or null for all */
    Query rows(Handle handle, Lane lane, String columns, String more, @Nullable PunchKey stretch, int limit) {
        return handle.createQuery(lane.rows(columns, conditions + more))
                .bind("before", before)
                .bind("from", stretch == null ? from : stretch.value())
                .bind("limit", limit)
                .bindMap(values);
    }
}
