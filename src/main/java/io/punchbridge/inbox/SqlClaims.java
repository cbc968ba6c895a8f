package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a process takes up to deliver, and how it lets go of it: by an outcome, or to be tried again. Within the transactions
 * of {@link SqlPunchStore}; who may have a claim is the engines' matter.
 */
final class SqlClaims {
    private static final String CLAIM = """
            UPDATE punch SET claimed_by = ?, claimed_until = ?, in_doubt_since = ?
            WHERE punch_key = ?""";

    private static final String SETTLE = """
            UPDATE punch SET state = ?, reason = ?, employee = ?, checkin = ?,
                not_before = NULL, claimed_by = NULL, claimed_until = NULL, in_doubt_since = NULL, settled_at = ?
            WHERE punch_key = ? AND state = 'PENDING' AND claimed_by = ?""";

    private static final String POSTPONE = """
            UPDATE punch SET reason = ?, not_before = ?, claimed_by = NULL, claimed_until = NULL, in_doubt_since = ?
            WHERE punch_key = ? AND state = 'PENDING' AND claimed_by = ?""";

    private static final String RENEW = """
            UPDATE punch SET claimed_until = ?
            WHERE punch_key = ? AND state = 'PENDING' AND claimed_by = ?""";

    private final String me;
    private final Duration lease;

    /** @param me name of this process as the holder of claims */
    SqlClaims(String me, Duration lease) {
        this.me = me;
        this.lease = lease;
    }

    /**
     * Takes up what is due, which counts as possibly sent from now on.
     *
     * @param selectClaimable of the engine: parameters me, now, far, farLease and limit
     */
    List<WaitingPunch> claim(Handle handle, String selectClaimable, Instant now, int limit) throws SQLException {
        List<Attempted> cutOff = new ArrayList<>();
        List<WaitingPunch> claimed = handle.createQuery(selectClaimable)
                .bind("me", me)
                .bind("now", now.toEpochMilli())
                .bind("far", now.plus(SqlPunchStore.LONGEST_DELAY).toEpochMilli())
                .bind(
                        "farLease",
                        now.plus(lease).plus(SqlPunchStore.LONGEST_DELAY).toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> claimed(row, now, cutOff))
                .list();
        mark(claimed, now, handle);
        SqlDeliveryAttempts.keep(handle, cutOff);
        return claimed;
    }

    /** By plain JDBC, as {@link Append} is: callbacks wait meanwhile, and Jdbi's binding takes longer than the update. */
    private void mark(List<WaitingPunch> claimed, Instant now, Handle handle) throws SQLException {
        if (claimed.isEmpty()) {
            return;
        }
        long until = now.plus(lease).toEpochMilli();
        try (PreparedStatement claim = handle.getConnection().prepareStatement(CLAIM)) {
            for (WaitingPunch punch : claimed) {
                claim.setString(1, me);
                claim.setLong(2, until);
                claim.setLong(3, now.toEpochMilli());
                claim.setString(4, punch.punch().key().value());
                claim.addBatch();
            }
            claim.executeBatch();
        }
    }

    /** Whoever left a claim behind may have sent the punch at any time since, even long after the claim. */
    private static WaitingPunch claimed(ResultSet row, Instant now, List<Attempted> cutOff) throws SQLException {
        WaitingPunch punch = Rows.waitingPunch(row);
        if (row.getString("claimed_by") == null) {
            return punch;
        }
        Instant since = punch.inDoubtSince();
        cutOff.add(SqlDeliveryAttempts.cutOff(punch.punch().key(), since == null ? now : since));
        return punch.inDoubtSince(now);
    }

    /** Whether all of them are still this process's; those that are stay so for a whole lease. */
    boolean renew(Handle handle, Collection<PunchKey> keys, Instant now) {
        long until = now.plus(lease).toEpochMilli();
        boolean all = true;
        for (String key : keys.stream().map(PunchKey::value).sorted().toList()) {
            all &= handle.execute(RENEW, until, key, me) == 1;
        }
        return all;
    }

    /** Sorted before the transaction, during which callbacks wait. */
    static List<Settlement> inOrder(Collection<Settlement> settlements) {
        return settlements.stream()
                .sorted(Comparator.comparing(settlement -> settlement.key().value()))
                .toList();
    }

    /**
     * Lets go of punches that this process has claimed, all of them or, by an exception, none. Returns those that have an
     * outcome now, in their order.
     *
     * @param settlements in the order of their keys
     */
    List<Settlement> settle(Handle handle, List<Settlement> settlements, Instant now) throws SQLException {
        List<Settlement> settled = settlements.stream()
                .filter(settlement -> settlement.state() != PunchState.PENDING)
                .toList();
        List<Settlement> postponed = settlements.stream()
                .filter(settlement -> settlement.state() == PunchState.PENDING)
                .toList();
        List<PunchKey> lost = new ArrayList<>();
        lost.addAll(unchanged(settled, update(handle, SETTLE, settled, (update, one) -> settle(update, one, now))));
        lost.addAll(
                unchanged(postponed, update(handle, POSTPONE, postponed, (update, one) -> postpone(update, one, now))));
        if (!lost.isEmpty()) {
            throw new IllegalStateException("Not claimed by this process, so nothing of this settlement was kept: "
                    + lost + ". Another process took them when the lease ran out, or they were settled twice.");
        }
        return settled;
    }

    /** Binds {@link #SETTLE}. */
    private void settle(PreparedStatement update, Settlement settlement, Instant now) throws SQLException {
        update.setString(1, settlement.state().name());
        update.setString(2, Rows.text(settlement.reason()));
        update.setString(3, Rows.text(settlement.employee()));
        update.setString(4, Rows.text(settlement.checkin()));
        update.setLong(5, now.toEpochMilli());
        update.setString(6, settlement.key().value());
        update.setString(7, me);
    }

    /** Binds {@link #POSTPONE}. */
    private void postpone(PreparedStatement update, Settlement settlement, Instant now) throws SQLException {
        update.setString(1, Rows.text(settlement.reason()));
        Rows.setLong(update, 2, notBefore(settlement, now));
        Rows.setLong(update, 3, Rows.millis(settlement.inDoubtSince()));
        update.setString(4, settlement.key().value());
        update.setString(5, me);
    }

    @FunctionalInterface
    private interface Binding {
        void apply(PreparedStatement update, Settlement settlement) throws SQLException;
    }

    private static int[] update(Handle handle, String sql, List<Settlement> settlements, Binding binding)
            throws SQLException {
        if (settlements.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement update = handle.getConnection().prepareStatement(sql)) {
            for (Settlement settlement : settlements) {
                binding.apply(update, settlement);
                update.addBatch();
            }
            return update.executeBatch();
        }
    }

    private static @Nullable Long notBefore(Settlement settlement, Instant now) {
        Instant wanted = settlement.notBefore();
        Instant latest = now.plus(SqlPunchStore.LONGEST_DELAY);
        return Rows.millis(wanted != null && wanted.isAfter(latest) ? latest : wanted);
    }

    private static List<PunchKey> unchanged(List<Settlement> settlements, int[] rowCounts) {
        List<PunchKey> unchanged = new ArrayList<>();
        for (int i = 0; i < rowCounts.length; i++) {
            if (rowCounts[i] != 1) {
                unchanged.add(settlements.get(i).key());
            }
        }
        return unchanged;
    }
}
