package io.punchbridge.inbox;

import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Along the primary key, and the partial indexes of what isn't delivered; no index is there for persons' questions alone. */
final class SqlPunchSearch implements PunchSearch {
    /** A few milliseconds' work, and so the most that one page costs on each way that it goes along. */
    static final int LOOKED_AT = 10_000;

    private static final int HELD_LOOKED_AT = 20_000;
    private static final int MOST_USERS = 500;
    /** Twice what the busiest day of five hundred devices brings. */
    private static final int COUNTED = 100_000;

    static final String HELD = """
            SELECT user_id, device, reason, count(*) AS punches, min(punched_at) AS oldest, max(punched_at) AS newest
            FROM (SELECT user_id, device, reason, punched_at FROM punch
                WHERE state = 'HELD' AND state NOT IN ('PENDING', 'DELIVERED')
                    AND user_id IS NOT NULL AND punched_at IS NOT NULL
                ORDER BY punch_key DESC LIMIT :limit) held
            GROUP BY user_id, device, reason""";

    /** Along the index alone, so that it costs little even for thousands. */
    static final String HELD_OF_A_USER = """
            SELECT count(*) AS punches,
                (SELECT punched_at FROM punch WHERE state = 'HELD' AND user_id = :user ORDER BY punch_key LIMIT 1) AS oldest
            FROM (SELECT 1 AS one FROM punch WHERE state = 'HELD' AND user_id = :user LIMIT :limit) held""";

    /** From one user straight to the next, however many punches each has. */
    static final String HELD_USERS = """
            WITH RECURSIVE held(user_id, n) AS (
                SELECT (SELECT user_id FROM punch WHERE state = 'HELD' AND user_id > '' ORDER BY user_id LIMIT 1), 1
                UNION ALL
                SELECT (SELECT punch.user_id FROM punch WHERE state = 'HELD' AND punch.user_id > held.user_id
                    ORDER BY punch.user_id LIMIT 1), n + 1
                FROM held WHERE held.user_id IS NOT NULL AND n <= :limit)
            SELECT count(user_id) FROM held""";

    static final String HOURLY = """
            SELECT hour, state, count(*) AS punches
            FROM (SELECT (punched_at - :start) / 3600000 AS hour, state FROM punch
                WHERE punch_key < :before AND punch_key >= :from ORDER BY punch_key DESC LIMIT :limit) made
            GROUP BY hour, state""";

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

    private record Counted(
            UserId user, SerialNumber device, @Nullable String reason, long punches, Instant oldest, Instant newest) {}

    @Override
    public Held held() {
        return transactions.read(handle -> held(handle));
    }

    private Held held(Handle handle) {
        List<Counted> counted = handle.createQuery(HELD)
                .bind("limit", heldLookedAt)
                .map((row, context) -> new Counted(
                        new UserId(row.getString("user_id")),
                        new SerialNumber(row.getString("device")),
                        row.getString("reason"),
                        row.getLong("punches"),
                        Instant.ofEpochMilli(row.getLong("oldest")),
                        Instant.ofEpochMilli(row.getLong("newest"))))
                .list();
        Map<UserId, List<Counted>> byUser = new LinkedHashMap<>();
        counted.forEach(one ->
                byUser.computeIfAbsent(one.user(), first -> new ArrayList<>()).add(one));
        List<HeldUser> users = mostFirst(byUser.entrySet().stream()
                .map(entry -> together(entry.getKey(), entry.getValue()))
                .toList());
        List<HeldUser> told = users.subList(0, Math.min(users.size(), MOST_USERS));
        boolean all = counted.stream().mapToLong(Counted::punches).sum() < heldLookedAt;
        return new Held(
                all
                        ? told
                        : mostFirst(told.stream()
                                .map(user -> exact(handle, user))
                                // Nobody's by now: it was released between the two looks.
                                .filter(user -> user.punches() > 0)
                                .toList()),
                all && users.size() <= MOST_USERS);
    }

    private static List<HeldUser> mostFirst(List<HeldUser> users) {
        return users.stream()
                .sorted(Comparator.comparingLong(HeldUser::punches)
                        .reversed()
                        .thenComparing(user -> user.user().value()))
                .toList();
    }

    /** Also with the punches that are older than those that were looked at. */
    private static HeldUser exact(Handle handle, HeldUser seen) {
        return handle.createQuery(HELD_OF_A_USER)
                .bind("user", seen.user().value())
                .bind("limit", MOST_OF_A_USER + 1)
                .map((row, context) -> {
                    Instant oldest = Rows.instant(row, "oldest");
                    return new HeldUser(
                            seen.user(),
                            row.getLong("punches"),
                            oldest == null ? seen.oldest() : oldest,
                            seen.newest(),
                            seen.devices(),
                            seen.reasons());
                })
                .one();
    }

    @Override
    public int heldUsers(int most) {
        return transactions.read(handle -> handle.createQuery(HELD_USERS)
                .bind("limit", most)
                .mapTo(Integer.class)
                .one());
    }

    private record CountedHour(long hour, PunchState state, long punches) {}

    @Override
    public Hourly hourly(Instant from, Instant until) {
        List<CountedHour> counts = transactions.read(handle -> handle.createQuery(HOURLY)
                .bind("start", from.toEpochMilli())
                .bind("before", PunchKey.before(until).value())
                .bind("from", PunchKey.before(from).value())
                .bind("limit", counted)
                .map((row, context) -> new CountedHour(
                        row.getLong("hour"), PunchState.valueOf(row.getString("state")), row.getLong("punches")))
                .list());
        Map<Long, Map<PunchState, Long>> byHour = new TreeMap<>();
        counts.forEach(one -> byHour.computeIfAbsent(one.hour(), first -> new EnumMap<>(PunchState.class))
                .put(one.state(), one.punches()));
        List<Hour> hours = byHour.entrySet().stream()
                .map(entry -> new Hour(from.plus(Duration.ofHours(entry.getKey())), entry.getValue()))
                .toList();
        return new Hourly(hours, counts.stream().mapToLong(CountedHour::punches).sum() < counted);
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
