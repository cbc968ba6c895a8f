package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Device states on either engine, in the tables of {@code V6__device_state.sql}. */
final class SqlDeviceStates implements DeviceStates {
    private static final String MERGE = """
            INSERT INTO device_state (device, watched_since, last_callback, last_event, drift_at, drift_seconds,
                answered_at, answer_code, answer_words, informed_at, model, licensed_until, users, asked_at)
            VALUES (:device, :watchedSince, :lastCallback, :lastEvent, :driftAt, :driftSeconds,
                :answeredAt, :answerCode, :answerWords, :informedAt, :model, :licensedUntil, :users, :askedAt)
            ON CONFLICT (device) DO UPDATE SET
                watched_since = CASE WHEN excluded.watched_since < device_state.watched_since
                    THEN excluded.watched_since ELSE device_state.watched_since END,
            """
            + String.join(
                    ",\n",
                    later("last_callback", "last_callback"),
                    later("last_event", "last_event"),
                    later("drift_at", "drift_at"),
                    later("drift_at", "drift_seconds"),
                    later("answered_at", "answered_at"),
                    later("answered_at", "answer_code"),
                    later("answered_at", "answer_words"),
                    later("informed_at", "informed_at"),
                    later("informed_at", "model"),
                    later("informed_at", "licensed_until"),
                    later("informed_at", "users"),
                    later("asked_at", "asked_at"));

    private static final String WARN = """
            INSERT INTO device_warning (device, warning, since, told_at) VALUES (:device, :warning, :since, :toldAt)
            ON CONFLICT (device, warning) DO UPDATE SET since = excluded.since, told_at = excluded.told_at""";

    /** A key begins with the punch's second; those of unreadable punches begin with a word, and have no time. */
    static final String COUNT = """
            SELECT device, count(*) AS stored, sum(CASE WHEN state = 'DELIVERED' THEN 1 ELSE 0 END) AS delivered
            FROM punch WHERE punch_key >= :fromKey AND punch_key < :untilKey
            GROUP BY device""";

    private final Transactions transactions;
    private final Clock clock;

    SqlDeviceStates(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The column of whichever record is later, by the column that holds its instant. */
    private static String later(String instant, String column) {
        return """
                %2$s = CASE WHEN excluded.%1$s IS NOT NULL AND (device_state.%1$s IS NULL
                        OR excluded.%1$s > device_state.%1$s OR device_state.%1$s > :ahead)
                    THEN excluded.%2$s ELSE device_state.%2$s END""".formatted(instant, column);
    }

    @Override
    public void merge(Collection<Kept> devices) {
        if (devices.isEmpty()) {
            return;
        }
        long ahead = clock.instant().plus(AHEAD_OF_CLOCK).toEpochMilli();
        // In the order of their keys, so that replicas wait for each other in one direction and never in a circle.
        List<Kept> inOrder = devices.stream()
                .sorted(Comparator.comparing(kept -> kept.device().value()))
                .toList();
        transactions.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(MERGE);
            for (Kept kept : inOrder) {
                bind(batch, kept, ahead);
                batch.add();
            }
            return batch.execute().length;
        });
    }

    private static void bind(PreparedBatch batch, Kept kept, long ahead) {
        Drift drift = kept.drift();
        Answer answer = kept.answer();
        Information information = kept.information();
        Duration behind = drift == null ? null : drift.behind();
        Long driftSeconds = behind == null ? null : Long.valueOf(behind.toSeconds());
        Integer answerCode = answer == null ? null : Integer.valueOf(answer.statusCode());
        LocalDate licensedUntil = information == null ? null : information.licensedUntil();
        batch.bind("device", Rows.text(kept.device().value()))
                .bind("watchedSince", kept.watchedSince().toEpochMilli())
                .bind("lastCallback", Rows.millis(kept.lastCallback()))
                .bind("lastEvent", Rows.millis(kept.lastEvent()))
                .bind("driftAt", drift == null ? null : Rows.millis(drift.at()))
                .bind("driftSeconds", driftSeconds)
                .bind("answeredAt", answer == null ? null : Rows.millis(answer.at()))
                .bind("answerCode", answerCode)
                .bind("answerWords", answer == null ? null : Rows.text(answer.words()))
                .bind("informedAt", information == null ? null : Rows.millis(information.readAt()))
                .bind("model", information == null ? null : Rows.text(information.model()))
                .bind("licensedUntil", licensedUntil == null ? null : licensedUntil.toString())
                .bind("users", information == null ? null : information.users())
                .bind("askedAt", Rows.millis(kept.askedAt()))
                .bind("ahead", ahead);
    }

    @Override
    public List<Kept> all() {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM device_state ORDER BY device")
                .map((row, context) -> kept(row))
                .list());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new SerialNumber(row.getString("device")),
                Instant.ofEpochMilli(row.getLong("watched_since")),
                instant(row, "last_callback"),
                instant(row, "last_event"),
                drift(row),
                answer(row),
                information(row),
                instant(row, "asked_at"));
    }

    private static @Nullable Drift drift(ResultSet row) throws SQLException {
        Instant at = instant(row, "drift_at");
        if (at == null) {
            return null;
        }
        long seconds = row.getLong("drift_seconds");
        return new Drift(at, row.wasNull() ? null : Duration.ofSeconds(seconds));
    }

    private static @Nullable Answer answer(ResultSet row) throws SQLException {
        Instant at = instant(row, "answered_at");
        return at == null ? null : new Answer(at, row.getInt("answer_code"), row.getString("answer_words"));
    }

    private static @Nullable Information information(ResultSet row) throws SQLException {
        Instant readAt = instant(row, "informed_at");
        if (readAt == null) {
            return null;
        }
        String licensedUntil = row.getString("licensed_until");
        int users = row.getInt("users");
        Integer knownUsers = row.wasNull() ? null : Integer.valueOf(users);
        return new Information(
                readAt,
                row.getString("model"),
                licensedUntil == null ? null : LocalDate.parse(licensedUntil),
                knownUsers);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public void warn(Warned warning) {
        transactions.write(handle -> handle.createUpdate(WARN)
                .bind("device", warning.device().value())
                .bind("warning", warning.warning())
                .bind("since", warning.since().toEpochMilli())
                .bind("toldAt", warning.toldAt().toEpochMilli())
                .execute());
    }

    @Override
    public void clear(SerialNumber device, String warning) {
        transactions.write(handle -> handle.createUpdate(
                        "DELETE FROM device_warning WHERE device = :device AND warning = :warning")
                .bind("device", device.value())
                .bind("warning", warning)
                .execute());
    }

    @Override
    public List<Warned> warnings() {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM device_warning ORDER BY device, warning")
                .map((row, context) -> new Warned(
                        new SerialNumber(row.getString("device")),
                        row.getString("warning"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("told_at"))))
                .list());
    }

    private record DeviceCount(SerialNumber device, Counted counted) {}

    @Override
    public Map<SerialNumber, Counted> count(Instant from, Instant until) {
        return transactions
                .read(handle -> handle.createQuery(COUNT)
                        .bind("fromKey", PunchKey.before(from).value())
                        .bind("untilKey", PunchKey.before(until).value())
                        .map((row, context) -> new DeviceCount(
                                new SerialNumber(row.getString("device")),
                                new Counted(row.getLong("stored"), row.getLong("delivered"))))
                        .list())
                .stream()
                .collect(Collectors.toUnmodifiableMap(DeviceCount::device, DeviceCount::counted));
    }
}
