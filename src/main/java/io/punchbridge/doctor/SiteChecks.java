package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.punch.Device;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the site is and how it is set. */
final class SiteChecks {
    private static final String VERSIONS = "Versions";
    private static final String TIME_ZONE = "Time zone";
    private static final String GEOLOCATION = "Geolocation";
    /** All that is claimed of Frappe was read off these. */
    private static final String TRIED = "15";

    private static final String TRIED_EXACTLY = "Frappe 15.72 with HRMS 15.47";

    private static final Duration A_DAY = Duration.ofDays(1);
    /** How far laws on clocks are compared; what they will be later nobody knows. */
    private static final Duration AHEAD = Duration.ofDays(5 * 365);

    private final SetUpSite site;
    private final SetUpSettings settings;
    private final Clock clock;

    SiteChecks(SetUpSite site, SetUpSettings settings, Clock clock) {
        this.site = site;
        this.settings = settings;
        this.clock = clock;
    }

    List<CheckResult> versions() {
        return List.of(site.versions()
                .<CheckResult>fold(
                        SiteChecks::versions,
                        failure -> notChecked(VERSIONS, "The site doesn't tell them: " + Told.ended(failure.words()))));
    }

    private static CheckResult versions(Map<String, String> versions) {
        String frappe = versions.getOrDefault("frappe", "");
        String hrms = versions.getOrDefault("hrms", "");
        if (hrms.isEmpty()) {
            return CheckResult.failed(
                    VERSIONS,
                    "HRMS isn't installed on this site (Frappe " + frappe
                            + "), so it has no check-ins as they are known here.",
                    "Install HRMS, or let punchbridge.frappe.url and site-name name the site that has it.");
        }
        String seen = "Frappe " + frappe + ", HRMS " + hrms;
        return major(frappe).equals(TRIED) && major(hrms).equals(TRIED)
                ? passed(VERSIONS, seen + ": known.")
                : CheckResult.warning(
                        VERSIONS,
                        seen + ": not tried. Known is " + TRIED_EXACTLY + ".",
                        "Deliver the punches of one device for a day and compare, before the others follow.");
    }

    private static String major(String version) {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    List<CheckResult> timeZone() {
        FrappeAnswer<Optional<String>> settled = site.settledZone();
        FrappeAnswer<String> told = site.zoneForUser();
        String settledName = settled.<Optional<String>>fold(zone -> zone, failure -> Optional.empty())
                .orElse(null);
        String toldName = told.<@Nullable String>fold(zone -> zone.isBlank() ? null : zone, failure -> null);
        if (settledName == null && toldName == null) {
            return List.of(unknownZone());
        }
        return List.of(timeZone(settledName == null ? String.valueOf(toldName) : settledName, settledName != null));
    }

    private CheckResult unknownZone() {
        ZoneId configured = settings.frappe().timeZone();
        return configured == null
                ? CheckResult.failed(
                        TIME_ZONE,
                        "The site doesn't tell its time zone, and none is configured: no punch can be written.",
                        "Set punchbridge.frappe.time-zone to that of the site's System Settings.")
                : notChecked(
                        TIME_ZONE,
                        "The site doesn't tell its own; " + configured + " of the configuration is used.",
                        "Compare it with Time Zone in the site's System Settings.");
    }

    private CheckResult timeZone(String name, boolean settled) {
        String origin = settled ? "the site's System Settings" : "what Frappe tells the API user";
        ZoneId configured = settings.frappe().timeZone();
        ZoneId zone = zone(name);
        if (configured == null) {
            return zone == null
                    ? CheckResult.failed(
                            TIME_ZONE,
                            name + " (" + origin + ") isn't known here.",
                            "Set punchbridge.frappe.time-zone to the name that Java knows it by.")
                    : passed(TIME_ZONE, name + ", by " + origin + "; check-ins are written in it.");
        }
        if (configured.equals(zone)) {
            return passed(TIME_ZONE, configured + " is configured, and is " + origin + ".");
        }
        if (zone != null && agree(zone.getRules(), configured.getRules())) {
            return passed(
                    TIME_ZONE,
                    configured + " is configured, and " + name + " is " + origin
                            + ": their clocks agree from the oldest check-in on that may be written.");
        }
        String seen = configured + " is configured, but " + name + " is " + origin + ".";
        return settled
                ? CheckResult.failed(
                        TIME_ZONE,
                        seen + " Every check-in would have a wrong time.",
                        "Take punchbridge.frappe.time-zone out, or set it to " + name + ".")
                : CheckResult.warning(
                        TIME_ZONE,
                        seen + " That may be a zone set on that user.",
                        "Compare punchbridge.frappe.time-zone with Time Zone in the site's System Settings.");
    }

    /** Zones may differ in the past of their law and still give each check-in the same time. */
    private boolean agree(ZoneRules one, ZoneRules other) {
        Instant now = clock.instant();
        Instant from = now.minus(settings.oldestCheckIn()).minus(A_DAY);
        Instant until = now.plus(AHEAD);
        return Stream.concat(Stream.of(from), Stream.concat(changes(one, from, until), changes(other, from, until)))
                .allMatch(instant -> one.getOffset(instant).equals(other.getOffset(instant)));
    }

    private static Stream<Instant> changes(ZoneRules rules, Instant from, Instant until) {
        return Stream.iterate(
                        Optional.ofNullable(rules.nextTransition(from)),
                        next -> next.filter(change -> change.getInstant().isBefore(until))
                                .isPresent(),
                        next -> next.map(change -> rules.nextTransition(change.getInstant())))
                .flatMap(Optional::stream)
                .map(ZoneOffsetTransition::getInstant);
    }

    private static @Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    List<CheckResult> geolocation() {
        return List.of(site.geolocationTracking()
                .<CheckResult>fold(
                        tracking -> tracking.map(this::geolocation)
                                .orElseGet(() -> notChecked(
                                        GEOLOCATION,
                                        "The API user may not read HR Settings.",
                                        "Look there whether Allow Geolocation Tracking is on; then each device needs"
                                                + " latitude and longitude.")),
                        failure ->
                                notChecked(GEOLOCATION, "HR Settings can't be read: " + Told.ended(failure.words()))));
    }

    private CheckResult geolocation(boolean tracking) {
        if (!tracking) {
            return passed(GEOLOCATION, "Check-ins need no place (Allow Geolocation Tracking is off in HR Settings).");
        }
        List<String> nowhere = settings.devices().all().stream()
                .filter(device -> device.coordinates() == null)
                .map(Device::name)
                .toList();
        return nowhere.isEmpty()
                ? passed(GEOLOCATION, "Check-ins need a place, and each device has one.")
                : CheckResult.failed(
                        GEOLOCATION,
                        "HRMS refuses each check-in without a place (Allow Geolocation Tracking is on in HR Settings), and"
                                + " these devices have none: " + Told.some(nowhere) + ".",
                        "Set latitude and longitude of each device (punchbridge.devices.<name>.latitude, .longitude).");
    }
}
