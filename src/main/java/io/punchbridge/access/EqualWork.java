package io.punchbridge.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes each check cost the same, whoever it is for, so that the time of an answer tells nothing. bcrypt's work doubles with
 * each step of its cost: a hash of the cost c, followed by dummies of c, c + 1, … up to one below the highest, costs
 * exactly what one of the highest does.
 */
final class EqualWork {
    /** Salt and hash of nothing that anybody has. */
    private static final String REST_OF_A_DUMMY = "abcdefghijklmnopqrstuu" + "0".repeat(31);

    private static final int COST_OF_NOBODY = 10;

    private final PasswordCheck check;
    private final int highest;

    EqualWork(List<LoginSettings.User> users, PasswordCheck check) {
        this.check = check;
        this.highest =
                users.stream().mapToInt(user -> cost(user.passwordHash())).max().orElse(COST_OF_NOBODY);
    }

    /** @param user null if there is none of that name: then nothing matches */
    boolean matches(byte[] password, LoginSettings.@Nullable User user) {
        if (user == null) {
            check.matches(password, dummy(highest));
            return false;
        }
        boolean right = check.matches(password, user.passwordHash());
        for (int cost = cost(user.passwordHash()); cost < highest; cost++) {
            check.matches(password, dummy(cost));
        }
        return right;
    }

    private static String dummy(int cost) {
        return "$2b$" + cost + "$" + REST_OF_A_DUMMY;
    }

    /** Of {@code $2b$12$…}. */
    private static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }
}
