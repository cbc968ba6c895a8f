package io.punchbridge.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@link Alerts} in SQL that both engines speak. */
final class SqlAlerts implements Alerts {
    private static final String KEEP = """
            INSERT INTO alert (rule, subject, since, seen_at, told_at, summary)
            VALUES (:rule, :subject, :since, :seenAt, :toldAt, :summary)
            ON CONFLICT (rule, subject) DO UPDATE SET since = excluded.since, seen_at = excluded.seen_at,
                told_at = excluded.told_at, summary = excluded.summary""";

    private static final String KEEP_MESSAGE = """
            INSERT INTO alert_message (message_id, rule, subject, made_at, due_at, body)
            VALUES (:id, :rule, :subject, :madeAt, :dueAt, :body)
            ON CONFLICT (message_id) DO NOTHING""";

    /** There are a few of an alert at most: what a day didn't bring to its receiver is given up. */
    private static final String OLDEST = "SELECT * FROM alert_message ORDER BY made_at, message_id LIMIT 1000";

    private static final String FORGET = "DELETE FROM alert_message WHERE message_id = ?";

    private static final String SURPLUS = """
            SELECT message_id, rule, subject, made_at FROM alert_message WHERE made_at < :before
            UNION
            SELECT message_id, rule, subject, made_at FROM (
                SELECT * FROM alert_message ORDER BY made_at DESC, message_id DESC LIMIT 1000000 OFFSET :most) AS surplus
            ORDER BY made_at, message_id""";

    private static final String GIVEN_UP = """
            UPDATE alert SET given_up = :madeAt
            WHERE rule = :rule AND subject = :subject AND (given_up IS NULL OR given_up < :madeAt)""";

    /** No instant of an alert is later than when it was seen. */
    private static final String LATEST = """
            SELECT max(at) FROM (
                SELECT max(seen_at) AS at FROM alert
                UNION ALL SELECT max(made_at) FROM alert_message
                UNION ALL SELECT max(due_at) - :wait FROM alert_message) AS latest""";

    private static final String SET_BACK_ALERTS = """
            UPDATE alert SET since = CASE WHEN since > :now THEN since - :ahead ELSE since END,
                seen_at = CASE WHEN seen_at > :now THEN seen_at - :ahead ELSE seen_at END,
                told_at = CASE WHEN told_at > :now THEN told_at - :ahead ELSE told_at END,
                given_up = CASE WHEN given_up > :now THEN given_up - :ahead ELSE given_up END""";

    private static final String SET_BACK_MESSAGES = """
            UPDATE alert_message SET made_at = CASE WHEN made_at > :now THEN made_at - :ahead ELSE made_at END,
                due_at = CASE WHEN due_at > :now THEN due_at - :ahead ELSE due_at END""";

    private final Transactions transactions;

