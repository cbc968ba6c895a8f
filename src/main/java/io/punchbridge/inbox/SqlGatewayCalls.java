package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Calls in a table beside the punches, on either engine. */
final class SqlGatewayCalls implements GatewayCalls {
    private static final String KEEP = """
            INSERT INTO gateway_call (operation_id, device, operation, sent_at, took, status_code, outcome)
            VALUES (:operationId, :device, :operation, :sentAt, :took, :statusCode, :outcome)""";

    private static final String RECENT = """
            SELECT * FROM gateway_call ORDER BY sent_at DESC, operation_id DESC LIMIT :limit""";

    private static final String RECENT_OF_DEVICE = """
            SELECT * FROM gateway_call WHERE device = :device
            ORDER BY sent_at DESC, operation_id DESC LIMIT :limit""";

    private static final String PURGE = """
            DELETE FROM gateway_call WHERE operation_id IN (
                SELECT operation_id FROM gateway_call WHERE sent_at < :before
                ORDER BY sent_at, operation_id LIMIT :limit)""";

    private final Transactions transactions;

    SqlGatewayCalls(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void keep(GatewayCall call) {
        transactions.write(handle -> handle.createUpdate(KEEP)
                .bind("operationId", Rows.text(call.operationId()))
                .bind("device", Rows.text(call.device().value()))
                .bind("operation", Rows.text(call.operation()))
                .bind("sentAt", Rows.millis(call.sentAt()))
                .bind("took", call.took().toMillis())
                .bind("statusCode", call.statusCode())
                .bind("outcome", Rows.text(call.outcome()))
                .execute());
    }

    @Override
    public List<GatewayCall> recent(@Nullable SerialNumber device, int limit) {
        return transactions.read(handle -> {
            Query query = handle.createQuery(device == null ? RECENT : RECENT_OF_DEVICE)
                    .bind("limit", limit);
            if (device != null) {
                query.bind("device", device.value());
            }
            return query.map((row, context) -> call(row)).list();
        });
    }

    private static GatewayCall call(ResultSet row) throws SQLException {
        int code = row.getInt("status_code");
        Integer statusCode = row.wasNull() ? null : Integer.valueOf(code);
        return new GatewayCall(
                row.getString("operation_id"),
                new SerialNumber(row.getString("device")),
                row.getString("operation"),
                Instant.ofEpochMilli(row.getLong("sent_at")),
                Duration.ofMillis(row.getLong("took")),
                statusCode,
                row.getString("outcome"));
    }

    @Override
    public int purge(Instant before, int limit) {
        return transactions.write(handle -> handle.createUpdate(PURGE)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }
}
