package io.punchbridge.inbox;

import io.punchbridge.inbox.Actions.Action;
import io.punchbridge.inbox.Actions.Kind;
import io.punchbridge.inbox.Actions.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row of {@code delivery_pause}. The statements that claim look at it themselves. */
final class SqlDeliveryPause implements DeliveryPause {
    private static final String PAUSE = """
            INSERT INTO delivery_pause (one, since, authority, who, why) VALUES (1, :since, :authority, :who, :why)
            ON CONFLICT (one) DO NOTHING""";

    private static final String WHAT = "delivery";

    private final Transactions transactions;
    private final Clock clock;

    SqlDeliveryPause(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<Paused> current() {
        return transactions.read(SqlDeliveryPause::current);
    }

    private static Optional<Paused> current(Handle handle) {
        return handle.createQuery("SELECT * FROM delivery_pause")
                .map((row, context) -> new Paused(
                        Instant.ofEpochMilli(row.getLong("since")),
                        row.getString("authority"),
                        row.getString("who"),
                        row.getString("why")))
                .findFirst();
    }

    @Override
    public Begun pause(Request request) {
        String why = request.why();
        if (why == null) {
            throw new IllegalArgumentException("a pause needs a reason that others can read");
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        Paused wanted = new Paused(now, request.authority(), request.who(), why);
        return transactions.write(handle -> {
            while (!insert(handle, wanted)) {
                Optional<Paused> standing = current(handle);
                // Empty if another process has just resumed: then this pause comes after that.
                if (standing.isPresent()) {
                    return new Begun(standing.get(), false);
                }
            }
            record(handle, Kind.PAUSE, now, request);
            return new Begun(wanted, true);
        });
    }

    private static boolean insert(Handle handle, Paused wanted) {
        return handle.createUpdate(PAUSE)
                        .bind("since", wanted.since().toEpochMilli())
                        .bind("authority", Rows.text(wanted.authority()))
                        .bind("who", Rows.text(wanted.who()))
                        .bind("why", Rows.text(wanted.why()))
                        .execute()
                == 1;
    }

    @Override
    public Optional<Paused> resume(Request request) {
        Instant now = clock.instant();
        return transactions.write(handle -> {
            Optional<Paused> ended = current(handle);
            if (ended.isEmpty() || handle.execute("DELETE FROM delivery_pause") == 0) {
                return Optional.empty();
            }
            record(handle, Kind.RESUME, now, request);
            return ended;
        });
    }

    private static void record(Handle handle, Kind kind, Instant now, Request request) {
        Request told = new Request(request.authority(), request.who(), WHAT, request.why());
        ActionRows.keep(handle, new Action(ActionRows.newId(now), kind, now, told, 0, 0, 0), List.of());
    }
}
