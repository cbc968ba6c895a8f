package io.punchbridge.inbox;

import io.punchbridge.inbox.UserCommand.Action;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommand.State;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The queue in SQL that both engines speak. A plan and a sender may meet: each statement that changes a row says in what
 * state it must still be.
 */
final class SqlUserCommands implements UserCommands {

    private static final String QUEUE = """
            INSERT INTO user_command (device, user_id, action, first_name, last_name, admin, confirmed, state, attempts,
                planned_at)
            VALUES (:device, :user, :action, :firstName, :lastName, :admin, :confirmed, 'QUEUED', 0, :now)
            ON CONFLICT (device, user_id) DO UPDATE SET action = excluded.action, first_name = excluded.first_name,
                last_name = excluded.last_name, admin = excluded.admin, confirmed = excluded.confirmed,
                state = 'QUEUED', attempts = 0, planned_at = excluded.planned_at, not_before = NULL,
                settled_at = NULL, reason = NULL
            WHERE user_command.state <> 'SENT' OR user_command.sent_at <= :leaseOver OR user_command.sent_at > :far""";

    /** What is wanted still. Once confirmed, a deletion stays so. */
    private static final String STILL_WANTED = """
            UPDATE user_command SET planned_at = :now,
                confirmed = CASE WHEN confirmed = 1 THEN 1 ELSE :confirmed END
            WHERE device = :device AND user_id = :user AND state IN ('QUEUED', 'FAILED', 'SENT')""";

    private static final String WITHDRAW = """
            DELETE FROM user_command
            WHERE device = :device AND user_id = :user AND (state IN ('QUEUED', 'FAILED', 'GIVEN_UP')
                OR (state = 'SENT' AND (sent_at <= :leaseOver OR sent_at > :far)))""";

    /** What is on its way can't be called back, but without an answer it isn't sent again unless a plan wants it. */
    private static final String WANTED_NO_MORE = """
            UPDATE user_command SET planned_at = 0
            WHERE device = :device AND user_id = :user AND state = 'SENT'""";

    private static final String SENT_LATELY =
            "SELECT count(*) FROM user_command WHERE sent_at > :minuteAgo AND sent_at <= :now";

    private static final String DUE = """
            SELECT * FROM user_command due
            WHERE planned_at >= :plannedSince
                AND ((state IN ('QUEUED', 'FAILED')
                        AND (not_before IS NULL OR not_before <= :now OR not_before > :far))
                    OR (state = 'SENT' AND (sent_at <= :leaseOver OR sent_at > :far)))
                AND NOT EXISTS (SELECT 1 FROM user_command failed
                    WHERE failed.device = due.device AND failed.state = 'FAILED'
                        AND failed.not_before > :now AND failed.not_before <= :far)
            ORDER BY CASE action WHEN 'PUT' THEN 0 ELSE 1 END, attempts, device, user_id LIMIT 1""";

    private static final String SEND = """
            UPDATE user_command SET state = 'SENT', attempts = attempts + 1, sent_at = :now, not_before = NULL
            WHERE device = :device AND user_id = :user AND state = :state AND attempts = :attempts""";

    private static final String SETTLE = """
            UPDATE user_command SET state = :state, not_before = :notBefore, settled_at = :now, reason = :reason
            WHERE device = :device AND user_id = :user AND state = 'SENT' AND attempts = :attempts
                AND sent_at = :sentAt""";

    private static final String GIVE_UP_ALL = """
            UPDATE user_command SET state = 'GIVEN_UP', not_before = NULL, settled_at = :now, reason = :reason
            WHERE device = :device AND state IN ('QUEUED', 'FAILED')""";

    private static final String RETRY = """
            UPDATE user_command SET state = 'QUEUED', attempts = 0, settled_at = NULL, reason = NULL
            WHERE state = 'GIVEN_UP'""";

    private final Transactions transactions;
    private final Clock clock;

