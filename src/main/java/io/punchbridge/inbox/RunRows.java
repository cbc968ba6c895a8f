package io.punchbridge.inbox;

import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.History.Signal;
import io.punchbridge.inbox.History.WholeWindow;
import io.punchbridge.punch.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Rows of runs. Every change asks that the run is still under way and this process' own. */
final class RunRows {
    /** How long a run counts as alive without a sign of life. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final String INTERRUPTED =
            "Punchbridge stopped in the middle of it. What it had stored stays; the next" + " run goes over the rest.";

    /** Of a run inside of another, which is its holder. Not RUNNING, since the device's one row of that state is the other's. */
    private static final String WITHIN = "WITHIN";

    private static final String INSERT = """
            INSERT INTO history_run (run_id, device, wanted_by, from_at, until_at, state, proven_until, reached,
                windows, windows_done, pages, rows_given, new_punches, lost_punches, unreadable, errors,
                started_at, updated_at, holder, lease_until, cancel_wanted)
            VALUES (:run, :device, :wantedBy, :from, :until, :state, :from, :from,
                :windows, 0, 0, 0, 0, 0, 0, 0, :now, :now, :holder, :lease, 0)
            ON CONFLICT DO NOTHING""";

    /** One inside of another is so for as long as that one is. */
    private static final String MINE = """

            WHERE run_id = :run AND ((state = 'RUNNING' AND holder = :me)
                OR (state = 'WITHIN' AND EXISTS (SELECT 1 FROM history_run outer_run
                    WHERE outer_run.run_id = history_run.holder AND outer_run.state = 'RUNNING'
                        AND outer_run.holder = :me)))""";

    private static final String ALIVE = "UPDATE history_run SET updated_at = :now, lease_until = :lease" + MINE;

    private static final String COUNT_PAGE = """
            UPDATE history_run SET pages = pages + 1, rows_given = rows_given + :rows,
                new_punches = new_punches + :new, lost_punches = lost_punches + :lost,
                unreadable = unreadable + :unreadable, reason = NULL,
                reached = CASE WHEN :reached > reached THEN :reached ELSE reached END""" + MINE;

    private static final String COUNT_ERROR = "UPDATE history_run SET errors = errors + 1, reason = :reason" + MINE;

    private static final String COUNT_WINDOW = """
            UPDATE history_run SET windows = :windows, windows_done = windows_done + 1, proven_until = :until""" + MINE;

    private static final String END = """
            UPDATE history_run SET state = :state, reason = :reason, ended_at = :now, updated_at = :now""" + MINE;

    /** A dead runner ends nothing any more: its run is over at once. */
    private static final String CANCEL = """
            UPDATE history_run SET cancel_wanted = 1,
                state = CASE WHEN lease_until <= :now THEN 'CANCELLED' ELSE state END,
                ended_at = CASE WHEN lease_until <= :now THEN :now ELSE ended_at END
            WHERE run_id = :run AND state IN ('RUNNING', 'WITHIN') AND (cancel_wanted = 0 OR lease_until <= :now)""";

    /** Of the run, or of the one that it is inside of. */
    private static final String CANCEL_WANTED = """
            SELECT max(cancel_wanted) FROM history_run
            WHERE run_id = :run OR run_id = (SELECT holder FROM history_run WHERE run_id = :run AND state = 'WITHIN')""";

    private static final String END_DEAD = """
            UPDATE history_run SET state = 'INTERRUPTED', reason = :reason, ended_at = :now, updated_at = :now
            WHERE state = 'RUNNING' AND (lease_until <= :now OR (holder <> :me AND (%s)))""";

    private static final String END_ORPHANS = """
            UPDATE history_run SET state = 'INTERRUPTED', reason = :reason, ended_at = :now, updated_at = :now
            WHERE state = 'WITHIN' AND NOT EXISTS (SELECT 1 FROM history_run outer_run
                WHERE outer_run.run_id = history_run.holder AND outer_run.state = 'RUNNING')""";

    private static final String PURGE = """
            DELETE FROM history_run WHERE run_id IN (
                SELECT run_id FROM history_run WHERE started_at < :before AND state <> 'RUNNING'
                ORDER BY started_at, run_id LIMIT :limit)""";

    private static final String NEWEST_FIRST = """
            SELECT * FROM history_run WHERE (started_at, run_id) < (:at, :run)%s
            ORDER BY started_at DESC, run_id DESC LIMIT :limit""";

    private static final String OF_A_DEVICE = " AND device = :device";

    private final Handle handle;
    private final String me;
    private final long now;
    private final long lease;

    /** @param me name of this process as the holder of runs */
    RunRows(Handle handle, String me, Instant now) {
        this.handle = handle;
        this.me = me;
        this.now = now.toEpochMilli();
        this.lease = now.plus(LEASE).toEpochMilli();
    }

    /** Returns whether it began; not if the device has a run under way. */
    boolean insert(String run, Plan plan) {
        return insert(run, plan, Run.State.RUNNING.name(), me);
    }

    void insertWithin(String outer, String run, Plan plan) {
        insert(run, plan, WITHIN, outer);
    }

    private boolean insert(String run, Plan plan, String state, String holder) {
        return handle.createUpdate(INSERT)
                        .bind("run", run)
                        .bind("device", Rows.text(plan.device().value()))
                        .bind("wantedBy", plan.trigger().name())
                        .bind("from", plan.from().toEpochMilli())
                        .bind("until", plan.until().toEpochMilli())
                        .bind("windows", plan.windows())
                        .bind("state", state)
                        .bind("holder", holder)
                        .bind("now", now)
                        .bind("lease", lease)
                        .execute()
                == 1;
    }

