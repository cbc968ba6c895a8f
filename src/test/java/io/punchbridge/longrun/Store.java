package io.punchbridge.longrun;

import io.punchbridge.punch.PunchKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks into the service's store, while it runs or not. Changes nothing. */
final class Store implements AutoCloseable {
    /** How far a device is verified: every punch from the one instant (inclusive) to the other is said to be here. */
    record Range(Instant since, Instant until) {}

    /** A run as it was reported. */
    record Report(
            String device,
            Instant from,
            Instant until,
            String state,
            Instant provenUntil,
            long newPunches,
            long lost,
            @Nullable String reason) {}

    private final Connection connection;
    private final PreparedStatement isStored;
    private final PreparedStatement isPending;

    Store(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA query_only = 1");
        }
        isStored = connection.prepareStatement("SELECT 1 FROM punch WHERE punch_key = ?");
        isPending = connection.prepareStatement("SELECT 1 FROM punch WHERE state = 'PENDING' LIMIT 1");
    }

    /** Since when callbacks of a device are expected. */
    Optional<Instant> watchedSince(String device) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT watched_since FROM device_history WHERE device = ?")) {
            query.setString(1, device);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                long since = rows.getLong(1);
                return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since));
            }
        }
    }

    /** By serial number. */
    Map<String, Range> verified() throws SQLException {
        Map<String, Range> verified = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT device, verified_since, verified_until"
                        + " FROM device_history WHERE verified_until IS NOT NULL")) {
            while (rows.next()) {
                verified.put(
                        rows.getString(1),
                        new Range(Instant.ofEpochMilli(rows.getLong(2)), Instant.ofEpochMilli(rows.getLong(3))));
            }
        }
        return verified;
    }

    boolean holds(PunchKey key) throws SQLException {
        isStored.setString(1, key.value());
        try (ResultSet rows = isStored.executeQuery()) {
            return rows.next();
        }
    }

    boolean anyPending() throws SQLException {
        try (ResultSet rows = isPending.executeQuery()) {
            return rows.next();
        }
    }

    /** All runs, in the order in which they began. */
    List<Report> runs() throws SQLException {
        List<Report> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT device, from_at, until_at, state, proven_until, new_punches, lost_punches, reason"
                                + " FROM history_run ORDER BY started_at, ended_at")) {
            while (rows.next()) {
                runs.add(new Report(
                        rows.getString(1),
                        Instant.ofEpochMilli(rows.getLong(2)),
                        Instant.ofEpochMilli(rows.getLong(3)),
                        rows.getString(4),
                        Instant.ofEpochMilli(rows.getLong(5)),
                        rows.getLong(6),
                        rows.getLong(7),
                        rows.getString(8)));
            }
        }
        return runs;
    }

    /** Lost punches, as said by device and day. */
    Map<String, Map<LocalDate, Long>> lostByDay() throws SQLException {
        Map<String, Map<LocalDate, Long>> lost = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT device, day, n FROM lost_punch_count")) {
            while (rows.next()) {
                lost.computeIfAbsent(rows.getString(1), device -> new TreeMap<>())
                        .put(LocalDate.parse(rows.getString(2)), rows.getLong(3));
            }
        }
        return lost;
    }

    /** How many of the stored punches came by the load log. */
    long fromLog() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM punch WHERE source = 'LOAD_LOG'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Map<String, Long> states() throws SQLException {
        Map<String, Long> states = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT state, count(*) FROM punch GROUP BY state")) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getLong(2));
            }
        }
        return states;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
