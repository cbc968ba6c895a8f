package io.punchbridge.inbox;

import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.PunchType;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stored shape of punches and events, and the way between it and the domain. */
final class Rows {
    static final String INSERT_PUNCH = """
            INSERT INTO punch (punch_key, device, user_id, punched_at, type, sent_type, log_time, gateway_time,
                operation_id, input_type, temperature, face_mask, extra, content, source, priority, received_at, state,
                reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (punch_key) DO NOTHING""";

    static final String INSERT_EVENT = """
            INSERT INTO event (event_key, device, operation, user_id, operation_id, content, received_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (event_key) DO NOTHING""";

    private Rows() {}

    /** Binds {@link #INSERT_PUNCH}. */
    static void bind(PreparedStatement insert, Punch punch, Source source, Instant receivedAt) throws SQLException {
        PunchDetails details = punch.details();
        Boolean faceMask = details.faceMask();
        insert.setString(1, punch.key().value());
        insert.setString(2, text(punch.device().value()));
        insert.setString(3, text(punch.user().value()));
        setLong(insert, 4, millis(punch.at()));
        insert.setString(5, punch.type().name());
        insert.setString(6, text(punch.sentType()));
        insert.setString(7, text(details.logTime()));
        setLong(insert, 8, millis(details.gatewayTime()));
        insert.setString(9, text(details.operationId()));
        insert.setString(10, text(details.inputType()));
        insert.setString(11, text(details.temperature()));
        setFlag(insert, 12, faceMask);
        insert.setString(13, text(details.extra()));
        insert.setString(14, null);
        insert.setString(15, source.name());
        insert.setInt(16, priority(source));
        setLong(insert, 17, millis(receivedAt));
        insert.setString(18, PunchState.PENDING.name());
        insert.setString(19, null);
    }

    /** Binds {@link #INSERT_PUNCH}. */
    static void bind(PreparedStatement insert, UnreadablePunch unreadable, Source source, Instant receivedAt)
            throws SQLException {
        UserId user = unreadable.user();
        insert.setString(1, unreadable.key().value());
        insert.setString(2, text(unreadable.device().value()));
        insert.setString(3, user == null ? null : text(user.value()));
        setLong(insert, 4, millis(unreadable.at()));
        insert.setString(5, null);
        insert.setString(6, null);
        insert.setString(7, null);
        setLong(insert, 8, null);
        insert.setString(9, null);
        insert.setString(10, null);
        insert.setString(11, null);
        setFlag(insert, 12, null);
        insert.setString(13, null);
        insert.setString(14, text(unreadable.content()));
        insert.setString(15, source.name());
        insert.setInt(16, priority(source));
        setLong(insert, 17, millis(receivedAt));
        insert.setString(18, PunchState.QUARANTINED.name());
        insert.setString(19, text(unreadable.reason()));
    }

    /** Binds {@link #INSERT_EVENT}. */
    static void bind(PreparedStatement insert, DeviceEvent event, Instant receivedAt) throws SQLException {
        UserId user = event.user();
        insert.setString(1, event.key());
        insert.setString(2, text(event.device().value()));
        insert.setString(3, text(event.operation()));
        insert.setString(4, user == null ? null : text(user.value()));
        insert.setString(5, text(event.operationId()));
        insert.setString(6, text(event.content()));
        setLong(insert, 7, millis(receivedAt));
    }

    static void setLong(PreparedStatement insert, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            insert.setNull(index, Types.BIGINT);
        } else {
            insert.setLong(index, value);
        }
    }

    private static void setFlag(PreparedStatement insert, int index, @Nullable Boolean value) throws SQLException {
        if (value == null) {
            insert.setNull(index, Types.INTEGER);
        } else {
            insert.setInt(index, value ? 1 : 0);
        }
    }

    static WaitingPunch waitingPunch(ResultSet row) throws SQLException {
        UserId user = Objects.requireNonNull(user(row), "a readable punch has a user");
        Instant at = Objects.requireNonNull(instant(row, "punched_at"), "a readable punch has a time");
        PunchType type = Objects.requireNonNull(type(row), "a readable punch has a type");
        Punch punch = new Punch(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                user,
                at,
                type,
                row.getString("sent_type"),
                details(row));
        return new WaitingPunch(
                punch,
                Source.valueOf(row.getString("source")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                instant(row, "in_doubt_since"),
                row.getString("reason"));
    }

    static StoredPunch storedPunch(ResultSet row) throws SQLException {
        return new StoredPunch(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                user(row),
                instant(row, "punched_at"),
                type(row),
                row.getString("sent_type"),
                details(row),
                row.getString("content"),
                Source.valueOf(row.getString("source")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                PunchState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("employee"),
                row.getString("checkin"),
                instant(row, "settled_at"));
    }

    static StoredEvent storedEvent(ResultSet row) throws SQLException {
        DeviceEvent event = new DeviceEvent(
                row.getString("event_key"),
                new SerialNumber(row.getString("device")),
                row.getString("operation"),
                user(row),
                row.getString("operation_id"),
                row.getString("content"));
        return new StoredEvent(event, Instant.ofEpochMilli(row.getLong("received_at")));
    }

    /** Live punches are claimed before history. */
    private static int priority(Source source) {
        return source == Source.CALLBACK ? 0 : 1;
    }

    private static PunchDetails details(ResultSet row) throws SQLException {
        int flag = row.getInt("face_mask");
        Boolean faceMask = row.wasNull() ? null : Boolean.valueOf(flag != 0);
        return new PunchDetails(
                row.getString("log_time"),
                instant(row, "gateway_time"),
                row.getString("operation_id"),
                row.getString("input_type"),
                row.getString("temperature"),
                faceMask,
                row.getString("extra"));
    }

    private static @Nullable UserId user(ResultSet row) throws SQLException {
        String user = row.getString("user_id");
        return user == null ? null : new UserId(user);
    }

    private static @Nullable PunchType type(ResultSet row) throws SQLException {
        String type = row.getString("type");
        return type == null ? null : PunchType.valueOf(type);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException beyondMillis) {
            // A device may claim any year; one absurd time must not refuse the others that share its transaction.
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** PostgreSQL's text takes no NUL, and one refused value would refuse all that share its transaction. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
