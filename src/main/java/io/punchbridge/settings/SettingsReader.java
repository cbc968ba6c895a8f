package io.punchbridge.settings;

import io.punchbridge.access.AccessSettings;
import io.punchbridge.access.LoginSettings;
import io.punchbridge.access.OpenIdSettings;
import io.punchbridge.alerts.AlertSettings;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.delivery.DeliverySettings;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.gateway.SecurityKey;
import io.punchbridge.inbox.PostgresSettings;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.UserId;
import io.punchbridge.reconciliation.ReconciliationSettings;
import io.punchbridge.roster.RosterSettings;
import io.punchbridge.tracing.TraceSettings;
import io.punchbridge.watch.WatchSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads every key and collects all that is missing or wrong, unknown keys included: a typo in {@code auth-token} must
 * not pass, and nobody should have to start ten times to hear of ten mistakes.
 */
final class SettingsReader {
    private final Values values;
    private final KeyNames names;
    private final DeviceReader devices;

    /**
     * @param values value of a key from any source, the environment included, or null
     * @param names keys under {@code punchbridge} that sources other than the environment hold
     * @param environment names of environment variables
     */
    SettingsReader(Function<String, @Nullable String> values, Set<String> names, Set<String> environment) {
        this.values = new Values(values);
        this.names = new KeyNames(names, environment);
        this.devices = new DeviceReader(this.values, this.names);
    }

    /** Either settings, or every problem found. */
    record Result(Optional<Settings> settings, List<Problem> problems) {}

    Result read() {
        List<Credentials> credentials = devices.read();
        FrappeSettings frappe = frappe();
        GatewaySettings gateway = new GatewaySettings(
                values.optional(Keys.GATEWAY_ENDPOINT, values::url).orElse(null),
                securityKeys(),
                credentials,
                values.duration(Keys.GATEWAY_REQUEST_TIMEOUT),
                values.choice(Keys.KEEP_HEALTH_DATA, Map.of("true", true, "false", false)));
        CheckInPolicy checkIn = new CheckInPolicy(
                values.choice(Keys.MEALS, Values.choices(CheckInPolicy.Meals.values())),
                values.duration(Keys.FUTURE_TOLERANCE),
                values.duration(Keys.OLDEST));
        DeliverySettings delivery = new DeliverySettings(
                values.batchSize(),
                values.duration(Keys.FIRST_BACK_OFF),
                values.duration(Keys.LONGEST_BACK_OFF),
                values.duration(Keys.SET_UP_RECHECK),
                values.duration(Keys.DOUBT_QUIET),
                values.duration(Keys.FRAPPE_DIRECTORY_REFRESH),
                values.near());
        StorageSettings storage = storage();
        RetentionSettings retention = retention(checkIn.oldest());
        ReconciliationSettings reconciliation = reconciliation(gateway.endpoint() != null);
        WatchSettings watch = new WatchSettings(
                values.duration(Keys.WATCH_CLOCK_DRIFT),
                values.duration(Keys.WATCH_LICENCE_ENDS_WITHIN),
                values.required(Keys.WATCH_SILENT_FOR, values::durationOrZero, Duration.ZERO),
                devices.silentForOf(),
                values.duration(Keys.WATCH_DEVICE_INFORMATION_EVERY),
                gateway.endpoint() != null);
        RosterSettings roster = roster(gateway);
        AttendanceSettings attendance = attendance(gateway.endpoint() != null);
        AccessSettings console = console(storage.engine(), storage.sqliteFile());
        LoginReader loginReader = new LoginReader(values, names);
        LoginSettings logins = loginReader.read();
        OpenIdSettings openId = loginReader.openId();
        AlertSettings alerts = new AlertReader(values).read();
        TraceSettings traces = new TraceReader(values).read();
        names.noteUnknown(values);
        List<Problem> problems = values.problems();
        if (!problems.isEmpty()) {
            return new Result(Optional.empty(), problems);
        }
        Devices declared =
                new Devices(credentials.stream().map(Credentials::device).toList());
        return new Result(
                Optional.of(new Settings(
                        frappe,
                        gateway,
                        declared,
                        checkIn,
                        delivery,
                        storage,
                        retention,
                        reconciliation,
                        watch,
                        roster,
                        attendance,
                        console,
                        logins,
                        openId,
                        alerts,
                        traces)),
                List.of());
    }

