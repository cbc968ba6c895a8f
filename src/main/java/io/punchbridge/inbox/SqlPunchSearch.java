package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Along the primary key, and the partial indexes of what isn't delivered; no index holds delivered punches for persons' questions. */
final class SqlPunchSearch implements PunchSearch {
    /** A few milliseconds' work, and so the most that one page costs on each way that it goes along. */
    static final int LOOKED_AT = 10_000;

    /** Enough to know whose the held ones are; how many each has, an index tells. */
    private static final int HELD_LOOKED_AT = 5_000;

    /** Twice what the busiest day of five hundred devices brings. */
    private static final int COUNTED = 100_000;

    private final Transactions transactions;
    private final Clock clock;
    private final int lookedAt;
    private final int counted;
    private final int heldLookedAt;

    SqlPunchSearch(Transactions transactions, Clock clock) {
        this(transactions, clock, LOOKED_AT);
    }

    SqlPunchSearch(Transactions transactions, Clock clock, int lookedAt) {
        this(transactions, clock, lookedAt, COUNTED, HELD_LOOKED_AT);
    }

    SqlPunchSearch(Transactions transactions, Clock clock, int lookedAt, int counted, int heldLookedAt) {
        this.transactions = transactions;
        this.clock = clock;
        this.lookedAt = lookedAt;
        this.counted = counted;
        this.heldLookedAt = heldLookedAt;
    }

    @Override
    public Page page(PunchFilter filter, @Nullable PunchKey after, int limit) {
        return transactions.read(handle -> {
            boolean among = after != null && FilterSql.isUnreadable(after);
            Page timed =
                    among ? new Page(List.of(), null) : look(handle, filter, FilterSql.timed(filter, after), limit);
            if (timed.next() != null) {
                return timed;
            }
            Page unreadable = look(
                    handle,
                    filter,
                    FilterSql.unreadable(filter, among ? after : null),
                    limit - timed.punches().size());
            List<StoredPunch> both = new ArrayList<>(timed.punches());
            both.addAll(unreadable.punches());
            return new Page(List.copyOf(both), unreadable.next());
        });
    }

    private Page look(Handle handle, PunchFilter filter, FilterSql sql, int limit) {
        List<Lane> lanes = Lane.of(filter.states());
        PunchKey stretch = null;
        for (Lane lane : lanes) {
            PunchKey end = sql.stretch(handle, lane, lookedAt);
            if (end != null && (stretch == null || end.value().compareTo(stretch.value()) > 0)) {
                stretch = end;
            }
        }
        List<StoredPunch> found = new ArrayList<>();
        for (Lane lane : lanes) {
            found.addAll(sql.rows(handle, lane, "*", "", stretch, limit)
                    .map((row, context) -> Rows.storedPunch(row))
                    .list());
        }
        found.sort(
                Comparator.comparing((StoredPunch punch) -> punch.key().value()).reversed());
        if (found.size() < limit) {
            return new Page(List.copyOf(found), stretch);
        }
        List<StoredPunch> full = List.copyOf(found.subList(0, limit));
        return new Page(full, full.get(limit - 1).key());
    }

    @Override
    public Optional<Story> story(PunchKey key) {
        return transactions.read(handle -> handle.createQuery("SELECT * FROM punch WHERE punch_key = :key")
                .bind("key", key.value())
                .map((row, context) -> story(handle, row))
                .findFirst());
    }

    private Story story(Handle handle, ResultSet row) throws SQLException {
        StoredPunch punch = Rows.storedPunch(row);
        Instant claimedUntil = Rows.instant(row, "claimed_until");
        return new Story(
                punch,
                Rows.instant(row, "in_doubt_since"),
                Rows.instant(row, "not_before"),
                claimedUntil != null && claimedUntil.isAfter(clock.instant()),
                SqlFoundNear.of(handle, punch.key()).orElse(null),
                ActionRows.of(handle, punch.key()),
                SqlDeliveryAttempts.of(handle, punch.key()));
    }

    @Override
    public Held held() {
        return transactions.read(handle -> SqlHeld.users(handle, heldLookedAt));
    }

    @Override
    public int heldUsers(int most) {
        return transactions.read(handle -> SqlHeld.number(handle, most));
    }

    @Override
    public Hourly hourly(Instant from, Instant until) {
        return transactions.read(handle -> SqlHourly.count(handle, from, until, counted));
    }
}
