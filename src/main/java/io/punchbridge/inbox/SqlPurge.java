package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What becomes of old punches, their keys and events, step by step, within the transactions of {@link SqlPunchStore}. */
final class SqlPurge {
    /** Along the primary key: purging needs no index of its own, and those there are stay free of delivered punches. */
    static final String PURGEABLE_AFTER = """
            SELECT punch_key, state FROM punch
            WHERE punch_key > :after AND punch_key < :beforeKey AND state IN ('DELIVERED', 'IGNORED')
                AND punched_at < :before AND settled_at < :before
            ORDER BY punch_key LIMIT :limit""";

    /** Their keys have no time, and stand behind all others. Of what nobody can send only what a person dismissed is over. */
    static final String PURGEABLE_UNREADABLE_AFTER = """
            SELECT punch_key, state FROM punch
            WHERE punch_key > :after AND punch_key >= 'unreadable-' AND punch_key < 'unreadable.'
                AND state = 'IGNORED' AND settled_at < :before
            ORDER BY punch_key LIMIT :limit""";

    /** Once more with the conditions: it may have been released since it was found, or purged by another process. */
    private static final String PURGE = """
            DELETE FROM punch WHERE punch_key = ? AND state = ? AND settled_at < ?""";

    private static final String KEEP_KEY =
            "INSERT INTO past_key (punch_key) VALUES (?) ON CONFLICT (punch_key) DO NOTHING";

    private static final String PURGE_EVENTS = """
            DELETE FROM event WHERE event_key IN (
                SELECT event_key FROM event WHERE received_at < :before
                ORDER BY received_at, event_key LIMIT :limit)""";

    private static final String FORGET_KEYS = """
            DELETE FROM past_key WHERE punch_key IN (
                SELECT punch_key FROM past_key WHERE punch_key < :beforeKey ORDER BY punch_key LIMIT :limit)""";

    private SqlPurge() {}

    /** A punch that may go, in the state in which it was found. */
    record Old(PunchKey key, PunchState state) {}

    /** In the order of their keys, after one (null: from the first). */
    static List<Old> find(Handle handle, Instant before, @Nullable PunchKey after, int limit) {
        List<Old> old = new ArrayList<>(old(
                handle.createQuery(PURGEABLE_AFTER)
                        .bind("beforeKey", PunchKey.before(before).value()),
                before,
                after,
                limit));
        if (old.size() < limit) {
            old.addAll(old(handle.createQuery(PURGEABLE_UNREADABLE_AFTER), before, after, limit - old.size()));
        }
        return old;
    }

    private static List<Old> old(Query query, Instant before, @Nullable PunchKey after, int limit) {
        return query.bind("after", after == null ? "" : after.value())
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) ->
                        new Old(new PunchKey(row.getString("punch_key")), PunchState.valueOf(row.getString("state"))))
                .list();
    }

    /** Returns how many went, with all that belongs to them; their keys stay. */
    static int punches(Handle handle, List<Old> found, Instant before, int countSlot) throws SQLException {
        PreparedBatch purge = handle.prepareBatch(PURGE);
        for (Old punch : found) {
            purge.add(punch.key().value(), punch.state().name(), before.toEpochMilli());
        }
        PreparedBatch keep = handle.prepareBatch(KEEP_KEY);
        Changes changes = new Changes();
        List<PunchKey> purged = new ArrayList<>();
        int[] rowCounts = purge.execute();
        for (int i = 0; i < rowCounts.length; i++) {
            if (rowCounts[i] == 1) {
                keep.add(found.get(i).key().value());
                purged.add(found.get(i).key());
                changes.add(found.get(i).state(), -1);
            }
        }
        int gone = keep.size();
        if (gone > 0) {
            keep.execute();
        }
        SqlDeliveryAttempts.forget(handle, purged);
        // None is of an unreadable one, and up to their keys lies all that is young.
        List<PunchKey> timed = found.stream()
                .map(Old::key)
                .filter(key -> !key.value().startsWith("unreadable-"))
                .toList();
        if (!timed.isEmpty()) {
            SqlFoundNear.forgetPurged(handle, timed.get(0), timed.get(timed.size() - 1));
        }
        changes.write(handle, countSlot);
        return gone;
    }

    static int events(Handle handle, Instant before, int limit) {
        return handle.createUpdate(PURGE_EVENTS)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    static int keys(Handle handle, Instant before, int limit) {
        return handle.createUpdate(FORGET_KEYS)
                .bind("beforeKey", PunchKey.before(before).value())
                .bind("limit", limit)
                .execute();
    }
}