    SqlUserCommands(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void plan(SerialNumber device, List<Wish> wishes, Instant notIfGivenUpSince) {
        Instant now = clock.instant();
        transactions.write(handle -> {
            Map<UserId, UserCommand> unwanted = new HashMap<>();
            ofDevice(handle, device)
                    .forEach(command -> unwanted.put(command.order().user(), command));
            for (Wish wish : wishes) {
                UserCommand standing = unwanted.remove(wish.order().user());
                if (standing == null || !standing.order().asksTheSameAs(wish.order())) {
                    queue(handle, wish.order(), now);
                } else {
                    renew(handle, standing, wish, notIfGivenUpSince, now);
                }
            }
            unwanted.values().forEach(command -> withdraw(handle, command.order(), now));
            return null;
        });
    }

    private static void renew(Handle handle, UserCommand standing, Wish wish, Instant notIfGivenUpSince, Instant now) {
        if (standing.state() != State.DONE && standing.state() != State.GIVEN_UP) {
            named(handle.createUpdate(STILL_WANTED), wish.order())
                    .bind("now", now.toEpochMilli())
                    .bind("confirmed", wish.order().confirmed() ? 1 : 0)
                    .execute();
        } else if (!standing.settles(wish, notIfGivenUpSince)) {
            queue(handle, wish.order(), now);
        }
    }

    private static void queue(Handle handle, Order order, Instant now) {
        int queued = unlessOnItsWay(handle.createUpdate(QUEUE), order, now)
                .bind("action", order.action().name())
                .bind("firstName", Rows.text(order.firstName()))
                .bind("lastName", Rows.text(order.lastName()))
                .bind("admin", order.admin() ? 1 : 0)
                .bind("confirmed", order.confirmed() ? 1 : 0)
                .bind("now", now.toEpochMilli())
                .execute();
        if (queued == 0) {
            named(handle.createUpdate(WANTED_NO_MORE), order).execute();
        }
    }

    private static void withdraw(Handle handle, Order order, Instant now) {
        if (unlessOnItsWay(handle.createUpdate(WITHDRAW), order, now).execute() == 0) {
            named(handle.createUpdate(WANTED_NO_MORE), order).execute();
        }
    }

    private static Update unlessOnItsWay(Update update, Order order, Instant now) {
        return named(update, order)
                .bind("leaseOver", now.minus(LEASE).toEpochMilli())
                .bind("far", now.plus(SqlPunchStore.LONGEST_DELAY).toEpochMilli());
    }

    private static Update named(Update update, Order order) {
        return update.bind("device", Rows.text(order.device().value()))
                .bind("user", Rows.text(order.user().value()));
    }

    @Override
    public Optional<UserCommand> next(int commandsAMinute, Instant plannedSince) {
        Instant now = clock.instant();
        return transactions.write(handle -> {
            long lately = handle.createQuery(SENT_LATELY)
                    .bind("minuteAgo", now.minus(Duration.ofMinutes(1)).toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .mapTo(Long.class)
                    .one();
            if (lately >= commandsAMinute) {
                return Optional.<UserCommand>empty();
            }
            return handle.createQuery(DUE)
                    .bind("plannedSince", plannedSince.toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .bind("far", now.plus(SqlPunchStore.LONGEST_DELAY).toEpochMilli())
                    .bind("leaseOver", now.minus(LEASE).toEpochMilli())
                    .map((row, context) -> command(row))
                    .findFirst()
                    .flatMap(due -> send(handle, due, now));
        });
    }

    /** Read again after the mark: what a plan has put there meanwhile is what is sent. */
    private static Optional<UserCommand> send(Handle handle, UserCommand due, Instant now) {
        int marked = named(handle.createUpdate(SEND), due.order())
                .bind("now", now.toEpochMilli())
                .bind("state", due.state().name())
                .bind("attempts", due.attempts())
                .execute();
        if (marked == 0) {
            return Optional.empty();
        }
        return ofDevice(handle, due.order().device()).stream()
                .filter(command -> command.order().user().equals(due.order().user()))
                .findFirst();
    }

    @Override
    public void done(UserCommand command) {
        Order order = command.order();
        boolean deleted = order.action() == Action.DELETE;
        String name = (order.firstName() + " " + order.lastName()).strip();
        Instant now = clock.instant();
        transactions.write(handle -> {
            settle(handle, command, State.DONE, null, null, now);
            // whom we put as a plain user may have become an administrator meanwhile: that, only others can say
            Boolean admin = order.admin() ? true : null;
            UserNews news = new UserNews(order.device(), order.user(), deleted, name, admin);
            SqlKnownUsers.learn(handle, news, KnownUser.Origin.COMMAND, now, now);
            return null;
        });
    }

    @Override
    public void failed(UserCommand command, Instant notBefore, String reason) {
        Instant now = clock.instant();
        Instant latest = now.plus(SqlPunchStore.LONGEST_DELAY);
        Instant until = notBefore.isAfter(latest) ? latest : notBefore;
        transactions.write(handle -> settle(handle, command, State.FAILED, until, reason, now));
    }

    @Override
    public void givenUp(UserCommand command, String reason) {
        Instant now = clock.instant();
        transactions.write(handle -> settle(handle, command, State.GIVEN_UP, null, reason, now));
    }

    /** Without effect where the lease ran out and the command was sent anew: that sending's answer counts. */
    private static int settle(
            Handle handle,
            UserCommand command,
            State state,
            @Nullable Instant notBefore,
            @Nullable String reason,
            Instant now) {
        return named(handle.createUpdate(SETTLE), command.order())
                .bind("state", state.name())
                .bindBySqlType("notBefore", Rows.millis(notBefore), Types.BIGINT)
                .bind("now", now.toEpochMilli())
                .bindBySqlType("reason", Rows.text(reason), Types.VARCHAR)
                .bind("attempts", command.attempts())
                .bindBySqlType("sentAt", Rows.millis(command.sentAt()), Types.BIGINT)
                .execute();
    }

    @Override
    public int giveUpAll(SerialNumber device, String reason) {
        long now = clock.instant().toEpochMilli();
        return transactions.write(handle -> handle.createUpdate(GIVE_UP_ALL)
                .bind("now", now)
                .bind("reason", Rows.text(reason))
                .bind("device", Rows.text(device.value()))
                .execute());
    }

    @Override
    public int retryGivenUp() {
        return transactions.write(handle -> handle.createUpdate(RETRY).execute());
    }

    @Override
    public List<UserCommand> ofDevice(SerialNumber device) {
        return transactions.read(handle -> ofDevice(handle, device));
    }

    private static List<UserCommand> ofDevice(Handle handle, SerialNumber device) {
        return handle.createQuery("SELECT * FROM user_command WHERE device = :device ORDER BY user_id")
                .bind("device", Rows.text(device.value()))
                .map((row, context) -> command(row))
                .list();
    }

    private static UserCommand command(ResultSet row) throws SQLException {
        Order order = new Order(
                new SerialNumber(row.getString("device")),
                new UserId(row.getString("user_id")),
                Action.valueOf(row.getString("action")),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getInt("admin") == 1,
                row.getInt("confirmed") == 1);
        return new UserCommand(
                order,
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("planned_at")),
                Rows.instant(row, "not_before"),
                Rows.instant(row, "sent_at"),
                Rows.instant(row, "settled_at"),
                row.getString("reason"));
    }

    @Override
    public Map<State, Long> counts() {
        Map<State, Long> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0L);
        }
        transactions
                .read(handle -> handle.createQuery("SELECT state, count(*) AS n FROM user_command GROUP BY state")
                        .map((row, context) -> Map.entry(State.valueOf(row.getString("state")), row.getLong("n")))
                        .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public int forgetDone(Instant before) {
        return transactions.write(
                handle -> handle.createUpdate("DELETE FROM user_command WHERE state = 'DONE' AND settled_at < :before")
                        .bind("before", before.toEpochMilli())
                        .execute());
    }
}