    /** Proves the run alive and locks its row until the end of the transaction. */
    Signal alive(String run) {
        int alive = handle.createUpdate(ALIVE)
                .bind("run", run)
                .bind("me", me)
                .bind("now", now)
                .bind("lease", lease)
                .execute();
        if (alive == 0) {
            return Signal.OVER;
        }
        int cancel = handle.createQuery(CANCEL_WANTED)
                .bind("run", run)
                .mapTo(Integer.class)
                .one();
        return cancel == 0 ? Signal.GO_ON : Signal.CANCEL;
    }

    void countPage(String run, int rows, long newPunches, long lost, long unreadable, Instant reached) {
        handle.createUpdate(COUNT_PAGE)
                .bind("run", run)
                .bind("me", me)
                .bind("rows", rows)
                .bind("new", newPunches)
                .bind("lost", lost)
                .bind("unreadable", unreadable)
                .bind("reached", reached.toEpochMilli())
                .execute();
    }

    void countError(String run, String reason) {
        handle.createUpdate(COUNT_ERROR)
                .bind("run", run)
                .bind("me", me)
                .bind("reason", Rows.text(reason))
                .execute();
    }

    void countWindow(String run, WholeWindow window) {
        handle.createUpdate(COUNT_WINDOW)
                .bind("run", run)
                .bind("me", me)
                .bind("windows", window.windows())
                .bind("until", window.until().toEpochMilli())
                .execute();
    }

    void end(String run, Run.State state, @Nullable String reason) {
        handle.createUpdate(END)
                .bind("run", run)
                .bind("me", me)
                .bind("state", state.name())
                .bind("reason", Rows.text(reason))
                .bind("now", now)
                .execute();
    }

    boolean cancel(String run) {
        return handle.createUpdate(CANCEL).bind("run", run).bind("now", now).execute() == 1;
    }

    /**
     * Ends what nobody works at any more. A lease far ahead was given by a clock that was wrong.
     *
     * @param alone whether no other process can be alive
     */
    int endDead(boolean alone) {
        String othersDead = alone ? "1 = 1" : "lease_until > :far";
        return handle.createUpdate(END_DEAD.formatted(othersDead))
                .bind("reason", INTERRUPTED)
                .bind("now", now)
                .bind("me", me)
                .bind("far", lease + SqlPunchStore.LONGEST_DELAY.toMillis())
                .execute();
    }

    /** Ends what was inside of a run that is over. Returns how many. */
    int endOrphans() {
        return handle.createUpdate(END_ORPHANS)
                .bind("reason", INTERRUPTED)
                .bind("now", now)
                .execute();
    }

    int purge(Instant before, int limit) {
        return handle.createUpdate(PURGE)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    static Optional<Run> find(Handle handle, String run) {
        return runs(handle.createQuery("SELECT * FROM history_run WHERE run_id = :run")
                        .bind("run", run))
                .stream()
                .findFirst();
    }

    /** When the oldest scheduled run that is kept began; one that is ahead of the clock began by a clock that was wrong. */
    static Optional<Instant> firstScheduled(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT started_at FROM history_run WHERE wanted_by = 'SCHEDULE' AND started_at <= :now
                        ORDER BY started_at, run_id LIMIT 1""")
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli);
    }

    static Optional<Run> underWay(Handle handle, SerialNumber device) {
        return runs(handle.createQuery("SELECT * FROM history_run WHERE device = :device AND state = 'RUNNING'")
                        .bind("device", Rows.text(device.value())))
                .stream()
                .findFirst();
    }

    static List<Run> underWay(Handle handle) {
        return runs(
                handle.createQuery("SELECT * FROM history_run WHERE state = 'RUNNING' ORDER BY started_at, run_id"));
    }

    static List<Run> newestFirst(
            Handle handle, @Nullable SerialNumber device, History.@Nullable Place after, int limit) {
        Query query = handle.createQuery(NEWEST_FIRST.formatted(device == null ? "" : OF_A_DEVICE))
                .bind("at", after == null ? Long.MAX_VALUE : after.startedAt().toEpochMilli())
                .bind("run", after == null ? "" : after.id())
                .bind("limit", limit);
        if (device != null) {
            query.bind("device", Rows.text(device.value()));
        }
        return runs(query);
    }

    private static List<Run> runs(Query query) {
        return query.map((row, context) -> run(row)).list();
    }

    /** It runs, for all who look; where it stands is this table's own affair. */
    private static String state(String stored) {
        return stored.equals(WITHIN) ? Run.State.RUNNING.name() : stored;
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString("run_id"),
                new SerialNumber(row.getString("device")),
                StoredWord.read(Run.Trigger.class, row.getString("wanted_by")),
                Instant.ofEpochMilli(row.getLong("from_at")),
                Instant.ofEpochMilli(row.getLong("until_at")),
                StoredWord.read(Run.State.class, state(row.getString("state"))),
                Instant.ofEpochMilli(row.getLong("proven_until")),
                Instant.ofEpochMilli(row.getLong("reached")),
                row.getInt("windows"),
                row.getInt("windows_done"),
                row.getInt("pages"),
                row.getLong("rows_given"),
                row.getLong("new_punches"),
                row.getLong("lost_punches"),
                row.getLong("unreadable"),
                row.getInt("errors"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                Rows.instant(row, "ended_at"),
                row.getString("reason"));
    }
}
