package io.punchbridge.doctor;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.OutsideQuarkus;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.inbox.StorageInspection;
import io.punchbridge.inbox.StorageLook;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the whole set-up and changes nothing, on the site or here. Needs no running service, and disturbs none. May
 * be used any number of times.
 */
public final class SetUpCheck {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    private final SetUpSettings settings;
    private final Function<FrappeSettings, SetUpSite> sites;
    private final Supplier<StorageLook> storage;
    private final Clock clock;

    SetUpCheck(
            SetUpSettings settings,
            Function<FrappeSettings, SetUpSite> sites,
            Supplier<StorageLook> storage,
            Clock clock) {
        this.settings = settings;
        this.sites = sites;
        this.storage = storage;
        this.clock = clock;
    }

    public static SetUpCheck of(SetUpSettings settings, Clock clock) {
        return of(settings, () -> StorageInspection.look(settings.storage()), clock);
    }

    static SetUpCheck of(SetUpSettings settings, Supplier<StorageLook> storage, Clock clock) {
        return new SetUpCheck(settings, frappe -> OutsideQuarkus.setUpSite(frappe, clock), storage, clock);
    }

    /** All results, in the order in which a person would set things up. Blocks, for seconds as a rule. */
    public List<CheckResult> run() {
        List<CheckResult> results = new ArrayList<>();
        results.add(configuration());
        StorageChecks store = new StorageChecks(storage);
        results.addAll(new Check("Storage", store::results).run());
        SetUpSite site = sites.apply(hasty(settings.frappe()));
        ConnectionChecks connection =
                new ConnectionChecks(site, settings.frappe().url(), clock);
        results.addAll(new Check("Connection", connection::results).run());
        UserChecks user = new UserChecks(site, settings.frappe());
        String blocked = connection.obstacle();
        results.addAll(run(new Check("Token", user::token), blocked));
        if (blocked == null) {
            blocked = user.obstacle();
        }
        for (Check check : siteChecks(site, user, store)) {
            results.addAll(run(check, blocked));
        }
        DeviceChecks devices = new DeviceChecks(settings, store);
        results.addAll(new Check("Devices heard", devices::heard).run());
        results.addAll(new Check("Devices' history", devices::askable).run());
        return List.copyOf(results);
    }

    /** Whoever waits for a check shouldn't wait for each request as long as a delivery may. */
    private static FrappeSettings hasty(FrappeSettings ours) {
        Duration limit = ours.requestTimeout().compareTo(LONGEST_LOOK) < 0 ? ours.requestTimeout() : LONGEST_LOOK;
        return new FrappeSettings(
                ours.url(),
                ours.apiKey(),
                ours.apiSecret(),
                ours.siteName(),
                ours.timeZone(),
                ours.connectTimeout(),
                limit);
    }

    private CheckResult configuration() {
        int devices = settings.devices().all().size();
        return CheckResult.passed(
                "Configuration",
                "Whole: no key is missing, wrong or unknown; " + devices + (devices == 1 ? " device" : " devices")
                        + " declared.");
    }

    private List<Check> siteChecks(SetUpSite site, UserChecks user, StorageChecks store) {
        RightsChecks rights = new RightsChecks(site, settings.attendance(), store);
        SiteChecks itself = new SiteChecks(site, settings, clock);
        EmployeeChecks employees = new EmployeeChecks(site);
        FieldChecks fields = new FieldChecks(site, settings.keepHealthData());
        ShiftTypeChecks shiftTypes = new ShiftTypeChecks(site, settings.attendance());
        return List.of(
                new Check("API user", user::user),
                new Check("Rights", rights::results),
                new Check("Permission level 1", rights::permissionLevelOne),
                new Check("Versions", itself::versions),
                new Check("Time zone", itself::timeZone),
                new Check("Geolocation", itself::geolocation),
                new Check("Employees", employees::results),
                new Check("Punch key", fields::punchKey),
                new Check("Check-in fields", fields::others),
                new Check("Shift Types", shiftTypes::results));
    }

    private static List<CheckResult> run(Check check, @Nullable String obstacle) {
        return obstacle == null ? check.run() : List.of(CheckResult.notChecked(check.name(), obstacle));
    }

    /** What came of a fix. */
    public record Mended(Fix fix, boolean good, String words) {}

    /**
     * Makes a change on the site, with a System Manager's token that is used for this and kept nowhere, nor told in any
     * outcome. May be repeated.
     *
     * @param key of the System Manager
     */
    public Mended mend(Fix fix, String key, String secret) {
        try {
            return made(fix, key, secret);
        } catch (RuntimeException surprise) {
            // Without its message, which may hold the token.
            return new Mended(
                    fix,
                    false,
                    "perhaps not made, for a reason that nobody planned ("
                            + surprise.getClass().getName() + "): run doctor again to see.");
        }
    }

    private Mended made(Fix fix, String key, String secret) {
        FrappeSettings ours = settings.frappe();
        SetUpSite site = sites.apply(new FrappeSettings(
                ours.url(),
                key,
                secret,
                ours.siteName(),
                ours.timeZone(),
                ours.connectTimeout(),
                ours.requestTimeout()));
        return site.create(fix.field())
                .fold(
                        created -> switch (created) {
                            case MADE -> new Mended(fix, true, "made.");
                            case THERE_ALREADY -> new Mended(fix, true, "is there already.");
                            case THERE_NOT_UNIQUE ->
                                new Mended(
                                        fix,
                                        false,
                                        "is there, but isn't unique. Mark it as unique in Customize Form of Employee"
                                                + " Checkin; if Frappe refuses, two rows have the same key, and one of them"
                                                + " must go first.");
                        },
                        failure -> new Mended(fix, false, refused(failure)));
    }

    private static String refused(FrappeFailure failure) {
        return switch (failure.status()) {
            case 401 -> "not made: the site doesn't know this token.";
            case 403 ->
                "not made: the user of this token may not. It must be a System Manager's: "
                        + Told.ended(failure.words());
            default -> "not made: " + Told.ended(failure.words());
        };
    }
}
