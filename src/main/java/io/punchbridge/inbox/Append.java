package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UnreadablePunch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of many arrivals, stored in the order of their keys, and what each arrival changed by them. Bound by plain
 * JDBC: this is the path of every callback, and Jdbi's binding takes longer than SQLite's insert.
 */
final class Append {

    private record Row(String key, Tally tally, Binding binding) {}

    @FunctionalInterface
    private interface Binding {
        void apply(PreparedStatement insert) throws SQLException;
    }

    private static final class Tally {
        private int newPunches;
        private int repeats;
        private int newEvents;

        Stored stored() {
            return new Stored(newPunches, repeats, newEvents);
        }
    }

    /**
     * In a statement of its own after the insert: what a purge at another replica has just taken out of the table is
     * seen by this one's snapshot, where the insert's was too early.
     */
    private static final String TAKE_BACK_PAST = """
            DELETE FROM punch WHERE punch_key = ?
                AND EXISTS (SELECT 1 FROM past_key WHERE past_key.punch_key = punch.punch_key)""";

    private final List<Row> pending = new ArrayList<>();
    private final List<Row> quarantined = new ArrayList<>();
    private final List<Row> events = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();

    private final PunchKey oldestSurelyUnpurged;

    /** @param oldestSurelyUnpurged no punch with a later key can have been purged */
    Append(List<Arrival> arrivals, PunchKey oldestSurelyUnpurged) {
        this.oldestSurelyUnpurged = oldestSurelyUnpurged;
        arrivals.forEach(this::take);
    }

    private void take(Arrival arrival) {
        Tally tally = new Tally();
        tallies.add(tally);
        for (Punch punch : arrival.punches()) {
            pending.add(new Row(
                    punch.key().value(),
                    tally,
                    insert -> Rows.bind(insert, punch, arrival.source(), arrival.receivedAt())));
        }
        for (UnreadablePunch unreadable : arrival.unreadable()) {
            quarantined.add(new Row(
                    unreadable.key().value(),
                    tally,
                    insert -> Rows.bind(insert, unreadable, arrival.source(), arrival.receivedAt())));
        }
        for (DeviceEvent event : arrival.events()) {
            events.add(new Row(event.key(), tally, insert -> Rows.bind(insert, event, arrival.receivedAt())));
        }
    }

    List<Stored> run(Handle handle, int countSlot) throws SQLException {
        List<Row> newPending = insertPunches(handle, pending);
        int past = takeBackPast(handle, newPending);
        List<Row> newQuarantined = insertPunches(handle, quarantined);
        insertEvents(handle);
        Changes changes = new Changes();
        changes.add(PunchState.PENDING, newPending.size() - past);
        changes.add(PunchState.QUARANTINED, newQuarantined.size());
        changes.write(handle, countSlot);
        return tallies.stream().map(Tally::stored).toList();
    }

    /** Returns those that were new. */
    private static List<Row> insertPunches(Handle handle, List<Row> rows) throws SQLException {
        List<Row> inserted = new ArrayList<>();
        int[] rowCounts = insert(handle, Rows.INSERT_PUNCH, rows);
        for (int i = 0; i < rowCounts.length; i++) {
            Row row = rows.get(i);
            if (rowCounts[i] == 1) {
                row.tally().newPunches++;
                inserted.add(row);
            } else {
                row.tally().repeats++;
            }
        }
        return inserted;
    }

    /** Punches old enough to have been purged are looked up among the purged ones. Returns how many were repeats. */
    private int takeBackPast(Handle handle, List<Row> inserted) throws SQLException {
        List<Row> old = inserted.stream()
                .filter(row -> row.key().compareTo(oldestSurelyUnpurged.value()) < 0)
                .toList();
        if (old.isEmpty()) {
            return 0;
        }
        int past = 0;
        try (PreparedStatement delete = handle.getConnection().prepareStatement(TAKE_BACK_PAST)) {
            for (Row row : old) {
                delete.setString(1, row.key());
                delete.addBatch();
            }
            int[] rowCounts = delete.executeBatch();
            for (int i = 0; i < rowCounts.length; i++) {
                Tally tally = old.get(i).tally();
                tally.newPunches -= rowCounts[i];
                tally.repeats += rowCounts[i];
                past += rowCounts[i];
            }
        }
        return past;
    }

    private void insertEvents(Handle handle) throws SQLException {
        int[] rowCounts = insert(handle, Rows.INSERT_EVENT, events);
        for (int i = 0; i < rowCounts.length; i++) {
            events.get(i).tally().newEvents += rowCounts[i];
        }
    }

    private static int[] insert(Handle handle, String sql, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        rows.sort(Comparator.comparing(Row::key));
        try (PreparedStatement insert = handle.getConnection().prepareStatement(sql)) {
            for (Row row : rows) {
                row.binding().apply(insert);
                insert.addBatch();
            }
            return insert.executeBatch();
        }
    }
}