    /**
     * Reads no more than what a command needs to find the running service: what else is wrong in the configuration is for
     * the service to tell.
     */
    record TokenFile(Optional<Path> path, List<Problem> problems) {}

    TokenFile readTokenFile() {
        Path path = console(storageEngine(), sqliteFile()).tokenFile();
        List<Problem> problems = values.problems();
        return new TokenFile(problems.isEmpty() ? Optional.of(path) : Optional.empty(), problems);
    }

    private AccessSettings console(StorageSettings.Engine engine, Path sqliteFile) {
        boolean sqlite = engine == StorageSettings.Engine.SQLITE;
        Path store = sqlite ? sqliteFile : Path.of(Keys.fallback(Keys.SQLITE_FILE));
        Path tokenFile = values.optional(Keys.TOKEN_FILE, values::path).orElseGet(() -> AccessSettings.beside(store));
        if (sqlite
                && tokenFile
                        .toAbsolutePath()
                        .normalize()
                        .equals(store.toAbsolutePath().normalize())) {
            values.problem(
                    Keys.TOKEN_FILE, "is the file of the store, which would be overwritten. Give it another name.");
        }
        return new AccessSettings(tokenFile);
    }

    private FrappeSettings frappe() {
        return new FrappeSettings(
                values.required(Keys.FRAPPE_URL, values::url, URI.create("http://invalid")),
                values.secret(Keys.FRAPPE_API_KEY),
                values.secret(Keys.FRAPPE_API_SECRET),
                values.optional(Keys.FRAPPE_SITE_NAME, (key, text) -> Optional.of(text))
                        .orElse(null),
                values.optional(Keys.FRAPPE_TIME_ZONE, values::zone).orElse(null),
                values.duration(Keys.FRAPPE_CONNECT_TIMEOUT),
                values.required(
                        Keys.FRAPPE_REQUEST_TIMEOUT,
                        (key, text) -> values.durationAtMost(key, text, DeliverySettings.LONGEST_REQUEST_TIMEOUT),
                        Duration.ofSeconds(1)));
    }

    private List<SecurityKey> securityKeys() {
        List<SecurityKey> keys = new ArrayList<>();
        values.optional(Keys.GATEWAY_SECURITY_KEY, values::securityKey).ifPresent(keys::add);
        values.optional(Keys.GATEWAY_PREVIOUS_SECURITY_KEY, values::securityKey).ifPresent(keys::add);
        return keys;
    }

    /** A repeat whose key is forgotten must be too old to be delivered: only so is nothing ever delivered twice. */
    private RetentionSettings retention(Duration oldestDelivered) {
        Duration punches = values.duration(Keys.RETENTION_PUNCHES);
        Duration keys = values.duration(Keys.RETENTION_KEYS);
        Duration events = values.duration(Keys.RETENTION_EVENTS);
        if (punches.compareTo(RetentionSettings.SHORTEST) < 0) {
            values.problem(
                    Keys.RETENTION_PUNCHES,
                    "is less than " + RetentionSettings.SHORTEST.toDays()
                            + "d: a gateway that was away would find its punches forgotten.");
            punches = RetentionSettings.SHORTEST;
        }
        if (!values.isSet(Keys.RETENTION_KEYS)) {
            // Widening what may be old is no mistake that a start should fail for: the keys are kept as long.
            keys = longest(keys, punches, oldestDelivered);
        }
        if (keys.compareTo(punches) < 0) {
            values.problem(
                    Keys.RETENTION_KEYS, "is less than " + Keys.RETENTION_PUNCHES + ": a punch's key outlives it.");
            keys = punches;
        }
        if (keys.compareTo(oldestDelivered) < 0) {
            values.problem(
                    Keys.RETENTION_KEYS,
                    "is less than " + Keys.OLDEST
                            + ": a repeat that is no more known as one would be delivered again. Raise it to as much.");
        }
        return new RetentionSettings(punches, keys, events);
    }

