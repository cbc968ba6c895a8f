package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** {@link Watermarks} in SQL that both engines speak. */
final class SqlWatermarks implements Watermarks {
    private static final String KEEP = """
            INSERT INTO watermark (shift_type, outcome, topic, words, passed_over, last_sync, last_sync_at,
                proven_until, since, checked_at)
            VALUES (:shift, :outcome, :topic, :words, :passedOver, :lastSync, :lastSyncAt, :provenUntil, :since, :checkedAt)
            ON CONFLICT (shift_type) DO UPDATE SET outcome = excluded.outcome, topic = excluded.topic,
                words = excluded.words, passed_over = excluded.passed_over, last_sync = excluded.last_sync,
                last_sync_at = excluded.last_sync_at, proven_until = excluded.proven_until, since = excluded.since,
                checked_at = excluded.checked_at""";

    private static final String KEEP_HOLDER = """
            INSERT INTO watermark_holder (shift_type, holder, place, words, to_do, since)
            VALUES (:shift, :holder, :place, :words, :toDo, :since)""";

    private static final String INTEND = """
            INSERT INTO watermark_move (move_id, shift_type, from_value, to_value, proven_until, moved_by, intended_at, state)
            VALUES (:id, :shift, :from, :to, :provenUntil, :by, :at, 'INTENDED')""";

    private static final String INTEND_PROOF = """
            INSERT INTO watermark_proof (move_id, device, serial_number, verified_since, verified_until, verified_by)
            VALUES (:id, :device, :serial, :since, :until, :run)""";

    private static final String SETTLE = """
            UPDATE watermark_move SET state = :state, settled_at = :at, outcome = :outcome
            WHERE move_id = :id AND state = 'INTENDED'""";

    private static final String OLD_MOVES = """
            SELECT move_id FROM watermark_move WHERE intended_at < :before AND state <> 'INTENDED'
            ORDER BY intended_at, move_id LIMIT :limit""";

    private static final Pattern BLANK = Pattern.compile(" ");

    private final Transactions transactions;

