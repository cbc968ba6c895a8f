package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of what is known of each device's completeness. */
final class DeviceRows {
    /** An instant ahead of the clock was set by a clock that was wrong. */
    private static final String WATCH = """
            INSERT INTO device_history (device, watched_since) VALUES (:device, :now)
            ON CONFLICT (device) DO UPDATE SET watched_since = excluded.watched_since
            WHERE device_history.watched_since IS NULL OR device_history.watched_since > excluded.watched_since""";

    private static final String VERIFY = """
            INSERT INTO device_history (device, verified_since, verified_until, verified_by, verified_at)
            VALUES (:device, :since, :until, :run, :at)
            ON CONFLICT (device) DO UPDATE SET verified_since = excluded.verified_since,
                verified_until = excluded.verified_until, verified_by = excluded.verified_by,
                verified_at = excluded.verified_at""";

    private static final String FORGET = """
            UPDATE device_history
            SET verified_since = NULL, verified_until = NULL, verified_by = NULL, verified_at = NULL
            WHERE device = :device""";

    private static final String COUNT_LOST = """
            INSERT INTO lost_punch_count (device, day, n) VALUES (:device, :day, :n)
            ON CONFLICT (device, day) DO UPDATE SET n = lost_punch_count.n + excluded.n""";

    private static final String PURGE_LOST = """
            DELETE FROM lost_punch_count WHERE (device, day) IN (
                SELECT device, day FROM lost_punch_count WHERE day < :before ORDER BY day, device LIMIT :limit)""";

    private static final String LAST_CALLBACK = """
            SELECT max(received_at) FROM punch
            WHERE punch_key > :after AND device = :device AND source = 'CALLBACK'""";

    private DeviceRows() {}

    static void watch(Handle handle, SerialNumber device, Instant now) {
        handle.createUpdate(WATCH)
                .bind("device", Rows.text(device.value()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<Instant> watchedSince(Handle handle, SerialNumber device) {
        return handle.createQuery("SELECT watched_since FROM device_history WHERE device = :device")
                .bind("device", Rows.text(device.value()))
                .map((row, context) -> Optional.ofNullable(Rows.instant(row, "watched_since")))
                .findFirst()
                .flatMap(since -> since);
    }

    /** Of all watched devices. */
    static Map<SerialNumber, Instant> watchedSince(Handle handle) {
        Map<SerialNumber, Instant> watched = new LinkedHashMap<>();
        handle.createQuery("SELECT device, watched_since FROM device_history WHERE watched_since IS NOT NULL")
                .map((row, context) -> Map.entry(
                        new SerialNumber(row.getString("device")), Instant.ofEpochMilli(row.getLong("watched_since"))))
                .forEach(one -> watched.put(one.getKey(), one.getValue()));
        return watched;
    }

    static @Nullable Verified verified(Handle handle, SerialNumber device) {
        return handle.createQuery("SELECT * FROM device_history WHERE device = :device AND verified_until IS NOT NULL")
                .bind("device", Rows.text(device.value()))
                .map((row, context) -> verified(row))
                .findFirst()
                .orElse(null);
    }

    static Map<SerialNumber, Verified> verified(Handle handle) {
        Map<SerialNumber, Verified> verified = new LinkedHashMap<>();
        handle.createQuery("SELECT * FROM device_history WHERE verified_until IS NOT NULL ORDER BY device")
                .map((row, context) -> Map.entry(new SerialNumber(row.getString("device")), verified(row)))
                .forEach(one -> verified.put(one.getKey(), one.getValue()));
        return verified;
    }

    private static Verified verified(ResultSet row) throws SQLException {
        return new Verified(
                Instant.ofEpochMilli(row.getLong("verified_since")),
                Instant.ofEpochMilli(row.getLong("verified_until")),
                row.getString("verified_by"),
                Instant.ofEpochMilli(row.getLong("verified_at")));
    }

    static void verify(Handle handle, SerialNumber device, Verified verified) {
        handle.createUpdate(VERIFY)
                .bind("device", Rows.text(device.value()))
                .bind("since", verified.since().toEpochMilli())
                .bind("until", verified.until().toEpochMilli())
                .bind("run", verified.run())
                .bind("at", verified.at().toEpochMilli())
                .execute();
    }

    static void forget(Handle handle, SerialNumber device) {
        handle.createUpdate(FORGET).bind("device", Rows.text(device.value())).execute();
    }

    static void countLost(Handle handle, SerialNumber device, LocalDate day, long punches) {
        handle.createUpdate(COUNT_LOST)
                .bind("device", Rows.text(device.value()))
                .bind("day", day.toString())
                .bind("n", punches)
                .execute();
    }

    static Map<LocalDate, Long> lostByDay(Handle handle, SerialNumber device) {
        Map<LocalDate, Long> lost = new LinkedHashMap<>();
        handle.createQuery("SELECT day, n FROM lost_punch_count WHERE device = :device ORDER BY day")
                .bind("device", Rows.text(device.value()))
                .map((row, context) -> Map.entry(LocalDate.parse(row.getString("day")), row.getLong("n")))
                .forEach(day -> lost.put(day.getKey(), day.getValue()));
        return lost;
    }

    static int purgeLost(Handle handle, LocalDate before, int limit) {
        return handle.createUpdate(PURGE_LOST)
                .bind("before", before.toString())
                .bind("limit", limit)
                .execute();
    }

    static Optional<Instant> lastCallback(Handle handle, SerialNumber device, Instant punchedAfter) {
        List<Optional<Instant>> newest = handle.createQuery(LAST_CALLBACK)
                .bind("after", PunchKey.before(punchedAfter).value())
                .bind("device", Rows.text(device.value()))
                .map((row, context) -> {
                    long millis = row.getLong(1);
                    return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(millis));
                })
                .list();
        return newest.get(0);
    }
}
