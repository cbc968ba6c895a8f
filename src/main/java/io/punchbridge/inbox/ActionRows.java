package io.punchbridge.inbox;

import io.punchbridge.inbox.Actions.Action;
import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.inbox.Actions.Kind;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The rows of persons' actions, within a transaction. */
final class ActionRows {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** The first step of an action brings its row, each one adds to its figures. */
    private static final String KEEP = """
            INSERT INTO person_action (action_id, kind, begun_at, authority, who, what, why, wanted, changed, left_alone)
            VALUES (:id, :kind, :begunAt, :authority, :who, :what, :why, :wanted, :changed, :leftAlone)
            ON CONFLICT (action_id) DO UPDATE SET changed = person_action.changed + excluded.changed,
                left_alone = person_action.left_alone + excluded.left_alone""";

    private static final String KEEP_PUNCH = """
            INSERT INTO person_action_punch (punch_key, action_id, state_before, reason_before) VALUES (?, ?, ?, ?)""";

    private static final String CONCLUDE = "UPDATE person_action SET what = what || :outcome WHERE action_id = :id";

    private static final String OF_PUNCH = """
            SELECT a.*, p.state_before, p.reason_before
            FROM person_action_punch p JOIN person_action a ON a.action_id = p.action_id
            WHERE p.punch_key = :key ORDER BY p.action_id DESC LIMIT 100""";

    private static final String RECENT = """
            SELECT * FROM person_action WHERE action_id < :before ORDER BY action_id DESC LIMIT :limit""";

    private static final String PURGE_PUNCHES = """
            DELETE FROM person_action_punch WHERE (action_id, punch_key) IN (
                SELECT action_id, punch_key FROM person_action_punch WHERE action_id < :before
                ORDER BY action_id, punch_key LIMIT :limit)""";

    private static final String PURGE = """
            DELETE FROM person_action WHERE action_id IN (
                SELECT action_id FROM person_action WHERE action_id < :before ORDER BY action_id LIMIT :limit)""";

    /** A punch as it was found by an action. */
    record Before(PunchKey key, PunchState state, @Nullable String reason, boolean readable) {}

    private ActionRows() {}

    /** Of an action that begins at an instant. */
    static String newId(Instant begunAt) {
        return before(begunAt) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Comes after all ids of actions that began before an instant, and before all others. */
    static String before(Instant instant) {
        return ID.format(instant);
    }

    /** Adds a step to an action. */
    static void keep(Handle handle, Action step, Collection<Before> changed) {
        Request request = step.request();
        handle.createUpdate(KEEP)
                .bind("id", step.id())
                .bind("kind", step.kindWord().stored())
                .bind("begunAt", step.begunAt().toEpochMilli())
                .bind("authority", Rows.text(request.authority()))
                .bind("who", Rows.text(request.who()))
                .bind("what", Rows.text(request.what()))
                .bind("why", Rows.text(request.why()))
                .bind("wanted", step.wanted())
                .bind("changed", step.changed())
                .bind("leftAlone", step.leftAlone())
                .execute();
        if (changed.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(KEEP_PUNCH);
        changed.forEach(before ->
                batch.add(before.key().value(), step.id(), before.state().name(), before.reason()));
        batch.execute();
    }

    static void conclude(Handle handle, String action, String outcome) {
        handle.createUpdate(CONCLUDE)
                .bind("outcome", ": " + Rows.text(outcome))
                .bind("id", action)
                .execute();
    }

    /** The latest hundred, oldest first. */
    static List<Done> of(Handle handle, PunchKey key) {
        List<Done> newestFirst = handle.createQuery(OF_PUNCH)
                .bind("key", key.value())
                .map((row, context) -> new Done(
                        action(row), PunchState.valueOf(row.getString("state_before")), row.getString("reason_before")))
                .list();
        Collections.reverse(newestFirst);
        return List.copyOf(newestFirst);
    }

    static List<Action> recent(Handle handle, String before, int limit) {
        return handle.createQuery(RECENT)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> action(row))
                .list();
    }

    private static Action action(ResultSet row) throws SQLException {
        return new Action(
                row.getString("action_id"),
                StoredWord.read(Kind.class, row.getString("kind")),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                new Request(
                        row.getString("authority"), row.getString("who"), row.getString("what"), row.getString("why")),
                row.getLong("wanted"),
                row.getLong("changed"),
                row.getLong("left_alone"));
    }

    /** Punches first, so that none is left without its action. */
    static int purge(Handle handle, String before, int limit) {
        int punches = handle.createUpdate(PURGE_PUNCHES)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
        return punches == limit
                ? punches
                : handle.createUpdate(PURGE)
                        .bind("before", before)
                        .bind("limit", limit)
                        .execute();
    }
}
