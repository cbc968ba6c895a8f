package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Along the index of the newest events, in which no device stands: a stretch of it is looked at. */
final class SqlEventSearch implements EventSearch {
    static final int LOOKED_AT = 10_000;

    private static final String BEFORE = "FROM event WHERE (received_at, event_key) < (:at, :key)";
    private static final String NEWEST_FIRST = "ORDER BY received_at DESC, event_key DESC LIMIT ";
    private static final String STRETCH =
            "SELECT received_at, event_key " + BEFORE + " " + NEWEST_FIRST + "1 OFFSET :skip";
    private static final String ROWS =
            "SELECT * " + BEFORE + " AND (received_at, event_key) >= (:from, :fromKey)%s " + NEWEST_FIRST + ":limit";
    private static final String OF_A_DEVICE = " AND device = :device";

    private final Transactions transactions;
    private final int lookedAt;

    SqlEventSearch(Transactions transactions) {
        this(transactions, LOOKED_AT);
    }

    SqlEventSearch(Transactions transactions, int lookedAt) {
        this.transactions = transactions;
        this.lookedAt = lookedAt;
    }

    @Override
    public Page page(@Nullable SerialNumber device, @Nullable Place after, int limit) {
        long at = after == null ? Long.MAX_VALUE : after.receivedAt().toEpochMilli();
        String key = after == null ? "" : after.key();
        return transactions.read(handle -> {
            Place stretch = device == null ? null : stretch(handle, at, key);
            var query = handle.createQuery(ROWS.formatted(device == null ? "" : OF_A_DEVICE))
                    .bind("at", at)
                    .bind("key", key)
                    .bind(
                            "from",
                            stretch == null
                                    ? Long.MIN_VALUE
                                    : stretch.receivedAt().toEpochMilli())
                    .bind("fromKey", stretch == null ? "" : stretch.key())
                    .bind("limit", limit);
            if (device != null) {
                query.bind("device", device.value());
            }
            List<StoredEvent> events =
                    query.map((row, context) -> Rows.storedEvent(row)).list();
            return new Page(List.copyOf(events), events.size() == limit ? place(events.get(limit - 1)) : stretch);
        });
    }

    /** The last one that is looked at; null if there are fewer. */
    private @Nullable Place stretch(Handle handle, long at, String key) {
        return handle.createQuery(STRETCH)
                .bind("at", at)
                .bind("key", key)
                .bind("skip", lookedAt - 1)
                .map((row, context) ->
                        new Place(Instant.ofEpochMilli(row.getLong("received_at")), row.getString("event_key")))
                .findFirst()
                .orElse(null);
    }

    private static Place place(StoredEvent event) {
        return new Place(event.receivedAt(), event.event().key());
    }
}
