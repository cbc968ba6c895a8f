package io.punchbridge.inbox;

import io.punchbridge.inbox.KnownUser.Origin;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The picture of each device's users in SQL that both engines speak. */
final class SqlKnownUsers implements KnownUsers {

    private static final String UNTAKEN = """
            SELECT * FROM event WHERE taken_at IS NULL
            ORDER BY received_at, event_key LIMIT :limit""";

    private static final String TAKE = "UPDATE event SET taken_at = :now WHERE event_key = :key AND taken_at IS NULL";

    /**
     * Merged by the statement: two transactions that know of one user at once must not undo each other. A list takes the
     * privilege from nobody: not every machine lists it.
     */
    private static final String LEARN = """
            INSERT INTO device_user (device, user_id, present, name, admin, origin, known_at)
            VALUES (:device, :user, :present, :name, :admin, :origin, :knownAt)
            ON CONFLICT (device, user_id) DO UPDATE SET
                present = excluded.present,
                name = CASE WHEN excluded.present = 0 THEN NULL ELSE coalesce(excluded.name, device_user.name) END,
                admin = CASE WHEN excluded.present = 0 THEN NULL
                    WHEN excluded.origin = 'DEVICE' AND device_user.admin = 1 THEN 1
                    ELSE coalesce(excluded.admin, device_user.admin) END,
                origin = excluded.origin,
                known_at = excluded.known_at
            WHERE excluded.known_at >= device_user.known_at OR device_user.known_at > :far""";

    /** What came late may still say what nothing newer did. */
    private static final String ADD_TO_NEWER = """
            UPDATE device_user SET name = coalesce(name, :name), admin = coalesce(admin, :admin)
            WHERE device = :device AND user_id = :user AND present = 1 AND known_at > :knownAt""";

    /** The privilege stays known: a list that came short must not turn an administrator into a user. */
    private static final String VANISH = """
            UPDATE device_user SET present = 0, name = NULL, origin = 'DEVICE', known_at = :askedAt
            WHERE device = :device AND present = 1 AND (known_at < :askedAt OR known_at > :far)""";

    /** From one id straight to the next, on however many devices it is. */
    static final String CALLED = """
            WITH RECURSIVE called(user_id, n) AS (
                SELECT (SELECT user_id FROM device_user WHERE name IS NOT NULL AND user_id > ''
                    ORDER BY user_id LIMIT 1), 1
                UNION ALL
                SELECT (SELECT device_user.user_id FROM device_user
                    WHERE name IS NOT NULL AND device_user.user_id > called.user_id
                    ORDER BY device_user.user_id LIMIT 1), n + 1
                FROM called WHERE called.user_id IS NOT NULL AND n < :limit)
            SELECT user_id FROM called WHERE user_id IS NOT NULL""";

    /** The device as an expression: the way is by the users, who are fewer. */
    static final String NAMED = """
            SELECT * FROM (
                SELECT device_user.*, row_number() OVER (PARTITION BY user_id ORDER BY device) AS place
                FROM device_user
                WHERE name IS NOT NULL AND user_id IN (<users>) AND device || '' IN (<devices>)) named
            WHERE place <= :most ORDER BY user_id, device""";

    private static final int USERS_A_QUERY = 500;

    private final Transactions transactions;
    private final Clock clock;

