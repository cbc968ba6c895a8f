package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table {@code found_near}: read for whoever asks, written within the transactions of {@link SqlPunchStore}. */
final class SqlFoundNear implements FoundNear {
    private static final String KEEP = """
            INSERT INTO found_near (punch_key, device, punched_at, checkin, log_type, found_log_type, seconds_later,
                found_at)
            SELECT punch_key, device, punched_at, ?, ?, ?, ?, ? FROM punch WHERE punch_key = ?
            ON CONFLICT (punch_key) DO UPDATE SET checkin = excluded.checkin, log_type = excluded.log_type,
                found_log_type = excluded.found_log_type, seconds_later = excluded.seconds_later,
                found_at = excluded.found_at""";

    private static final String FORGET = "DELETE FROM found_near WHERE punch_key = ?";

    /** One statement a step of the purge, since hardly any punch has such a row. */
    private static final String FORGET_PURGED = """
            DELETE FROM found_near
            WHERE punch_key >= :first AND punch_key <= :last
                AND NOT EXISTS (SELECT 1 FROM punch WHERE punch.punch_key = found_near.punch_key)""";

    static final String OF = """
            SELECT * FROM found_near
            WHERE device = :device AND punch_key > :after AND punch_key >= :from AND punch_key < :until
            ORDER BY punch_key LIMIT :limit""";

    private static final String ONE = "SELECT * FROM found_near WHERE punch_key = :key";

    private static final String COUNT = """
            SELECT count(*) FROM found_near
            WHERE device = :device AND punch_key >= :from AND punch_key < :until""";

    private final Transactions transactions;

    SqlFoundNear(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Found> of(SerialNumber device, Instant from, Instant until, @Nullable PunchKey after, int limit) {
        return transactions.read(handle -> handle.createQuery(OF)
                .bind("device", device.value())
                .bind("after", after == null ? "" : after.value())
                .bind("from", PunchKey.before(from).value())
                .bind("until", PunchKey.before(until).value())
                .bind("limit", limit)
                .map((row, context) -> found(row))
                .list());
    }

    /** What was found near one punch, within a transaction that asks for more. */
    static Optional<Found> of(Handle handle, PunchKey key) {
        return handle.createQuery(ONE)
                .bind("key", key.value())
                .map((row, context) -> found(row))
                .findFirst();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                Instant.ofEpochMilli(row.getLong("punched_at")),
                row.getString("checkin"),
                new NearCheckin(
                        row.getString("log_type"), row.getString("found_log_type"), row.getLong("seconds_later")),
                Instant.ofEpochMilli(row.getLong("found_at")));
    }

    @Override
    public long count(SerialNumber device, Instant from, Instant until) {
        return transactions.read(handle -> handle.createQuery(COUNT)
                .bind("device", device.value())
                .bind("from", PunchKey.before(from).value())
                .bind("until", PunchKey.before(until).value())
                .mapTo(Long.class)
                .one());
    }

    /** Of settlements in the order of their keys, those that say so. */
    static void keep(Handle handle, List<Settlement> settled, Instant now) throws SQLException {
        List<Settlement> near =
                settled.stream().filter(settlement -> settlement.near() != null).toList();
        if (near.isEmpty()) {
            return;
        }
        try (PreparedStatement keep = handle.getConnection().prepareStatement(KEEP)) {
            for (Settlement settlement : near) {
                NearCheckin difference = Objects.requireNonNull(settlement.near());
                keep.setString(1, Rows.text(settlement.checkin()));
                keep.setString(2, Rows.text(difference.logType()));
                keep.setString(3, Rows.text(difference.foundLogType()));
                keep.setLong(4, difference.secondsLater());
                keep.setLong(5, now.toEpochMilli());
                keep.setString(6, settlement.key().value());
                keep.addBatch();
            }
            keep.executeBatch();
        }
    }

    /** Of punches that are to be delivered anew. */
    static void forget(Handle handle, Collection<PunchKey> keys) {
        PreparedBatch forget = handle.prepareBatch(FORGET);
        keys.stream().map(PunchKey::value).sorted().forEach(key -> forget.add(key));
        forget.execute();
    }

    /** Between two keys, both inclusive, whatever has lost its punch. */
    static void forgetPurged(Handle handle, PunchKey first, PunchKey last) {
        handle.createUpdate(FORGET_PURGED)
                .bind("first", first.value())
                .bind("last", last.value())
                .execute();
    }
}
