package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Along the primary key, and the partial indexes of what isn't delivered; no index is there for persons' questions alone. */
final class SqlPunchSearch implements PunchSearch {
    /** A few milliseconds' work, and so the most that one page costs on each way that it goes along. */
    static final int LOOKED_AT = 10_000;

    private static final int HELD_LOOKED_AT = 20_000;
    private static final int MOST_USERS = 500;

    static final String HELD = """
            SELECT user_id, device, reason, count(*) AS punches, min(punched_at) AS oldest, max(punched_at) AS newest
            FROM (SELECT user_id, device, reason, punched_at FROM punch
                WHERE state = 'HELD' AND state NOT IN ('PENDING', 'DELIVERED')
                    AND user_id IS NOT NULL AND punched_at IS NOT NULL
                ORDER BY punch_key DESC LIMIT :limit) held
            GROUP BY user_id, device, reason""";

    private final Transactions transactions;
    private final Clock clock;
    private final int lookedAt;

    SqlPunchSearch(Transactions transactions, Clock clock) {
        this(transactions, clock, LOOKED_AT);
    }

    SqlPunchSearch(Transactions transactions, Clock clock, int lookedAt) {
        this.transactions = transactions;
        this.clock = clock;
        this.lookedAt = lookedAt;
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
                List.of());
    }

    private record Counted(
            UserId user, SerialNumber device, @Nullable String reason, long punches, Instant oldest, Instant newest) {}

    @Override
    public Held held() {
        List<Counted> counted = transactions.read(handle -> handle.createQuery(HELD)
                .bind("limit", HELD_LOOKED_AT)
                .map((row, context) -> new Counted(
                        new UserId(row.getString("user_id")),
                        new SerialNumber(row.getString("device")),
                        row.getString("reason"),
                        row.getLong("punches"),
                        Instant.ofEpochMilli(row.getLong("oldest")),
                        Instant.ofEpochMilli(row.getLong("newest"))))
                .list());
        Map<UserId, List<Counted>> byUser = new LinkedHashMap<>();
        counted.forEach(one ->
                byUser.computeIfAbsent(one.user(), first -> new ArrayList<>()).add(one));
        List<HeldUser> users = byUser.entrySet().stream()
                .map(entry -> together(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(HeldUser::punches)
                        .reversed()
                        .thenComparing(user -> user.user().value()))
                .toList();
        long punches = counted.stream().mapToLong(Counted::punches).sum();
        return new Held(
                users.subList(0, Math.min(users.size(), MOST_USERS)),
                punches < HELD_LOOKED_AT && users.size() <= MOST_USERS);
    }

    private static HeldUser together(UserId user, List<Counted> parts) {
        TreeSet<String> devices = new TreeSet<>();
        TreeSet<String> reasons = new TreeSet<>();
        for (Counted part : parts) {
            devices.add(part.device().value());
            if (part.reason() != null) {
                reasons.add(part.reason());
            }
        }
        return new HeldUser(
                user,
                parts.stream().mapToLong(Counted::punches).sum(),
                parts.stream()
                        .map(Counted::oldest)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                parts.stream()
                        .map(Counted::newest)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                devices.stream().map(SerialNumber::new).toList(),
                List.copyOf(reasons));
    }
}