    private ReconciliationSettings reconciliation(boolean gatewayKnown) {
        boolean scheduled =
                values.optional(Keys.RECONCILIATION_ENABLED, values::flag).orElse(gatewayKnown);
        if (scheduled && !gatewayKnown) {
            values.problem(
                    Keys.RECONCILIATION_ENABLED,
                    "is true, but there is no gateway to ask: set " + Keys.GATEWAY_ENDPOINT
                            + " to your CAMS account's.");
        }
        Duration every = values.duration(Keys.RECONCILIATION_EVERY);
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            values.problem(
                    Keys.RECONCILIATION_EVERY,
                    "is less than 1m: one call to the gateway takes about 15 s, and devices are asked one by one.");
        }
        return new ReconciliationSettings(
                gatewayKnown,
                scheduled,
                every,
                values.duration(Keys.RECONCILIATION_OVERLAP),
                values.duration(Keys.RECONCILIATION_SETTLING_TIME),
                values.duration(Keys.RECONCILIATION_LOOK_BACK),
                devices.assumeCompleteAfter());
    }

    private AttendanceSettings attendance(boolean gatewayKnown) {
        Duration every = values.duration(Keys.ATTENDANCE_EVERY);
        if (every.compareTo(Duration.ofSeconds(10)) < 0) {
            values.problem(Keys.ATTENDANCE_EVERY, "is less than 10s: each time the site is asked for its Shift Types.");
        }
        return new AttendanceSettings(
                values.choice(Keys.ATTENDANCE_WATERMARK, Values.choices(AttendanceSettings.Mode.values())),
                every,
                values.required(Keys.ATTENDANCE_MARGIN, values::durationOrZero, Duration.ZERO),
                values.choice(Keys.ATTENDANCE_DEVICES, Values.choices(AttendanceSettings.DeviceChoice.values())),
                devices.shiftTypesOf(),
                values.duration(Keys.ATTENDANCE_HELD_PATIENCE),
                gatewayKnown,
                new AttendanceSettings.LatePunches(
                        values.choice(
                                Keys.ATTENDANCE_LATE_PUNCHES, Values.choices(AttendanceSettings.LateMode.values())),
                        values.duration(Keys.ATTENDANCE_LATE_AFTER),
                        values.duration(Keys.ATTENDANCE_REPAIR_WITHIN)));
    }

    private RosterSettings roster(GatewaySettings gateway) {
        RosterSettings.Mode mode = values.choice(Keys.ROSTER_MODE, Values.choices(RosterSettings.Mode.values()));
        if (mode == RosterSettings.Mode.APPLY && gateway.endpoint() == null) {
            values.problem(
                    Keys.ROSTER_MODE,
                    "is apply, but no device can be told anything: set " + Keys.GATEWAY_ENDPOINT + " too, or report.");
        }
        return new RosterSettings(
                mode,
                values.duration(Keys.ROSTER_EVERY),
                new RosterSettings.Deletions(
                        values.duration(Keys.ROSTER_DELETE_AFTER),
                        values.required(Keys.ROSTER_MOST_DELETIONS, values::percent, 0),
                        values.optional(Keys.ROSTER_CONFIRMED_DELETIONS, (key, text) -> Optional.of(Values.items(text)))
                                .orElse(Set.of())),
                new RosterSettings.Sending(
                        values.required(Keys.ROSTER_COMMANDS_PER_MINUTE, values::count, 1),
                        values.required(Keys.ROSTER_ATTEMPTS, values::count, 1)),
                values.optional(Keys.ROSTER_ADMINISTRATORS, (key, text) -> Optional.of(userIds(text)))
                        .orElse(null),
                devices.rosterScopes());
    }

    private static Set<UserId> userIds(String text) {
        return text.equalsIgnoreCase("none")
                ? Set.of()
                : Values.items(text).stream().map(UserId::new).collect(Collectors.toUnmodifiableSet());
    }

    private static Duration longest(Duration... durations) {
        return Collections.max(Arrays.asList(durations));
    }

    private StorageSettings storage() {
        StorageSettings.Engine engine = storageEngine();
        Path file = sqliteFile();
        PostgresSettings postgresql = null;
        if (engine == StorageSettings.Engine.POSTGRESQL) {
            postgresql = new PostgresSettings(
                    values.required(Keys.POSTGRESQL_URL, values::jdbcUrl, ""),
                    values.required(Keys.POSTGRESQL_USERNAME, (key, text) -> Optional.of(text), ""),
                    values.secret(Keys.POSTGRESQL_PASSWORD));
        }
        return new StorageSettings(engine, file, postgresql);
    }

    private StorageSettings.Engine storageEngine() {
        return values.choice(Keys.STORAGE_ENGINE, Values.choices(StorageSettings.Engine.values()));
    }

    private Path sqliteFile() {
        return values.required(Keys.SQLITE_FILE, values::path, Path.of(Keys.fallback(Keys.SQLITE_FILE)));
    }
}
