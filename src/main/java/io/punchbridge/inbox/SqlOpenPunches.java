package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/**
 * Along the partial indexes that leave delivered punches out: a key begins with the punch's second, so that a range of
 * time is a range of each index. Of quarantined ones the key's time means nothing, so that all of them are looked at; there
 * are few. All is one statement: a punch that is released between two would be in neither answer.
 */
final class SqlOpenPunches implements OpenPunches {
    private static final String COLUMNS =
            "SELECT punch_key, device, state, punched_at, received_at, CAST(NULL AS BIGINT) AS proven_before FROM punch";

    private static final String PENDING = COLUMNS + """
             WHERE state = 'PENDING' AND priority = %d AND punch_key >= :fromKey AND punch_key < :untilKey%s
            ORDER BY punch_key LIMIT :limit""";

    private static final String SET_ASIDE = COLUMNS + """
             WHERE state = '%s' AND state NOT IN ('PENDING', 'DELIVERED')
                AND punch_key >= :fromKey AND punch_key < :untilKey%s%s
            ORDER BY punch_key LIMIT :limit""";

    /** Each scheduled run begins where the device is proven, so the one that came through last went furthest. */
    private static final String QUARANTINED = """
            SELECT punch_key, device, state, punched_at, received_at, proven_before FROM (
                SELECT punch_key, device, state, punched_at, received_at, COALESCE(
                    (SELECT proven_until FROM history_run AS run
                        WHERE run.device = punch.device AND run.started_at <= punch.received_at
                            AND run.wanted_by = 'SCHEDULE' AND run.state = 'DONE' AND run.ended_at <= punch.received_at
                        ORDER BY run.started_at DESC, run.run_id DESC LIMIT 1),
                    (SELECT 0 FROM history_run AS run WHERE run.device = punch.device LIMIT 1)) AS proven_before
                FROM punch
                WHERE state = 'QUARANTINED' AND state NOT IN ('PENDING', 'DELIVERED') AND received_at >= :from%s%s
            ) AS quarantined
            ORDER BY CASE
                WHEN punched_at >= :from AND punched_at < received_at THEN punched_at
                WHEN proven_before >= received_at THEN received_at
                WHEN proven_before < :from THEN :from
                ELSE COALESCE(proven_before, received_at) END
            LIMIT :limit""";

    private static final String WITHIN_PATIENCE = " AND received_at > :patientSince";
    private static final String BEYOND_PATIENCE = " AND received_at <= :patientSince";

    private static final String OF_THESE = " AND (device IN (<devices>) OR upper(device) IN (<devices>))";
    private static final String OF_OTHERS = " AND NOT (device IN (<devices>) OR upper(device) IN (<devices>))";

    private final Transactions transactions;

    SqlOpenPunches(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Open> oldest(Whose whose, Instant from, Instant until, Instant patientSince, int limit) {
        if (whose.devices().isEmpty() && !whose.others()) {
            return List.of();
        }
        String sql = sql(whose);
        List<Open> found = transactions.read(handle -> {
            Query query = handle.createQuery(sql);
            if (!whose.devices().isEmpty()) {
                query.bindList("devices", names(whose));
            }
            return query.bind("fromKey", PunchKey.before(from).value())
                    .bind("untilKey", PunchKey.before(until).value())
                    .bind("from", from.toEpochMilli())
                    .bind("patientSince", patientSince.toEpochMilli())
                    .bind("limit", limit)
                    .map((row, context) -> open(row))
                    .list();
        });
        return found.stream()
                .sorted(Comparator.comparing((Open open) -> open.holdsFrom(from))
                        .thenComparing(open -> open.key().value()))
                .toList();
    }

    /** The whole statement. */
    static String sql(Whose whose) {
        String devices = whose.devices().isEmpty() ? "" : whose.others() ? OF_OTHERS : OF_THESE;
        return Stream.of(
                        PENDING.formatted(0, devices),
                        PENDING.formatted(1, devices),
                        SET_ASIDE.formatted(PunchState.REJECTED, "", devices),
                        SET_ASIDE.formatted(PunchState.HELD, WITHIN_PATIENCE, devices),
                        SET_ASIDE.formatted(PunchState.HELD, BEYOND_PATIENCE, devices),
                        QUARANTINED.formatted(WITHIN_PATIENCE, devices),
                        QUARANTINED.formatted(BEYOND_PATIENCE, devices))
                .map(part -> "SELECT * FROM (" + part + ") AS part")
                .collect(Collectors.joining("\nUNION ALL "));
    }

    private static List<String> names(Whose whose) {
        return whose.devices().stream()
                .map(SerialNumber::value)
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .distinct()
                .sorted()
                .toList();
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                PunchState.valueOf(row.getString("state")),
                Rows.instant(row, "punched_at"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                Rows.instant(row, "proven_before"));
    }
}
