package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.SetUpSite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whom the token stands for. */
final class UserChecks {
    private static final String TOKEN = "Token";
    private static final String ROLES = "Roles";
    private static final String OWN_ZONE = "API user's time zone";
    private static final String NEW_TOKEN =
            "Make a new one (User, Settings, API Access, Generate Keys) and set punchbridge.frappe.api-key and api-secret.";
    /** Every user has them. */
    private static final Set<String> NOTHING_SPECIAL = Set.of("All", "Guest", "Desk User");

    private final SetUpSite site;
    private final FrappeSettings settings;
    private @Nullable String name;

    UserChecks(SetUpSite site, FrappeSettings settings) {
        this.site = site;
        this.settings = settings;
    }

    /** Why nothing that needs a user can be asked; null if it can. */
    @Nullable String obstacle() {
        return name == null ? "The token isn't taken." : null;
    }

    List<CheckResult> token() {
        return List.of(site.user().<CheckResult>fold(this::known, UserChecks::unknown));
    }

    private CheckResult known(String user) {
        if (user.isBlank() || user.equals("Guest")) {
            return CheckResult.failed(TOKEN, "The site takes us for a guest.", NEW_TOKEN);
        }
        name = user;
        return passed(TOKEN, "The site takes it.");
    }

    private static CheckResult unknown(FrappeFailure failure) {
        return switch (failure.status()) {
            case 401, 403 ->
                CheckResult.failed(
                        TOKEN,
                        "The site doesn't take it (" + failure.status() + ", " + failure.words() + ").",
                        NEW_TOKEN + " The user must be enabled.");
            default ->
                CheckResult.failed(
                        TOKEN, "The site can't tell: " + Told.ended(failure.words()), "Look into the site's own log.");
        };
    }

    List<CheckResult> user() {
        String user = name;
        if (user == null) {
            return List.of(notChecked("API user", "The token isn't taken."));
        }
        return List.of(passed("API user", "The token is that of " + user + "."), roles(user), ownZone(user));
    }

    private CheckResult roles(String user) {
        return site.roles(user)
                .fold(
                        roles -> {
                            Set<String> special = roles.stream()
                                    .filter(role -> !NOTHING_SPECIAL.contains(role))
                                    .collect(Collectors.toCollection(TreeSet::new));
                            String seen = special.isEmpty() ? "None." : String.join(", ", special) + ".";
                            return special.contains("System Manager") || user.equals("Administrator")
                                    ? CheckResult.warning(
                                            ROLES,
                                            seen + " Whoever gets at our configuration could change the whole site.",
                                            "Let the token be that of a user with HR User, or a role of its own.")
                                    : passed(ROLES, seen + " What they allow is checked by right.");
                        },
                        failure -> notChecked(ROLES, "The site doesn't tell them: " + Told.ended(failure.words())));
    }

    private CheckResult ownZone(String user) {
        return site.zoneOf(user)
                .fold(
                        this::ownZone,
                        failure -> notChecked(
                                OWN_ZONE,
                                "The API user may not read its own User document; see the time zone below.",
                                "In Frappe, look that no Time Zone is set on that user."));
    }

    private CheckResult ownZone(Optional<String> zone) {
        if (zone.isEmpty()) {
            return passed(OWN_ZONE, "None is set on the user, so Frappe tells us the site's.");
        }
        return settings.timeZone() != null
                ? passed(OWN_ZONE, zone.get() + " is set on the user; ours is set in the configuration and goes first.")
                : CheckResult.warning(
                        OWN_ZONE,
                        zone.get() + " is set on the user, and Frappe tells it to us as if it were the site's.",
                        "Empty Time Zone on the API user in Frappe, or set punchbridge.frappe.time-zone to the site's.");
    }
}