    SqlKnownUsers(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public int takeEvents(int limit, Function<StoredEvent, Optional<UserNews>> reader) {
        Instant now = clock.instant();
        return transactions.write(handle -> {
            List<StoredEvent> events = handle.createQuery(UNTAKEN)
                    .bind("limit", limit)
                    .map((row, context) -> Rows.storedEvent(row))
                    .list();
            for (StoredEvent event : events) {
                if (take(handle, event, now)) {
                    reader.apply(event).ifPresent(news -> learn(handle, news, Origin.EVENT, event.receivedAt(), now));
                }
            }
            return events.size();
        });
    }

    /** Returns whether it is ours: another process may have taken it since it was read. */
    private static boolean take(Handle handle, StoredEvent event, Instant now) {
        return handle.createUpdate(TAKE)
                        .bind("now", now.toEpochMilli())
                        .bind("key", event.event().key())
                        .execute()
                == 1;
    }

    static void learn(Handle handle, UserNews news, Origin origin, Instant knownAt, Instant now) {
        int learned = about(handle.createUpdate(LEARN), news, knownAt)
                .bind("present", news.deleted() ? 0 : 1)
                .bind("origin", origin.name())
                .bind("far", far(now))
                .execute();
        if (learned == 0 && !news.deleted()) {
            about(handle.createUpdate(ADD_TO_NEWER), news, knownAt).execute();
        }
    }

    private static Update about(Update update, UserNews news, Instant knownAt) {
        Boolean admin = news.deleted() ? null : news.admin();
        String name = news.deleted() ? null : news.name();
        return update.bind("device", Rows.text(news.device().value()))
                .bind("user", Rows.text(news.user().value()))
                .bindBySqlType("name", Rows.text(name), Types.VARCHAR)
                .bindBySqlType("admin", admin == null ? null : admin ? 1 : 0, Types.INTEGER)
                .bind("knownAt", knownAt.toEpochMilli());
    }

    /** What is known of a time further ahead was learned by a clock that went back since. */
    private static long far(Instant now) {
        return now.plus(SqlPunchStore.LONGEST_DELAY).toEpochMilli();
    }

    @Override
    public void replace(SerialNumber device, List<UserNews> users, Instant askedAt) {
        Instant now = clock.instant();
        transactions.write(handle -> {
            handle.createUpdate(VANISH)
                    .bind("device", Rows.text(device.value()))
                    .bind("askedAt", askedAt.toEpochMilli())
                    .bind("far", far(now))
                    .execute();
            users.forEach(news -> learn(handle, news, Origin.DEVICE, askedAt, now));
            return null;
        });
    }

    @Override
    public List<KnownUser> ofDevice(SerialNumber device) {
        return transactions.read(
                handle -> handle.createQuery("SELECT * FROM device_user WHERE device = :device ORDER BY user_id")
                        .bind("device", Rows.text(device.value()))
                        .map((row, context) -> knownUser(row))
                        .list());
    }

    @Override
    public List<UserId> called(int limit) {
        return transactions.read(handle -> handle.createQuery(CALLED)
                .bind("limit", limit)
                .map((row, context) -> new UserId(row.getString("user_id")))
                .list());
    }

    @Override
    public List<KnownUser> named(Collection<SerialNumber> devices, Collection<UserId> users) {
        if (devices.isEmpty() || users.isEmpty()) {
            return List.of();
        }
        List<String> serials =
                devices.stream().map(SerialNumber::value).map(Rows::text).toList();
        List<String> ids = users.stream()
                .map(UserId::value)
                .map(Rows::text)
                .distinct()
                .sorted()
                .toList();
        return transactions.read(handle -> {
            List<KnownUser> named = new ArrayList<>();
            for (int from = 0; from < ids.size(); from += USERS_A_QUERY) {
                named.addAll(handle.createQuery(NAMED)
                        .bindList("devices", serials)
                        .bindList("users", ids.subList(from, Math.min(from + USERS_A_QUERY, ids.size())))
                        .bind("most", DEVICES_OF_A_USER)
                        .map((row, context) -> knownUser(row))
                        .list());
            }
            return List.copyOf(named);
        });
    }

    private static KnownUser knownUser(ResultSet row) throws SQLException {
        return new KnownUser(
                new SerialNumber(row.getString("device")),
                new UserId(row.getString("user_id")),
                row.getInt("present") == 1,
                name(row),
                admin(row),
                Origin.valueOf(row.getString("origin")),
                Instant.ofEpochMilli(row.getLong("known_at")));
    }

    /** Unknown is not "no": whoever is then told to be a plain user may be an administrator until then. */
    private static @Nullable Boolean admin(ResultSet row) throws SQLException {
        int admin = row.getInt("admin");
        return row.wasNull() ? null : admin == 1;
    }

    private static @Nullable String name(ResultSet row) throws SQLException {
        return row.getString("name");
    }

    @Override
    public int forgetGone(Instant before) {
        return transactions.write(
                handle -> handle.createUpdate("DELETE FROM device_user WHERE present = 0 AND known_at < :before")
                        .bind("before", before.toEpochMilli())
                        .execute());
    }
}
