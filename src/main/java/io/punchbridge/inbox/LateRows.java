package io.punchbridge.inbox;

import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The stored shape of late punches, their entries and steps. */
final class LateRows {
    private static final String PUNCHES_OF = """
            SELECT l.*, p.user_id FROM late_punch l LEFT JOIN punch p ON p.punch_key = l.punch_key
            WHERE l.entry IN (<entries>) ORDER BY l.punched_at, l.punch_key""";

    private LateRows() {}

    static LatePunch punch(ResultSet row) throws SQLException {
        String user = row.getString("user_id");
        return new LatePunch(
                new PunchKey(row.getString("punch_key")),
                new SerialNumber(row.getString("device")),
                user == null ? null : new UserId(user),
                row.getString("employee"),
                row.getString("checkin"),
                Instant.ofEpochMilli(row.getLong("punched_at")),
                Instant.ofEpochMilli(row.getLong("settled_at")));
    }

    static LateEntry entry(ResultSet row) throws SQLException {
        return new LateEntry(
                row.getString("id"),
                row.getString("employee"),
                LocalDate.parse(row.getString("day")),
                row.getString("shift"),
                LateEntry.State.valueOf(row.getString("state")),
                row.getString("attendance"),
                said(row, ""),
                said(row, "would_"),
                row.getString("reason"),
                row.getString("remade"),
                row.getInt("attempts"),
                Rows.instant(row, "not_before"),
                Instant.ofEpochMilli(row.getLong("found_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private static @Nullable Said said(ResultSet row, String prefix) throws SQLException {
        String status = row.getString(prefix + "status");
        return status == null
                ? null
                : new Said(
                        status,
                        row.getDouble(prefix + "hours"),
                        wallTime(row, prefix + "in_time"),
                        wallTime(row, prefix + "out_time"));
    }

    private static @Nullable LocalDateTime wallTime(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : LocalDateTime.parse(text);
    }

    /** What a new entry has: identity, state, and what its attendance says. */
    static Update bind(Update update, LateEntry entry) {
        return said(update, "", entry.says())
                .bind("id", entry.id())
                .bind("employee", Rows.text(entry.employee()))
                .bind("day", entry.day().toString())
                .bind("shift", Rows.text(entry.shift()))
                .bind("state", entry.state().name())
                .bind("attendance", Rows.text(entry.attendance()))
                .bind("notBefore", Rows.millis(entry.notBefore()))
                .bind("changedAt", entry.changedAt().toEpochMilli());
    }

    static Update bindWhole(Update update, LateEntry entry) {
        return said(said(update, "", entry.says()), "would", entry.wouldSay())
                .bind("id", entry.id())
                .bind("state", entry.state().name())
                .bind("attendance", Rows.text(entry.attendance()))
                .bind("notBefore", Rows.millis(entry.notBefore()))
                .bind("changedAt", entry.changedAt().toEpochMilli())
                .bind("reason", Rows.text(entry.reason()))
                .bind("remade", Rows.text(entry.remade()))
                .bind("attempts", entry.attempts());
    }

    private static Update said(Update update, String prefix, @Nullable Said said) {
        return update.bind(name(prefix, "Status"), said == null ? null : Rows.text(said.status()))
                .bind(name(prefix, "Hours"), said == null ? null : said.hours())
                .bind(name(prefix, "InTime"), said == null ? null : text(said.inTime()))
                .bind(name(prefix, "OutTime"), said == null ? null : text(said.outTime()));
    }

    private static String name(String prefix, String suffix) {
        return prefix.isEmpty() ? Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1) : prefix + suffix;
    }

    private static @Nullable String text(@Nullable LocalDateTime time) {
        return time == null ? null : time.toString();
    }

    static Map<String, List<LatePunch>> punchesOf(Handle handle, Collection<String> entries) {
        Map<String, List<LatePunch>> punches = new HashMap<>();
        if (!entries.isEmpty()) {
            handle.createQuery(PUNCHES_OF)
                    .bindList("entries", List.copyOf(entries))
                    .map((row, context) -> Map.entry(row.getString("entry"), punch(row)))
                    .forEach(row -> add(punches, row.getKey(), row.getValue()));
        }
        return punches;
    }

    static Map<String, List<LateStep>> stepsOf(Handle handle, Collection<String> entries) {
        Map<String, List<LateStep>> steps = new HashMap<>();
        if (!entries.isEmpty()) {
            handle.createQuery("SELECT * FROM late_step WHERE entry IN (<entries>) ORDER BY entry, seq")
                    .bindList("entries", List.copyOf(entries))
                    .map((row, context) -> Map.entry(row.getString("entry"), step(row)))
                    .forEach(row -> add(steps, row.getKey(), row.getValue()));
        }
        return steps;
    }

    private static LateStep step(ResultSet row) throws SQLException {
        return new LateStep(
                row.getInt("seq"),
                LateStep.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                Rows.instant(row, "begun_at"),
                Rows.instant(row, "done_at"));
    }

    private static <T> void add(Map<String, List<T>> lists, String key, T value) {
        Objects.requireNonNull(lists.computeIfAbsent(key, none -> new ArrayList<>()))
                .add(value);
    }
}
