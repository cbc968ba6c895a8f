package io.punchbridge.inbox;

import io.punchbridge.inbox.PunchSearch.Held;
import io.punchbridge.inbox.PunchSearch.HeldUser;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** For whom punches are held: whose by the newest ones, how many by the index of each user. */
final class SqlHeld {
    private static final int MOST_USERS = 500;
    /** Each takes a query of its own. */
    private static final int MOST_COUNTED_EACH = 100;

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

    private SqlHeld() {}

    private record Counted(
            UserId user, SerialNumber device, @Nullable String reason, long punches, Instant oldest, Instant newest) {}

    /** @param lookedAt so many of the newest tell whose punches are held, where and why */
    static Held users(Handle handle, int lookedAt) {
        List<Counted> counted = handle.createQuery(HELD)
                .bind("limit", lookedAt)
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
        if (counted.stream().mapToLong(Counted::punches).sum() < lookedAt) {
            return new Held(users.stream().limit(MOST_USERS).toList(), users.size() <= MOST_USERS);
        }
        List<HeldUser> exact = users.stream()
                .limit(MOST_COUNTED_EACH)
                .map(user -> exact(handle, user))
                // Nobody's by now: it was released between the two looks.
                .filter(user -> user.punches() > 0)
                .toList();
        return new Held(mostFirst(exact), number(handle, MOST_USERS) <= exact.size());
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
                .bind("limit", PunchSearch.MOST_OF_A_USER + 1)
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

    /** For how many users; {@code most + 1} for more than {@code most}. */
    static int number(Handle handle, int most) {
        return handle.createQuery(HELD_USERS)
                .bind("limit", most)
                .mapTo(Integer.class)
                .one();
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
