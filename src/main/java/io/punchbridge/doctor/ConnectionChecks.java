package io.punchbridge.doctor;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.frappe.SetUpSite.Reach;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way to the site: address, TLS, name and clock. */
final class ConnectionChecks {
    private static final String ADDRESS = "Address";
    private static final String TLS = "TLS";
    private static final String SITE_NAME = "Site name";
    private static final String CLOCK = "Clock";
    /** As an address; a name may begin so, too. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private static final Duration EXPIRES_SOON = Duration.ofDays(21);
    private static final Duration DRIFT = Duration.ofSeconds(30);
    private static final Duration MUCH_DRIFT = Duration.ofMinutes(5);
    /** The token isn't taken, or not yet: for another check to tell. */
    private static final Set<Integer> ABOUT_THE_TOKEN = Set.of(401, 403);

    private final SetUpSite site;
    private final URI url;
    private final Clock clock;
    private @Nullable String obstacle = "The site wasn't asked.";

    ConnectionChecks(SetUpSite site, URI url, Clock clock) {
        this.site = site;
        this.url = url;
        this.clock = clock;
    }

    /** Why nothing else can be asked of the site; null if it can. */
    @Nullable String obstacle() {
        return obstacle;
    }

    List<CheckResult> results() {
        Reach reach = site.reach();
        FrappeFailure failure = reach.pong().<@Nullable FrappeFailure>fold(pong -> null, given -> given);
        if (failure != null && failure.status() == 0) {
            obstacle = "The site can't be reached.";
            if (failure.kind() == FrappeFailure.Kind.SET_UP) {
                return List.of(CheckResult.failed(
                        TLS,
                        Told.ended(failure.words()),
                        "Let the site have a certificate of an issuer that Java trusts, for the very host in"
                                + " punchbridge.frappe.url; or make this Java trust the issuer."));
            }
            return List.of(CheckResult.failed(
                    ADDRESS,
                    "No answer from " + address() + ": " + Told.ended(failure.words()),
                    "Check punchbridge.frappe.url, the network between here and there, and that the site is up."));
        }
        List<CheckResult> results = new ArrayList<>();
        results.add(CheckResult.passed(ADDRESS, address() + " answers."));
        results.add(tls(reach.certificateEnds()));
        results.add(siteName(failure));
        results.add(clock(reach.aheadOfUs()));
        return results;
    }

    /** Without a path or user info, which may hold more than an address. */
    private String address() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private CheckResult tls(@Nullable Instant certificateEnds) {
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            return isThisHost()
                    ? CheckResult.passed(TLS, "None, and none is needed: the address is this host itself.")
                    : CheckResult.warning(
                            TLS,
                            "None: token and punches go over the network as anybody on it can read and change them.",
                            "Let punchbridge.frappe.url begin with https:// unless this network is yours alone.");
        }
        if (certificateEnds == null) {
            return CheckResult.passed(TLS, "Secured.");
        }
        long days = Duration.between(clock.instant(), certificateEnds).toDays();
        return days < EXPIRES_SOON.toDays()
                ? CheckResult.warning(
                        TLS,
                        "The certificate ends in " + days + (days == 1 ? " day." : " days."),
                        "Renew it before: no punch is delivered after that.")
                : CheckResult.passed(TLS, "Secured; the certificate is trusted and valid for " + days + " more days.");
    }

    private boolean isThisHost() {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || LOOPBACK.matcher(host).matches()
                || host.equals("[::1]")
                || host.equals("::1");
    }

    private CheckResult siteName(@Nullable FrappeFailure failure) {
        if (failure == null || ABOUT_THE_TOKEN.contains(failure.status())) {
            obstacle = null;
            return CheckResult.passed(SITE_NAME, "A Frappe site answers to this name.");
        }
        obstacle = "No Frappe site answers as it should.";
        return switch (failure.status()) {
            case 404 ->
                CheckResult.failed(
                        SITE_NAME,
                        "There is a server, but no Frappe site of this name: " + Told.ended(failure.words()),
                        "Let the host in punchbridge.frappe.url be the site's name, or set punchbridge.frappe.site-name to"
                                + " it (the folder under sites/ of the bench).");
            case 429, 503 ->
                CheckResult.failed(
                        SITE_NAME,
                        "The site doesn't answer now: " + Told.ended(failure.words()),
                        "Wait until its maintenance or its rate limit is over, and check again.");
            default ->
                CheckResult.failed(
                        SITE_NAME,
                        "The answer is no Frappe site's: " + Told.ended(failure.words()),
                        "Let punchbridge.frappe.url be the site itself, without a path, and look into the site's own log.");
        };
    }

    private static CheckResult clock(@Nullable Duration aheadOfUs) {
        if (aheadOfUs == null) {
            return CheckResult.notChecked(CLOCK, "The site's answer has no Date.");
        }
        long seconds = aheadOfUs.toSeconds();
        String seen = Math.abs(seconds) <= 1
                ? "The site's clock and ours agree to a second."
                : "The site's clock is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind") + " ours.";
        String whatToDo =
                "Let both hosts keep their time by NTP. What is too far in the future, and how old a punch is, is"
                        + " decided by our clock; what Frappe notes as written, by the site's.";
        if (aheadOfUs.abs().compareTo(MUCH_DRIFT) > 0) {
            return CheckResult.failed(CLOCK, seen, whatToDo);
        }
        return aheadOfUs.abs().compareTo(DRIFT) > 0
                ? CheckResult.warning(CLOCK, seen, whatToDo)
                : CheckResult.passed(CLOCK, seen);
    }
}