    SqlAlerts(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void setBack(Instant now, Duration longestWait) {
        long ahead = transactions.read(handle -> handle.createQuery(LATEST)
                        .bind("wait", longestWait.toMillis())
                        .map((row, context) -> row.getLong(1))
                        .one())
                - now.toEpochMilli();
        if (ahead > SAME_TIME.toMillis()) {
            transactions.write(handle -> {
                for (String setBack : List.of(SET_BACK_ALERTS, SET_BACK_MESSAGES)) {
                    handle.createUpdate(setBack)
                            .bind("now", now.toEpochMilli())
                            .bind("ahead", ahead)
                            .execute();
                }
                return null;
            });
        }
    }

    @Override
    public List<Standing> standing() {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM alert ORDER BY rule, subject")
                .map((row, context) -> new Standing(
                        alert(row),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("seen_at")),
                        Rows.instant(row, "told_at"),
                        row.getString("summary")))
                .list());
    }

    @Override
    public void keep(Change change) {
        transactions.write(handle -> {
            for (Alert over : change.over()) {
                handle.execute("DELETE FROM alert WHERE rule = ? AND subject = ?", over.rule(), text(over.subject()));
            }
            change.standing().forEach(standing -> keep(handle, standing));
            change.messages().forEach(message -> keep(handle, message));
            return null;
        });
    }

    private static void keep(Handle handle, Standing standing) {
        handle.createUpdate(KEEP)
                .bind("rule", standing.alert().rule())
                .bind("subject", text(standing.alert().subject()))
                .bind("since", standing.since().toEpochMilli())
                .bind("seenAt", standing.seenAt().toEpochMilli())
                .bind("toldAt", Rows.millis(standing.toldAt()))
                .bind("summary", text(standing.summary()))
                .execute();
    }

    private static void keep(Handle handle, Message message) {
        handle.createUpdate(KEEP_MESSAGE)
                .bind("id", message.id())
                .bind("rule", message.alert().rule())
                .bind("subject", text(message.alert().subject()))
                .bind("madeAt", message.madeAt().toEpochMilli())
                .bind("dueAt", message.dueAt().toEpochMilli())
                .bind("body", text(message.body()))
                .execute();
    }

    @Override
    public List<Message> due(Instant now) {
        Map<Alert, Message> oldest = new LinkedHashMap<>();
        transactions
                .read(handle -> handle.createQuery(OLDEST)
                        .map((row, context) -> message(row))
                        .list())
                .forEach(message -> oldest.putIfAbsent(message.alert(), message));
        return oldest.values().stream()
                .filter(message -> !message.dueAt().isAfter(now))
                .toList();
    }

    @Override
    public Set<Alert> waiting() {
        List<Alert> waiting =
                transactions.read(handle -> handle.createQuery("SELECT DISTINCT rule, subject FROM alert_message")
                        .map((row, context) -> alert(row))
                        .list());
        return Set.copyOf(waiting);
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getString("message_id"),
                alert(row),
                Instant.ofEpochMilli(row.getLong("made_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getString("body"));
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(row.getString("rule"), row.getString("subject"));
    }

    @Override
    public void forget(String messageId) {
        transactions.write(handle -> handle.execute(FORGET, messageId));
    }

    @Override
    public List<Alert> giveUp(Instant madeBefore, int most) {
        List<Surplus> surplus = transactions.read(handle -> handle.createQuery(SURPLUS)
                .bind("before", madeBefore.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> new Surplus(row.getString("message_id"), alert(row), row.getLong("made_at")))
                .list());
        if (!surplus.isEmpty()) {
            transactions.write(handle -> {
                surplus.forEach(message -> giveUp(handle, message));
                return null;
            });
        }
        return surplus.stream().map(Surplus::alert).toList();
    }

    private record Surplus(String messageId, Alert alert, long madeAt) {}

    private static void giveUp(Handle handle, Surplus message) {
        handle.execute(FORGET, message.messageId());
        handle.createUpdate(GIVEN_UP)
                .bind("rule", message.alert().rule())
                .bind("subject", text(message.alert().subject()))
                .bind("madeAt", message.madeAt())
                .execute();
    }

    @Override
    public Map<Alert, Instant> givenUp() {
        Map<Alert, Instant> givenUp = new LinkedHashMap<>();
        transactions
                .read(handle -> handle.createQuery(
                                "SELECT rule, subject, given_up FROM alert WHERE given_up IS NOT NULL")
                        .map((row, context) -> Map.entry(alert(row), Instant.ofEpochMilli(row.getLong("given_up"))))
                        .list())
                .forEach(alert -> givenUp.put(alert.getKey(), alert.getValue()));
        return Collections.unmodifiableMap(givenUp);
    }

    @Override
    public void postpone(String messageId, Instant until) {
        transactions.write(handle -> handle.execute(
                "UPDATE alert_message SET due_at = ? WHERE message_id = ?", until.toEpochMilli(), messageId));
    }

    private static String text(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
