package io.punchbridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every key that a user may set, its default, and what it does; the README's table and the checks rest on this list. */
final class Keys {
    static final String PREFIX = "punchbridge.";
    static final String DEVICES = PREFIX + "devices.";

    /**
     * @param name full name; for a device, the part behind {@code punchbridge.devices.<name>.}
     * @param fallback value if it isn't set; empty if there is none
     * @param help one sentence for the table
     */
    record Key(String name, String fallback, String help) {}

    private static final List<Key> ALL = new ArrayList<>();
    private static final List<Key> OF_A_DEVICE = new ArrayList<>();

    static final String FRAPPE_URL =
            key("frappe.url", "", "Address of the ERPNext / Frappe HR site, e.g. `https://erp.example.com`. Required.");
    static final String FRAPPE_API_KEY = key("frappe.api-key", "", "API key of the API user. Required.");
    static final String FRAPPE_API_SECRET = key("frappe.api-secret", "", "API secret of the API user. Required.");
    static final String FRAPPE_SITE_NAME =
            key("frappe.site-name", "", "Site name, where one address serves several sites.");
    static final String FRAPPE_TIME_ZONE =
            key("frappe.time-zone", "", "Zone of the site's System Settings; overrides what the site says.");
    static final String FRAPPE_CONNECT_TIMEOUT =
            key("frappe.connect-timeout", "5s", "How long to wait for a connection to the site.");
    static final String FRAPPE_REQUEST_TIMEOUT = key(
            "frappe.request-timeout",
            "125s",
            "How long to wait for an answer; more than the site's own limit of a request (120 s by default), so that afterwards none of it can still be at work.");
    static final String FRAPPE_DIRECTORY_REFRESH =
            key("frappe.directory-refresh", "1m", "How often changes among the employees are read.");
    static final String GATEWAY_ENDPOINT = key("gateway.endpoint", "", "Address of your CAMS account's RESTful API.");
    static final String GATEWAY_SECURITY_KEY =
            key("gateway.security-key", "", "Security key of the CAMS account (32 characters), if it encrypts.");
    static final String GATEWAY_PREVIOUS_SECURITY_KEY =
            key("gateway.previous-security-key", "", "The key before it, while the key is being changed.");
    static final String MEALS = key(
            "check-in.meals",
            "skip-attendance",
            "Meal punches: `skip-attendance` delivers them without effect on attendance, `ignore` keeps them here.");
    static final String FUTURE_TOLERANCE = key(
            "check-in.future-tolerance",
            "5m",
            "How far ahead of the clock a punch may be; further ahead is quarantined.");
    static final String OLDEST =
            key("check-in.oldest", "90d", "How old a punch may be when it comes; older is quarantined.");
    static final String BATCH_SIZE =
            key("delivery.batch-size", "200", "Most punches in one request to Frappe, 1 to 200.");
    static final String FIRST_BACK_OFF = key(
            "delivery.first-back-off", "1s", "Wait after a first failure of Frappe; doubles with each that follows.");
    static final String LONGEST_BACK_OFF = key(
            "delivery.longest-back-off",
            "1m",
            "The wait grows no longer than this: Frappe's return is noticed within it.");
    static final String SET_UP_RECHECK = key(
            "delivery.set-up-recheck",
            "1m",
            "How soon after a set-up error one punch is tried again; grows to ten times as long.");
    static final String DOUBT_QUIET = key(
            "delivery.doubt-quiet",
            "125s",
            "How long after a request without an answer nothing of it is sent again; as long as Frappe may still be at work on it.");
    static final String STORAGE_ENGINE = key(
            "storage.engine",
            "sqlite",
            "`sqlite` (one process, nothing to set up) or `postgresql` (any number of replicas).");
    static final String SQLITE_FILE = key("storage.sqlite.file", "data/punchbridge.db", "File of the SQLite store.");
    static final String POSTGRESQL_URL = key(
            "storage.postgresql.url",
            "",
            "JDBC URL, e.g. `jdbc:postgresql://db:5432/punchbridge`. Required with engine `postgresql`.");
    static final String POSTGRESQL_USERNAME =
            key("storage.postgresql.username", "", "Required with engine `postgresql`.");
    static final String POSTGRESQL_PASSWORD =
            key("storage.postgresql.password", "", "Required with engine `postgresql`.");
    static final String RETENTION_PUNCHES = key(
            "retention.punches",
            "400d",
            "How long delivered and ignored punches are kept; at least `30d`. Others stay until a person has seen to them.");
    static final String RETENTION_KEYS = key(
            "retention.keys",
            "1100d",
            "How long the bare key of a punch is kept, so that a late repeat is known as one; at least as long as the punches and as `punchbridge.check-in.oldest`, and raised to them where it isn't set.");
    static final String RETENTION_EVENTS =
            key("retention.events", "90d", "How long events other than punches (users changed on a device) are kept.");
    static final String TOKEN_FILE = key(
            "console.token-file",
            "",
            "File of mode 0600 in which the running service leaves its address and a new access token at each start, for commands on the same host. By default beside the SQLite store (`data/punchbridge.token`).");
    static final String KEEP_HEALTH_DATA =
            key("privacy.keep-health-data", "false", "Whether temperature and face mask are stored.");

    static final String SERIAL_NUMBER = deviceKey("serial-number", "", "Serial number of the machine. Required.");
    static final String SERVICE_TAG_ID =
            deviceKey("service-tag-id", "", "CAMS' service tag id of the device (`stgid`).");
    static final String AUTH_TOKEN =
            deviceKey("auth-token", "", "Auth token that the CAMS API monitor shows for the device. Required.");
    static final String PREVIOUS_AUTH_TOKEN =
            deviceKey("previous-auth-token", "", "The token before it, while the token is being changed.");
    static final String CONNECTION =
            deviceKey("connection", "native-push", "`native-push`, `device-sdk`, `db-pull` or `file-processing`.");
    static final String DIRECTION = deviceKey(
            "direction",
            "as-sent",
            "`as-sent`; `in` or `out` for a machine at a one-way door; `none` leaves Frappe's log type empty.");
    static final String TIME_ZONE =
            deviceKey("time-zone", "", "Zone of the device, for times that it sends without an offset.");

    private Keys() {}

    private static String key(String name, String fallback, String help) {
        ALL.add(new Key(PREFIX + name, fallback, help));
        return PREFIX + name;
    }

    private static String deviceKey(String name, String fallback, String help) {
        OF_A_DEVICE.add(new Key(name, fallback, help));
        return name;
    }

    static List<Key> all() {
        return List.copyOf(ALL);
    }

    static List<Key> ofADevice() {
        return List.copyOf(OF_A_DEVICE);
    }

    /** Default of a key, or of a device's key; empty if it has none. */
    static String fallback(String name) {
        return ALL.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .or(() -> OF_A_DEVICE.stream()
                        .filter(key -> name.startsWith(DEVICES) && name.endsWith("." + key.name()))
                        .max(java.util.Comparator.comparingInt(key -> key.name().length())))
                .map(Key::fallback)
                .orElse("");
    }

    /** The environment variable that sets a key. */
    static String environmentVariable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
