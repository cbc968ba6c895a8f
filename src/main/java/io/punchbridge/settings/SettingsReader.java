package io.punchbridge.settings;

import io.punchbridge.console.ConsoleSettings;
import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.delivery.DeliverySettings;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.gateway.SecurityKey;
import io.punchbridge.inbox.PostgresSettings;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.reconciliation.ReconciliationSettings;
import io.punchbridge.roster.RosterSettings;
import io.punchbridge.watch.WatchSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads every key and collects all that is missing or wrong, unknown keys included: a typo in {@code auth-token} must
 * not pass, and nobody should have to start ten times to hear of ten mistakes.
 */
final class SettingsReader {
    private static final Pattern DEVICE_KEY = Pattern.compile(
            Pattern.quote(Keys.DEVICES) + "(?:\"(?<quoted>[^\"]+)\"|(?<plain>[^.\"]+))\\.(?<property>.+)");
    private static final String DEVICE_ENVIRONMENT = "PUNCHBRIDGE_DEVICES_";
    /** What Kubernetes and Docker set in every container beside a service that is called punchbridge. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "PUNCHBRIDGE_([A-Z0-9_]*_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\\d+_(TCP|UDP)(_[A-Z]+)?)?)");

    private static final String PLACEHOLDER = "REPLACE-ME";
    private static final int LONGEST_DEVICE_NAME = 140;
    private static final Duration LONGEST_NEAR = Duration.ofMinutes(10);

    private final Function<String, @Nullable String> values;
    private final Set<String> names;
    private final Set<String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Duration> assumeCompleteAfter = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Map<SerialNumber, Duration> silentForOf = new HashMap<>();
    private final Map<String, EmployeeFilter> rosterScopes = new HashMap<>();

    /**
     * @param values value of a key from any source, the environment included, or null
     * @param names keys under {@code punchbridge} that sources other than the environment hold
     * @param environment names of environment variables
     */
    SettingsReader(Function<String, @Nullable String> values, Set<String> names, Set<String> environment) {
        this.values = values;
        this.names = names;
        this.environment = environment.stream()
                .filter(name -> name.startsWith("PUNCHBRIDGE_"))
                .filter(name -> !SERVICE_LINK.matcher(name).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Either settings, or every problem found. */
    record Result(Optional<Settings> settings, List<Problem> problems) {}

    Result read() {
        Map<String, String> deviceKeys = deviceNames();
        List<Credentials> credentials = new ArrayList<>();
        deviceKeys.forEach((name, key) -> device(name, key).ifPresent(credentials::add));
        if (deviceKeys.isEmpty()) {
            problem(
                    Keys.DEVICES + "<name>." + Keys.SERIAL_NUMBER,
                    "is missing: declare at least one device, with its serial-number and auth-token.");
        }
        distinct(credentials, one -> one.device().serialNumber().value().toUpperCase(Locale.ROOT), Keys.SERIAL_NUMBER);
        distinct(credentials, Credentials::serviceTagId, Keys.SERVICE_TAG_ID);

        FrappeSettings frappe = frappe();
        GatewaySettings gateway = new GatewaySettings(
                optional(Keys.GATEWAY_ENDPOINT, this::url).orElse(null),
                securityKeys(),
                credentials,
                duration(Keys.GATEWAY_REQUEST_TIMEOUT),
                choice(Keys.KEEP_HEALTH_DATA, Map.of("true", true, "false", false)));
        CheckInPolicy checkIn = new CheckInPolicy(
                choice(Keys.MEALS, choices(CheckInPolicy.Meals.values())),
                duration(Keys.FUTURE_TOLERANCE),
                duration(Keys.OLDEST));
        DeliverySettings delivery = new DeliverySettings(
                batchSize(),
                duration(Keys.FIRST_BACK_OFF),
                duration(Keys.LONGEST_BACK_OFF),
                duration(Keys.SET_UP_RECHECK),
                duration(Keys.DOUBT_QUIET),
                duration(Keys.FRAPPE_DIRECTORY_REFRESH),
                near());
        StorageSettings storage = storage();
        RetentionSettings retention = retention(checkIn.oldest());
        ReconciliationSettings reconciliation = reconciliation(gateway.endpoint() != null);
        WatchSettings watch = new WatchSettings(
                duration(Keys.WATCH_CLOCK_DRIFT),
                duration(Keys.WATCH_LICENCE_ENDS_WITHIN),
                required(Keys.WATCH_SILENT_FOR, this::durationOrZero, Duration.ZERO),
                silentForOf,
                duration(Keys.WATCH_DEVICE_INFORMATION_EVERY),
                gateway.endpoint() != null);
        RosterSettings roster = roster(gateway);
        ConsoleSettings console = console(storage.engine(), storage.sqliteFile());
        unknownKeys();
        problems.sort(Comparator.comparing(Problem::key));
        if (!problems.isEmpty()) {
            return new Result(Optional.empty(), List.copyOf(problems));
        }
        Devices devices =
                new Devices(credentials.stream().map(Credentials::device).toList());
        return new Result(
                Optional.of(new Settings(
                        frappe,
                        gateway,
                        devices,
                        checkIn,
                        delivery,
                        storage,
                        retention,
                        reconciliation,
                        watch,
                        roster,
                        console)),
                List.of());
    }

    /**
     * Reads no more than what a command needs to find the running service: what else is wrong in the configuration is for
     * the service to tell.
     */
    record TokenFile(Optional<Path> path, List<Problem> problems) {}

    TokenFile readTokenFile() {
        Path path = console(storageEngine(), sqliteFile()).tokenFile();
        return new TokenFile(problems.isEmpty() ? Optional.of(path) : Optional.empty(), List.copyOf(problems));
    }

    private ConsoleSettings console(StorageSettings.Engine engine, Path sqliteFile) {
        boolean sqlite = engine == StorageSettings.Engine.SQLITE;
        Path store = sqlite ? sqliteFile : Path.of(Keys.fallback(Keys.SQLITE_FILE));
        Path tokenFile = optional(Keys.TOKEN_FILE, this::path).orElseGet(() -> ConsoleSettings.beside(store));
        if (sqlite
                && tokenFile
                        .toAbsolutePath()
                        .normalize()
                        .equals(store.toAbsolutePath().normalize())) {
            problem(Keys.TOKEN_FILE, "is the file of the store, which would be overwritten. Give it another name.");
        }
        return new ConsoleSettings(tokenFile);
    }

    private FrappeSettings frappe() {
        return new FrappeSettings(
                required(Keys.FRAPPE_URL, this::url, URI.create("http://invalid")),
                secret(Keys.FRAPPE_API_KEY),
                secret(Keys.FRAPPE_API_SECRET),
                optional(Keys.FRAPPE_SITE_NAME, (key, text) -> Optional.of(text))
                        .orElse(null),
                optional(Keys.FRAPPE_TIME_ZONE, this::zone).orElse(null),
                duration(Keys.FRAPPE_CONNECT_TIMEOUT),
                duration(Keys.FRAPPE_REQUEST_TIMEOUT));
    }

    private List<SecurityKey> securityKeys() {
        List<SecurityKey> keys = new ArrayList<>();
        optional(Keys.GATEWAY_SECURITY_KEY, this::securityKey).ifPresent(keys::add);
        optional(Keys.GATEWAY_PREVIOUS_SECURITY_KEY, this::securityKey).ifPresent(keys::add);
        return keys;
    }

    private Optional<Credentials> device(String name, String prefix) {
        if (name.length() > LONGEST_DEVICE_NAME) {
            problem(prefix + Keys.SERIAL_NUMBER, "has a device name longer than Frappe's 140 characters.");
        }
        String serialNumber = required(prefix + Keys.SERIAL_NUMBER, (key, text) -> Optional.of(text), "");
        String token = secret(prefix + Keys.AUTH_TOKEN);
        Connection connection = choice(prefix + Keys.CONNECTION, choices(Connection.values()));
        Direction direction = choice(prefix + Keys.DIRECTION, choices(Direction.values()));
        ZoneId zone = optional(prefix + Keys.TIME_ZONE, this::zone).orElse(null);
        String serviceTag = value(prefix + Keys.SERVICE_TAG_ID).orElse(null);
        String previousToken = value(prefix + Keys.PREVIOUS_AUTH_TOKEN).orElse(null);
        optional(prefix + Keys.ASSUME_COMPLETE_AFTER, this::duration)
                .ifPresent(silence -> assumeCompleteAfter.put(name, silence));
        Optional<Duration> silentFor = optional(prefix + Keys.SILENT_FOR, this::durationOrZero);
        optional(prefix + Keys.ROSTER_FILTER, this::employeeFilter).ifPresent(filter -> rosterScopes.put(name, filter));
        if (serialNumber.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        Device device = new Device(name, new SerialNumber(serialNumber), connection, direction, zone);
        silentFor.ifPresent(duration -> silentForOf.put(device.serialNumber(), duration));
        return Optional.of(new Credentials(device, serviceTag, token, previousToken));
    }

    /** A repeat whose key is forgotten must be too old to be delivered: only so is nothing ever delivered twice. */
    private RetentionSettings retention(Duration oldestDelivered) {
        Duration punches = duration(Keys.RETENTION_PUNCHES);
        Duration keys = duration(Keys.RETENTION_KEYS);
        Duration events = duration(Keys.RETENTION_EVENTS);
        if (punches.compareTo(RetentionSettings.SHORTEST) < 0) {
            problem(
                    Keys.RETENTION_PUNCHES,
                    "is less than " + RetentionSettings.SHORTEST.toDays()
                            + "d: a gateway that was away would find its punches forgotten.");
            punches = RetentionSettings.SHORTEST;
        }
        if (!isSet(Keys.RETENTION_KEYS)) {
            // Widening what may be old is no mistake that a start should fail for: the keys are kept as long.
            keys = longest(keys, punches, oldestDelivered);
        }
        if (keys.compareTo(punches) < 0) {
            problem(Keys.RETENTION_KEYS, "is less than " + Keys.RETENTION_PUNCHES + ": a punch's key outlives it.");
            keys = punches;
        }
        if (keys.compareTo(oldestDelivered) < 0) {
            problem(
                    Keys.RETENTION_KEYS,
                    "is less than " + Keys.OLDEST
                            + ": a repeat that is no more known as one would be delivered again. Raise it to as much.");
        }
        return new RetentionSettings(punches, keys, events);
    }

    private ReconciliationSettings reconciliation(boolean gatewayKnown) {
        boolean scheduled = optional(Keys.RECONCILIATION_ENABLED, this::flag).orElse(gatewayKnown);
        if (scheduled && !gatewayKnown) {
            problem(
                    Keys.RECONCILIATION_ENABLED,
                    "is true, but there is no gateway to ask: set " + Keys.GATEWAY_ENDPOINT
                            + " to your CAMS account's.");
        }
        Duration every = duration(Keys.RECONCILIATION_EVERY);
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            problem(
                    Keys.RECONCILIATION_EVERY,
                    "is less than 1m: one call to the gateway takes about 15 s, and devices are asked one by one.");
        }
        return new ReconciliationSettings(
                gatewayKnown,
                scheduled,
                every,
                duration(Keys.RECONCILIATION_OVERLAP),
                duration(Keys.RECONCILIATION_SETTLING_TIME),
                duration(Keys.RECONCILIATION_LOOK_BACK),
                assumeCompleteAfter);
    }

    private Optional<Boolean> flag(String key, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false")
                ? Optional.of(Boolean.valueOf(lower))
                : wrong(key, "is \"" + text + "\"; wanted is one of false, true.");
    }

    private RosterSettings roster(GatewaySettings gateway) {
        RosterSettings.Mode mode = choice(Keys.ROSTER_MODE, choices(RosterSettings.Mode.values()));
        if (mode == RosterSettings.Mode.APPLY && gateway.endpoint() == null) {
            problem(
                    Keys.ROSTER_MODE,
                    "is apply, but no device can be told anything: set " + Keys.GATEWAY_ENDPOINT + " too, or report.");
        }
        return new RosterSettings(
                mode,
                duration(Keys.ROSTER_EVERY),
                new RosterSettings.Deletions(
                        duration(Keys.ROSTER_DELETE_AFTER),
                        required(Keys.ROSTER_MOST_DELETIONS, this::percent, 0),
                        optional(Keys.ROSTER_CONFIRMED_DELETIONS, (key, text) -> Optional.of(items(text)))
                                .orElse(Set.of())),
                new RosterSettings.Sending(
                        required(Keys.ROSTER_COMMANDS_PER_MINUTE, this::count, 1),
                        required(Keys.ROSTER_ATTEMPTS, this::count, 1)),
                optional(Keys.ROSTER_ADMINISTRATORS, (key, text) -> Optional.of(userIds(text)))
                        .orElse(null),
                rosterScopes);
    }

    private static Set<UserId> userIds(String text) {
        return text.equalsIgnoreCase("none")
                ? Set.of()
                : items(text).stream().map(UserId::new).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> items(String text) {
        return Pattern.compile(",")
                .splitAsStream(text)
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Duration longest(Duration... durations) {
        return Collections.max(Arrays.asList(durations));
    }

    private boolean isSet(String key) {
        String text = values.apply(key);
        return text != null && !text.isBlank();
    }

    private StorageSettings storage() {
        StorageSettings.Engine engine = storageEngine();
        Path file = sqliteFile();
        PostgresSettings postgresql = null;
        if (engine == StorageSettings.Engine.POSTGRESQL) {
            postgresql = new PostgresSettings(
                    required(Keys.POSTGRESQL_URL, this::jdbcUrl, ""),
                    required(Keys.POSTGRESQL_USERNAME, (key, text) -> Optional.of(text), ""),
                    secret(Keys.POSTGRESQL_PASSWORD));
        }
        return new StorageSettings(engine, file, postgresql);
    }

    private StorageSettings.Engine storageEngine() {
        return choice(Keys.STORAGE_ENGINE, choices(StorageSettings.Engine.values()));
    }

    private Path sqliteFile() {
        return required(Keys.SQLITE_FILE, this::path, Path.of(Keys.fallback(Keys.SQLITE_FILE)));
    }

    // --- which devices there are

    /** Device names, each with the prefix of its keys. */
    private Map<String, String> deviceNames() {
        Map<String, String> prefixes = new TreeMap<>();
        Set<String> inEnvironmentForm = new HashSet<>();
        for (String name : names) {
            Matcher key = DEVICE_KEY.matcher(name);
            if (key.matches()) {
                String quoted = key.group("quoted");
                String device = quoted != null ? quoted : key.group("plain");
                prefixes.put(device, Keys.DEVICES + (quoted != null ? "\"" + quoted + "\"" : device) + ".");
                inEnvironmentForm.add(Keys.environmentVariable(device));
            }
        }
        for (String variable : environment) {
            deviceInEnvironment(variable)
                    .filter(inEnvironmentForm::add)
                    .map(device -> device.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .ifPresent(device -> prefixes.put(device, Keys.DEVICES + device + "."));
        }
        return prefixes;
    }

    /** {@code HEAD_OFFICE} of {@code PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN}. */
    private static Optional<String> deviceInEnvironment(String variable) {
        if (!variable.startsWith(DEVICE_ENVIRONMENT)) {
            return Optional.empty();
        }
        String rest = variable.substring(DEVICE_ENVIRONMENT.length());
        return Keys.ofADevice().stream()
                .map(key -> "_" + Keys.environmentVariable(key.name()))
                .filter(suffix -> rest.endsWith(suffix) && rest.length() > suffix.length())
                .max(Comparator.comparingInt(String::length))
                .map(suffix -> rest.substring(0, rest.length() - suffix.length()));
    }

    private void unknownKeys() {
        Set<String> known = new HashSet<>(read);
        Keys.all().forEach(key -> known.add(key.name()));
        names.stream()
                .filter(name -> name.startsWith(Keys.PREFIX) && !known.contains(name))
                .forEach(name -> problem(name, "is no key of Punchbridge. " + suggestion(name, known)));
        Set<String> knownVariables =
                known.stream().map(Keys::environmentVariable).collect(Collectors.toUnmodifiableSet());
        environment.stream()
                .filter(variable -> !knownVariables.contains(variable))
                .forEach(variable -> problem(
                        variable.toLowerCase(Locale.ROOT).replace('_', '.'),
                        "comes from the environment variable " + variable + ", which sets no key of Punchbridge. "
                                + suggestion(variable, knownVariables)));
    }

    private static String suggestion(String unknown, Set<String> known) {
        return known.stream()
                .filter(candidate -> distance(unknown, candidate) <= 3)
                .min(Comparator.comparingInt(candidate -> distance(unknown, candidate)))
                .map(candidate -> "Is " + candidate + " meant?")
                .orElse("See the configuration table in the README.");
    }

    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }

    private void distinct(List<Credentials> devices, Function<Credentials, @Nullable String> value, String property) {
        Map<String, String> owners = new HashMap<>();
        for (Credentials device : devices) {
            String text = value.apply(device);
            String name = device.device().name();
            String owner = text == null ? null : owners.putIfAbsent(text, name);
            if (owner != null) {
                problem(
                        Keys.DEVICES + name + "." + property,
                        "is the same as that of the device " + owner + "; each machine has its own.");
            }
        }
    }

    // --- one value each

    /** Reads a text, a key of which is told in a problem. Empty after a problem was noted. */
    @FunctionalInterface
    private interface Reading<T> {
        Optional<T> read(String key, String text);
    }

    private Optional<String> value(String key) {
        read.add(key);
        String text = values.apply(key);
        if (text != null && text.contains(PLACEHOLDER)) {
            problem(key, "still holds the placeholder " + PLACEHOLDER + " of the deployment files.");
        }
        if (text != null && !text.isBlank()) {
            return Optional.of(text.strip());
        }
        String fallback = Keys.fallback(key);
        return fallback.isEmpty() ? Optional.empty() : Optional.of(fallback);
    }

    private <T> Optional<T> optional(String key, Reading<T> reading) {
        return value(key).flatMap(text -> reading.read(key, text));
    }

    private <T> T required(String key, Reading<T> reading, T placeholder) {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            problem(key, "is missing. " + help(key));
            return placeholder;
        }
        return reading.read(key, text.get()).orElse(placeholder);
    }

    private String secret(String key) {
        return required(key, (name, text) -> Optional.of(text), "");
    }

    private static String help(String key) {
        return Keys.all().stream()
                .filter(known -> known.name().equals(key))
                .findFirst()
                .or(() -> Keys.ofADevice().stream()
                        .filter(known -> key.endsWith("." + known.name()))
                        .findFirst())
                .map(known -> known.help().replace("`", "").replace(" Required.", ""))
                .orElse("");
    }

    private Optional<URI> url(String key, String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAUrl) {
            // told below, as every other text that is no address
        }
        return wrong(key, "is no web address: wanted is e.g. https://erp.example.com, without user, query or spaces.");
    }

    private Optional<String> jdbcUrl(String key, String text) {
        return text.startsWith("jdbc:postgresql:")
                ? Optional.of(text)
                : wrong(key, "is no JDBC address of PostgreSQL: wanted is e.g. jdbc:postgresql://db:5432/punchbridge.");
    }

    private Optional<ZoneId> zone(String key, String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return wrong(key, "is no time zone: \"" + text + "\". Wanted is e.g. Africa/Nairobi or +05:30.");
        }
    }

    private Optional<Path> path(String key, String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return wrong(key, "is no file name: \"" + text + "\".");
        }
    }