    SqlWatermarks(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean keep(Decided decided) {
        return transactions.write(handle -> {
            Standing before =
                    standing(handle, decided.shiftType()).stream().findFirst().orElse(null);
            boolean changed = before == null || differs(before.decided(), decided);
            keep(handle, decided, changed || before == null ? decided.checkedAt() : before.since());
            keepHolders(handle, decided, before);
            return changed;
        });
    }

    private static boolean differs(Decided before, Decided after) {
        return !before.outcomeWord().equals(after.outcomeWord())
                || !before.topic().equals(after.topic())
                || !first(before).equals(first(after));
    }

    private static String first(Decided decided) {
        return decided.holders().stream().map(Holding::holder).findFirst().orElse("");
    }

    private static void keep(Handle handle, Decided decided, Instant since) {
        LocalDateTime lastSync = decided.lastSync();
        handle.createUpdate(KEEP)
                .bind("shift", Rows.text(decided.shiftType()))
                .bind("outcome", decided.outcomeWord().stored())
                .bind("topic", Rows.text(decided.topic()))
                .bind("words", Rows.text(decided.words()))
                .bind(
                        "passedOver",
                        decided.passedOver().stream().map(PunchKey::value).collect(Collectors.joining(" ")))
                .bind("lastSync", lastSync == null ? null : lastSync.toString())
                .bind("lastSyncAt", Rows.millis(decided.lastSyncAt()))
                .bind("provenUntil", Rows.millis(decided.provenUntil()))
                .bind("since", since.toEpochMilli())
                .bind("checkedAt", decided.checkedAt().toEpochMilli())
                .execute();
    }

    private static void keepHolders(Handle handle, Decided decided, @Nullable Standing before) {
        Map<String, Instant> since = new HashMap<>();
        if (before != null) {
            before.holders().forEach(holder -> since.put(holder.holding().holder(), holder.since()));
        }
        handle.createUpdate("DELETE FROM watermark_holder WHERE shift_type = :shift")
                .bind("shift", decided.shiftType())
                .execute();
        int place = 0;
        Set<String> kept = new HashSet<>();
        for (Holding holding : decided.holders()) {
            if (!kept.add(holding.holder())) {
                continue;
            }
            handle.createUpdate(KEEP_HOLDER)
                    .bind("shift", Rows.text(decided.shiftType()))
                    .bind("holder", Rows.text(holding.holder()))
                    .bind("place", place++)
                    .bind("words", Rows.text(holding.words()))
                    .bind("toDo", Rows.text(holding.toDo()))
                    .bind(
                            "since",
                            since.getOrDefault(holding.holder(), decided.checkedAt())
                                    .toEpochMilli())
                    .execute();
        }
    }

    @Override
    public List<Standing> standing() {
        return transactions.read(handle -> standing(handle, null));
    }

    /** @param shiftType null for all */
    private static List<Standing> standing(Handle handle, @Nullable String shiftType) {
        String where = shiftType == null ? "" : " WHERE shift_type = :shift";
        Map<String, List<StandingHolder>> holders = new HashMap<>();
        var holderQuery = handle.createQuery("SELECT * FROM watermark_holder" + where + " ORDER BY shift_type, place");
        var query = handle.createQuery("SELECT * FROM watermark" + where + " ORDER BY shift_type");
        if (shiftType != null) {
            holderQuery.bind("shift", shiftType);
            query.bind("shift", shiftType);
        }
        holderQuery
                .map((row, context) -> Map.entry(
                        row.getString("shift_type"),
                        new StandingHolder(
                                new Holding(row.getString("holder"), row.getString("words"), row.getString("to_do")),
                                Instant.ofEpochMilli(row.getLong("since")))))
                .forEach(holder -> holders.computeIfAbsent(holder.getKey(), shift -> new ArrayList<>())
                        .add(holder.getValue()));
        return query.map((row, context) ->
                        standing(row, List.copyOf(holders.getOrDefault(row.getString("shift_type"), List.of()))))
                .list();
    }

    private static Standing standing(ResultSet row, List<StandingHolder> holders) throws SQLException {
        Decided decided = new Decided(
                row.getString("shift_type"),
                StoredWord.read(Outcome.class, row.getString("outcome")),
                row.getString("topic"),
                row.getString("words"),
                holders.stream().map(StandingHolder::holding).toList(),
                BLANK.splitAsStream(row.getString("passed_over"))
                        .filter(key -> !key.isEmpty())
                        .map(PunchKey::new)
                        .toList(),
                wallTime(row, "last_sync"),
                Rows.instant(row, "last_sync_at"),
                Rows.instant(row, "proven_until"),
                Instant.ofEpochMilli(row.getLong("checked_at")));
        return new Standing(decided, holders, Instant.ofEpochMilli(row.getLong("since")));
    }

    private static @Nullable LocalDateTime wallTime(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : LocalDateTime.parse(text);
    }

    @Override
    public void forgetOthers(Collection<String> shiftTypes) {
        transactions.write(handle -> {
            List<String> others = handle.createQuery("SELECT shift_type FROM watermark ORDER BY shift_type")
                    .mapTo(String.class)
                    .list();
            others.removeAll(Set.copyOf(shiftTypes));
            for (String other : others) {
                handle.execute("DELETE FROM watermark WHERE shift_type = ?", other);
                handle.execute("DELETE FROM watermark_holder WHERE shift_type = ?", other);
            }
            return null;
        });
    }

    @Override
    public void intend(Move move) {
        LocalDateTime from = move.from();
        transactions.write(handle -> {
            handle.createUpdate(INTEND)
                    .bind("id", move.id())
                    .bind("shift", Rows.text(move.shiftType()))
                    .bind("from", from == null ? null : from.toString())
                    .bind("to", move.to().toString())
                    .bind("provenUntil", move.provenUntil().toEpochMilli())
                    .bind("by", Rows.text(move.by()))
                    .bind("at", move.at().toEpochMilli())
                    .execute();
            PreparedBatch proofs = handle.prepareBatch(INTEND_PROOF);
            for (Proof proof : move.proof()) {
                proofs.bind("id", move.id())
                        .bind("device", Rows.text(proof.device()))
                        .bind("serial", Rows.text(proof.serialNumber().value()))
                        .bind("since", proof.since().toEpochMilli())
                        .bind("until", proof.until().toEpochMilli())
                        .bind("run", proof.run())
                        .add();
            }
            return proofs.size() == 0 ? 0 : proofs.execute().length;
        });
    }

    @Override
    public void settle(String move, MoveState state, String outcome, Instant at) {
        transactions.write(handle -> handle.createUpdate(SETTLE)
                .bind("id", move)
                .bind("state", state.name())
                .bind("outcome", Rows.text(outcome))
                .bind("at", at.toEpochMilli())
                .execute());
    }

    @Override
    public List<Move> unsettled(String shiftType) {
        return transactions.read(handle -> handle.createQuery(
                        "SELECT * FROM watermark_move WHERE shift_type = :shift AND state = 'INTENDED'"
                                + " ORDER BY intended_at, move_id")
                .bind("shift", shiftType)
                .map((row, context) -> move(handle, row))
                .list());
    }

    @Override
    public List<Move> moves(@Nullable String shiftType, int limit) {
        String where = shiftType == null ? "" : " WHERE shift_type = :shift";
        return transactions.read(handle -> {
            var query = handle.createQuery(
                    "SELECT * FROM watermark_move" + where + " ORDER BY intended_at DESC, move_id DESC LIMIT :limit");
            if (shiftType != null) {
                query.bind("shift", shiftType);
            }
            return query.bind("limit", limit)
                    .map((row, context) -> move(handle, row))
                    .list();
        });
    }

    private static Move move(Handle handle, ResultSet row) throws SQLException {
        String id = row.getString("move_id");
        return new Move(
                id,
                row.getString("shift_type"),
                wallTime(row, "from_value"),
                LocalDateTime.parse(row.getString("to_value")),
                Instant.ofEpochMilli(row.getLong("proven_until")),
                proof(handle, id),
                row.getString("moved_by"),
                Instant.ofEpochMilli(row.getLong("intended_at")),
                StoredWord.read(MoveState.class, row.getString("state")),
                Rows.instant(row, "settled_at"),
                row.getString("outcome"));
    }

    private static List<Proof> proof(Handle handle, String move) {
        return handle.createQuery("SELECT * FROM watermark_proof WHERE move_id = :id ORDER BY device")
                .bind("id", move)
                .map((row, context) -> new Proof(
                        row.getString("device"),
                        new SerialNumber(row.getString("serial_number")),
                        Instant.ofEpochMilli(row.getLong("verified_since")),
                        Instant.ofEpochMilli(row.getLong("verified_until")),
                        row.getString("verified_by")))
                .list();
    }

    @Override
    public int purgeMoves(Instant before, int limit) {
        return transactions.write(handle -> {
            List<String> old = handle.createQuery(OLD_MOVES)
                    .bind("before", before.toEpochMilli())
                    .bind("limit", limit)
                    .mapTo(String.class)
                    .list();
            for (String move : old) {
                handle.execute("DELETE FROM watermark_proof WHERE move_id = ?", move);
                handle.execute("DELETE FROM watermark_move WHERE move_id = ?", move);
            }
            return old.size();
        });
    }
}
