package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Along the partial indexes that leave delivered punches out: a key begins with the punch's second, so that a range of
 * time is a range of each index. What has no readable time or user has another kind of key, and is looked at as a whole;
 * there is little of it.
 */
final class SqlOpenPunches implements OpenPunches {
    private static final String COLUMNS = "SELECT punch_key, device, state, punched_at, received_at FROM punch";

    static final String PENDING = COLUMNS + """
             WHERE state = 'PENDING' AND priority = %d AND punch_key >= :fromKey AND punch_key < :untilKey%s
            ORDER BY punch_key LIMIT :limit""";

    static final String SET_ASIDE = COLUMNS + """
             WHERE state = '%s' AND state NOT IN ('PENDING', 'DELIVERED')
                AND punch_key >= :fromKey AND punch_key < :untilKey
                AND received_at > :cameAfter AND received_at <= :cameBy%s
            ORDER BY punch_key LIMIT :limit""";

    /** The key of what can't be read begins with this word; the next character after the hyphen ends the range. */
    static final String UNREADABLE = COLUMNS + """
             WHERE state = 'QUARANTINED' AND state NOT IN ('PENDING', 'DELIVERED')
                AND punch_key >= 'unreadable-' AND punch_key < 'unreadable.'
                AND COALESCE(punched_at, received_at) >= :from AND COALESCE(punched_at, received_at) < :until
                AND received_at > :cameAfter AND received_at <= :cameBy%s
            ORDER BY COALESCE(punched_at, received_at) LIMIT :limit""";

    private static final String OF_THESE = " AND (device IN (<devices>) OR upper(device) IN (<devices>))";
    private static final String OF_OTHERS = " AND NOT (device IN (<devices>) OR upper(device) IN (<devices>))";

    private final Transactions transactions;

    SqlOpenPunches(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Open> oldest(Whose whose, Instant from, Instant until, Instant patientSince, int limit) {
        Look look = new Look(whose, from, until, patientSince.toEpochMilli(), limit);
        List<Open> found = transactions.read(look::run);
        return found.stream()
                .sorted(Comparator.comparing(Open::time)
                        .thenComparing(open -> open.key().value()))
                .toList();
    }

    private record Look(Whose whose, Instant from, Instant until, long patientSince, int limit) {

        List<Open> run(Handle handle) {
            List<Open> found = new ArrayList<>();
            if (whose.devices().isEmpty() && !whose.others()) {
                return found;
            }
            String devices = whose.devices().isEmpty() ? "" : whose.others() ? OF_OTHERS : OF_THESE;
            found.addAll(inKeys(handle, PENDING.formatted(0, devices)));
            found.addAll(inKeys(handle, PENDING.formatted(1, devices)));
            String rejected = SET_ASIDE.formatted(PunchState.REJECTED, devices);
            found.addAll(came(keys(handle.createQuery(rejected)), Long.MIN_VALUE, Long.MAX_VALUE));
            for (PunchState state : List.of(PunchState.HELD, PunchState.QUARANTINED)) {
                String aside = SET_ASIDE.formatted(state, devices);
                found.addAll(came(keys(handle.createQuery(aside)), patientSince, Long.MAX_VALUE));
                found.addAll(came(keys(handle.createQuery(aside)), Long.MIN_VALUE, patientSince));
            }
            String unreadable = UNREADABLE.formatted(devices);
            found.addAll(came(times(handle.createQuery(unreadable)), patientSince, Long.MAX_VALUE));
            found.addAll(came(times(handle.createQuery(unreadable)), Long.MIN_VALUE, patientSince));
            return found;
        }

        private List<Open> inKeys(Handle handle, String sql) {
            return rows(keys(handle.createQuery(sql)));
        }

        private List<Open> came(Query query, long after, long by) {
            return rows(query.bind("cameAfter", after).bind("cameBy", by));
        }

        private Query keys(Query query) {
            return query.bind("fromKey", PunchKey.before(from).value())
                    .bind("untilKey", PunchKey.before(until).value());
        }

        private Query times(Query query) {
            return query.bind("from", from.toEpochMilli()).bind("until", until.toEpochMilli());
        }

        private List<Open> rows(Query query) {
            if (!whose.devices().isEmpty()) {
                query.bindList("devices", names());
            }
            return query.bind("limit", limit).map((row, context) -> open(row)).list();
        }

        private List<String> names() {
            return whose.devices().stream()
                    .map(SerialNumber::value)
                    .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                PunchState.valueOf(row.getString("state")),
                Rows.instant(row, "punched_at"),
                Instant.ofEpochMilli(row.getLong("received_at")));
    }
}
