package io.punchbridge.bench;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedFrappe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;

/** Fills a store with more rows than would fit through the door in the time there is. The service must not run. */
final class Store {
    private static final int ROWS_A_STEP = 10_000;
    private static final String INSERT = """
            INSERT INTO punch (punch_key, device, user_id, punched_at, type, sent_type, log_time, operation_id,
                input_type, source, priority, received_at, state, employee, checkin, settled_at, reason)
            VALUES (?, ?, ?, ?, 'CHECK_IN', 'CheckIn', ?, '9nu1wak5616p', 'Fingerprint', ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Path file;

    private Store(Path file) {
        this.file = file;
    }

    /** The store of a service that ran for a moment, so that its schema is the service's own. */
    static Store in(Path directory) throws IOException {
        Path file = Service.store(directory);
        if (!Files.exists(file)) {
            try (SimulatedFrappe frappe =
                            SimulatedFrappe.withEmployees(Clock.systemUTC(), 1).start();
                    Service service = Service.start(directory, frappe)) {
                service.port();
            }
        }
        return new Store(file);
    }

    /** Punches of history that wait for delivery. */
    void addHistory(Punches punches, int count) throws SQLException {
        add(punches, count, "LOAD_LOG", 1, "PENDING");
    }

    /** Live punches that wait for delivery. */
    void addLive(Punches punches, int count) throws SQLException {
        add(punches, count, "CALLBACK", 0, "PENDING");
    }

    void addDelivered(Punches punches, int count) throws SQLException {
        add(punches, count, "CALLBACK", 0, "DELIVERED");
    }

    /** Punches of ids that no employee has. */
    void addHeld(Punches punches, int count) throws SQLException {
        add(punches, count, "CALLBACK", 0, "HELD");
    }

    private void add(Punches punches, int count, String source, int priority, String state) throws SQLException {
        long now = Clock.systemUTC().millis();
        try (Connection connection = open()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int i = 1; i <= count; i++) {
                    bind(insert, punches.next(), source, priority, state, now);
                    insert.addBatch();
                    if (i % ROWS_A_STEP == 0 || i == count) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO punch_count (state, slot, n) SELECT '%s', 0, %d WHERE true ON CONFLICT (state, slot) DO UPDATE SET n = n + excluded.n"
                                .formatted(state, count));
            }
            connection.commit();
        }
        checkpoint();
    }

    private static void bind(
            PreparedStatement insert, Punches.Next punch, String source, int priority, String state, long now)
            throws SQLException {
        boolean delivered = state.equals("DELIVERED");
        insert.setString(1, punch.key().value());
        insert.setString(2, Punches.SERIAL_NUMBER);
        insert.setString(3, Integer.toString(punch.user()));
        insert.setLong(4, punch.at().toEpochMilli());
        insert.setString(5, punch.at().toString());
        insert.setString(6, source);
        insert.setInt(7, priority);
        insert.setLong(8, now);
        insert.setString(9, state);
        insert.setString(10, delivered ? punch.employee() : null);
        insert.setString(11, delivered ? "EMP-CKIN-01-2026-000001" : null);
        insert.setObject(12, state.equals("PENDING") ? null : now);
        insert.setString(13, state.equals("HELD") ? "No active employee has this Attendance Device ID." : null);
    }

    /** Takes away what a service stored after the delivered rows that were put in here. */
    void keepOnlyBefore(Instant end, int delivered) throws SQLException {
        String firstKey = PunchKey.of(SerialNumber.UNKNOWN, new UserId("0"), end, "")
                .value()
                .substring(0, 16);
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM punch WHERE punch_key > '%s'".formatted(firstKey));
            statement.executeUpdate("DELETE FROM punch_count");
            statement.executeUpdate(
                    "INSERT INTO punch_count (state, slot, n) VALUES ('DELIVERED', 0, %d)".formatted(delivered));
        }
        if (count("state = 'DELIVERED'") != delivered) {
            throw new IllegalStateException("the kept store is not what it was; delete its directory: " + file);
        }
        checkpoint();
    }

    long count(String condition) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM punch WHERE " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void checkpoint() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Without waiting for the disk: a store that is being filled is worth nothing yet. */
    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -262144");
        }
        return connection;
    }
}