    private Optional<SecurityKey> securityKey(String key, String text) {
        try {
            return Optional.of(new SecurityKey(text));
        } catch (IllegalArgumentException wrongLength) {
            return wrong(key, "must have exactly 32 characters; this has " + text.length() + ".");
        }
    }

    private Duration duration(String key) {
        return required(key, this::duration, Duration.ofSeconds(1));
    }

    private Optional<Duration> duration(String key, String text) {
        return parsed(text)
                .filter(duration -> !duration.isZero())
                .or(() -> wrong(key, "is no duration: \"" + text + "\". Wanted is e.g. 30s, 5m, 12h or 90d."));
    }

    private Optional<Duration> durationOrZero(String key, String text) {
        return parsed(text)
                .or(() -> wrong(
                        key, "is no duration: \"" + text + "\". Wanted is e.g. 12h or 3d, or 0s to switch it off."));
    }

    /** Empty for what is no duration, or a negative one. */
    private static Optional<Duration> parsed(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text))
                    .filter(duration -> !duration.isNegative());
        } catch (IllegalArgumentException notADuration) {
            return Optional.empty();
        }
    }

    private Optional<Integer> percent(String key, String text) {
        Matcher percent = Pattern.compile("(\\d{1,3})\\s*%").matcher(text);
        return percent.matches() && Integer.parseInt(percent.group(1)) <= 100
                ? Optional.of(Integer.parseInt(percent.group(1)))
                : wrong(key, "is \"" + text + "\"; wanted is a share from 0% to 100%.");
    }

    private Optional<Integer> count(String key, String text) {
        return text.matches("\\d{1,2}") && Integer.parseInt(text) >= 1
                ? Optional.of(Integer.parseInt(text))
                : wrong(key, "is \"" + text + "\"; wanted is a whole number from 1 to 99.");
    }

    private Optional<EmployeeFilter> employeeFilter(String key, String text) {
        try {
            return Optional.of(EmployeeFilter.parse(text));
        } catch (IllegalArgumentException noFilter) {
            return wrong(key, Objects.requireNonNullElse(noFilter.getMessage(), "is no filter."));
        }
    }

    private int batchSize() {
        return required(
                Keys.BATCH_SIZE,
                (key, text) -> text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 200
                        ? Optional.of(Integer.parseInt(text))
                        : wrong(key, "is \"" + text + "\"; wanted is a whole number from 1 to 200 (Frappe's limit)."),
                1);
    }

    /** Further apart than the longest, two punches of one employee are the rule rather than the exception. */
    private Duration near() {
        return required(
                Keys.NEAR,
                (key, text) -> {
                    try {
                        Duration near = DurationConverter.parseDuration(text);
                        if (near != null && !near.isNegative() && near.compareTo(LONGEST_NEAR) <= 0) {
                            return Optional.of(near.truncatedTo(ChronoUnit.SECONDS));
                        }
                    } catch (IllegalArgumentException notADuration) {
                        // told below, as a duration that is too long
                    }
                    return wrong(key, "is \"" + text + "\"; wanted is a duration from 0s to 10m.");
                },
                Duration.ZERO);
    }

    private <T> T choice(String key, Map<String, T> choices) {
        T fallback = Objects.requireNonNull(choices.get(Keys.fallback(key)));
        return required(
                key,
                (name, text) -> {
                    T chosen = choices.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
                    return chosen != null
                            ? Optional.of(chosen)
                            : wrong(
                                    name,
                                    "is \"" + text + "\"; wanted is one of "
                                            + choices.keySet().stream().sorted().collect(Collectors.joining(", "))
                                            + ".");
                },
                fallback);
    }

    private static <E extends Enum<E>> Map<String, E> choices(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toUnmodifiableMap(
                        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value -> value));
    }

    private <T> Optional<T> wrong(String key, String what) {
        problem(key, what);
        return Optional.empty();
    }

    private void problem(String key, String what) {
        problems.add(new Problem(key, what));
    }
}
