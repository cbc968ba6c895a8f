package io.punchbridge.settings;

import io.punchbridge.access.LoginSettings;
import io.punchbridge.access.OpenIdSettings;
import io.punchbridge.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who may log in. No problem that it notes holds any of a hash. */
final class LoginReader {
    /** Goes into log lines and, by Basic, before a colon. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(?<cost>\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final String OIDC = "quarkus.oidc.tenant-enabled";
    private static final int LEAST_COST = 10;
    /** One check takes about five seconds with it, and twice as long with each step. */
    private static final int MOST_COST = 16;

    private final Values values;
    private final KeyNames names;

    LoginReader(Values values, KeyNames names) {
        this.values = values;
        this.names = names;
    }

    LoginSettings read() {
        List<LoginSettings.User> users = new ArrayList<>();
        names.users().forEach((name, prefix) -> users.add(user(name, prefix)));
        return new LoginSettings(
                users, values.required(Keys.LOCK_OUT_AFTER, values::count, 1), values.duration(Keys.LOCK_OUT_FOR));
    }

    /** The switch is Quarkus' own, so that there is one and not two. */
    OpenIdSettings openId() {
        return new OpenIdSettings(
                values.value(OIDC).map(Boolean::parseBoolean).orElse(false),
                values.required(Keys.OPEN_ID_VIEWER_ROLE, (key, text) -> Optional.of(text.strip()), ""),
                values.required(Keys.OPEN_ID_OPERATOR_ROLE, (key, text) -> Optional.of(text.strip()), ""));
    }

    private LoginSettings.User user(String name, String prefix) {
        if (!NAME.matcher(name).matches()) {
            values.problem(
                    prefix + Keys.ROLE,
                    "has a user name that can't be one: at most 64 letters, digits, dots, hyphens, underscores and @ are"
                            + " wanted, the first a letter or a digit.");
        }
        return new LoginSettings.User(
                name,
                values.required(prefix + Keys.PASSWORD_HASH, this::hash, ""),
                values.required(
                        prefix + Keys.ROLE,
                        (key, text) -> values.chosen(key, text, Values.choices(Role.values())),
                        Role.VIEWER));
    }

    private Optional<String> hash(String key, String text) {
        Matcher hash = BCRYPT.matcher(text);
        if (!hash.matches()) {
            return values.wrong(
                    key,
                    "is no bcrypt hash. Wanted is what the command hash-password prints; a shell and Docker Compose take"
                            + " its dollar signs for variables, unless it stands in single quotes or they are doubled.");
        }
        int cost = Integer.parseInt(hash.group("cost"));
        if (cost < LEAST_COST) {
            return values.wrong(
                    key,
                    "has the cost " + cost + ", which is guessed too fast; at least " + LEAST_COST + " is wanted.");
        }
        if (cost > MOST_COST) {
            return values.wrong(
                    key, "has the cost " + cost + ": each login would take many seconds; at most " + MOST_COST + ".");
        }
        return Optional.of(text);
    }
}
