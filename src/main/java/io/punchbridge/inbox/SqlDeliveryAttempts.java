package io.punchbridge.inbox;

import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.punch.PunchKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code delivery_attempt}, written within the transactions of {@link SqlPunchStore}. Only who has a punch's claim
 * adds to it, so nobody else numbers at the same time.
 */
final class SqlDeliveryAttempts {
    /** Beside the first, so that a punch that is tried for weeks doesn't grow the storage. */
    static final int NEWEST_KEPT = 20;

    private static final String CUT_OFF =
            "Nobody told what came of it: the process that had taken the punch up ended, took longer than it may, or"
                    + " could not write it down.";

    private static final String NUMBERS = """
            SELECT punch_key, max(number) AS newest FROM delivery_attempt WHERE punch_key IN (%s)
            GROUP BY punch_key""";

    private static final String KEEP = """
            INSERT INTO delivery_attempt
                (punch_key, number, begun_at, took_ms, outcome, status, words, punches, checkin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String FORGET_OLD =
            "DELETE FROM delivery_attempt WHERE punch_key = ? AND number > 1 AND number <= ?";

    private static final String FORGET = "DELETE FROM delivery_attempt WHERE punch_key = ?";

    private static final String OF = "SELECT * FROM delivery_attempt WHERE punch_key = :key ORDER BY number";

    private SqlDeliveryAttempts() {}

    /** That a claim of an instant came to no end. */
    static Attempted cutOff(PunchKey punch, Instant claimedAt) {
        return new Attempted(punch, claimedAt, null, Outcome.UNKNOWN, 0, CUT_OFF, 0, null);
    }

    static void keep(Handle handle, Collection<Attempted> attempts) throws SQLException {
        if (attempts.isEmpty()) {
            return;
        }
        // Stable: those of one punch stay in their order.
        List<Attempted> inOrder = attempts.stream()
                .sorted(Comparator.comparing(attempt -> attempt.punch().value()))
                .toList();
        Map<String, Long> numbers = numbers(handle, inOrder);
        insert(handle, inOrder, numbers);
        forgetOld(handle, numbers);
    }

    /** The newest number of each punch that has one; one statement and plain JDBC, since callbacks wait meanwhile. */
    private static Map<String, Long> numbers(Handle handle, List<Attempted> attempts) throws SQLException {
        List<String> keys = attempts.stream()
                .map(attempt -> attempt.punch().value())
                .distinct()
                .toList();
        Map<String, Long> numbers = new HashMap<>();
        String sql = NUMBERS.formatted(String.join(", ", Collections.nCopies(keys.size(), "?")));
        try (PreparedStatement newest = handle.getConnection().prepareStatement(sql)) {
            for (int i = 0; i < keys.size(); i++) {
                newest.setString(i + 1, keys.get(i));
            }
            try (ResultSet rows = newest.executeQuery()) {
                while (rows.next()) {
                    numbers.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return numbers;
    }

    /** Counts the numbers on. */
    private static void insert(Handle handle, List<Attempted> attempts, Map<String, Long> numbers) throws SQLException {
        try (PreparedStatement keep = handle.getConnection().prepareStatement(KEEP)) {
            for (Attempted attempt : attempts) {
                Duration took = attempt.took();
                keep.setString(1, attempt.punch().value());
                keep.setLong(2, numbers.merge(attempt.punch().value(), 1L, Long::sum));
                keep.setLong(3, attempt.at().toEpochMilli());
                Rows.setLong(keep, 4, took == null ? null : took.toMillis());
                keep.setString(5, attempt.outcome().name());
                keep.setInt(6, attempt.status());
                keep.setString(7, Rows.text(attempt.words()));
                keep.setInt(8, attempt.punches());
                keep.setString(9, Rows.text(attempt.checkin()));
                keep.addBatch();
            }
            keep.executeBatch();
        }
    }

    private static void forgetOld(Handle handle, Map<String, Long> numbers) throws SQLException {
        List<String> many = numbers.entrySet().stream()
                .filter(newest -> newest.getValue() > NEWEST_KEPT + 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (many.isEmpty()) {
            return;
        }
        try (PreparedStatement forget = handle.getConnection().prepareStatement(FORGET_OLD)) {
            for (String key : many) {
                forget.setString(1, key);
                forget.setLong(2, numbers.getOrDefault(key, 0L) - NEWEST_KEPT);
                forget.addBatch();
            }
            forget.executeBatch();
        }
    }

    /** Of purged punches. */
    static void forget(Handle handle, List<PunchKey> punches) throws SQLException {
        if (punches.isEmpty()) {
            return;
        }
        try (PreparedStatement forget = handle.getConnection().prepareStatement(FORGET)) {
            for (PunchKey punch : punches) {
                forget.setString(1, punch.value());
                forget.addBatch();
            }
            forget.executeBatch();
        }
    }

    /** Oldest first. */
    static List<DeliveryAttempt> of(Handle handle, PunchKey key) {
        return handle.createQuery(OF)
                .bind("key", key.value())
                .map((row, context) -> attempt(row))
                .list();
    }

    private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                took(row),
                StoredWord.read(Outcome.class, row.getString("outcome")),
                row.getInt("status"),
                row.getString("words"),
                row.getInt("punches"),
                row.getString("checkin"));
    }

    private static @Nullable Duration took(ResultSet row) throws SQLException {
        long millis = row.getLong("took_ms");
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }
}
