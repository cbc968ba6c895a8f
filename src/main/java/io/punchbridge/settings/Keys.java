package io.punchbridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every key that a user may set, its default, and what it does; the README's table and the checks rest on this list. */
final class Keys {
    static final String PREFIX = "punchbridge.";
    static final String DEVICES = PREFIX + "devices.";
    static final String USERS = PREFIX + "console.users.";

    /**
     * @param name full name; for a device, the part behind {@code punchbridge.devices.<name>.}, and so for a user
     * @param fallback value if it isn't set; empty if there is none
     * @param help one sentence for the table
     */
    record Key(String name, String fallback, String help) {}

    private static final List<Key> ALL = new ArrayList<>();
    private static final List<Key> OF_A_DEVICE = new ArrayList<>();
    private static final List<Key> OF_A_USER = new ArrayList<>();

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
            "How long to wait for an answer; more than the site's own limit of a request (120 s by default), so that afterwards none of it can still be at work. At most 5m.");
    static final String FRAPPE_DIRECTORY_REFRESH =
            key("frappe.directory-refresh", "1m", "How often changes among the employees are read.");
    static final String GATEWAY_ENDPOINT = key(
            "gateway.endpoint",
            "",
            "Address of your CAMS account's RESTful API; without it the gateway is never asked, and only callbacks come.");
    static final String GATEWAY_SECURITY_KEY =
            key("gateway.security-key", "", "Security key of the CAMS account (32 characters), if it encrypts.");
    static final String GATEWAY_PREVIOUS_SECURITY_KEY =
            key("gateway.previous-security-key", "", "The key before it, while the key is being changed.");
    static final String RECONCILIATION_ENABLED = key(
            "reconciliation.enabled",
            "",
            "Whether devices' own logs are compared by themselves with what came by callback; `true` where `punchbridge.gateway.endpoint` is set, else `false`.");
    static final String RECONCILIATION_EVERY =
            key("reconciliation.every", "1h", "How often; at least `1m`. A call to the gateway takes about 15 s.");
    static final String RECONCILIATION_OVERLAP = key(
            "reconciliation.overlap",
            "1d",
            "How far before the instant until which nothing is missing a device's log is read again: catches what a device wrote into its past.");
    static final String RECONCILIATION_SETTLING_TIME = key(
            "reconciliation.settling-time",
            "15m",
            "How long a punch may be on its way before it counts as lost; nothing younger counts as verified. Longer than the gateway's repeats take and device clocks lag behind.");
    static final String RECONCILIATION_LOOK_BACK = key(
            "reconciliation.look-back",
            "30d",
            "How far back a device's log is read first, counted from the first run that comes through; each 29 days are at least one call.");
    static final String GATEWAY_REQUEST_TIMEOUT = key(
            "gateway.request-timeout",
            "90s",
            "How long to wait for the gateway's answer, which takes about 15 s, and longer where a device is slow.");
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
    static final String NEAR = key(
            "delivery.near",
            "59s",
            "How far a check-in that another program made may lie from a punch of history and still count as it, `0s` to `10m`. The default finds times that were cut to the minute; `0s` is the same second, with whatever log type.");
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
    static final String ROSTER_MODE = key(
            "roster.mode",
            "off",
            "Employees as users of the devices: `off`; `report` says what differs; `apply` adds, renames and deletes.");
    static final String ROSTER_EVERY = key("roster.every", "1h", "How often devices and employees are compared.");
    static final String ROSTER_DELETE_AFTER =
            key("roster.delete-after", "7d", "How long after the relieving date a leaver is deleted from the devices.");
    static final String ROSTER_MOST_DELETIONS = key(
            "roster.most-deletions",
            "10%",
            "Share of a device's users that one run may delete; beyond it nobody is deleted before a person confirms. Three may go in any case, half of a smaller device, but none with `0%`.");
    static final String ROSTER_CONFIRMED_DELETIONS = key(
            "roster.confirmed-deletions",
            "",
            "Names of plans whose deletions are confirmed, as the log gives them; separated by commas.");
    static final String ROSTER_ADMINISTRATORS = key(
            "roster.administrators",
            "",
            "User ids, separated by commas, that stay administrators of every device they are on, or `none`. Required for adding users to a device that doesn't list its users.");
    static final String ROSTER_COMMANDS_PER_MINUTE = key(
            "roster.commands-per-minute",
            "2",
            "How many changes of users are sent at most, over all devices; each holds the account's line for about 15 s.");
    static final String ROSTER_ATTEMPTS =
            key("roster.attempts", "8", "After how many attempts a change is given up for a day.");
    static final String ATTENDANCE_WATERMARK = key(
            "attendance.watermark",
            "report",
            "What is done with `last_sync_of_checkin` of the Shift Types with auto attendance: `off`; `report` says how far it may go; `advance` writes it.");
    static final String ATTENDANCE_EVERY =
            key("attendance.every", "5m", "How often that is decided upon; at least `10s`.");
    static final String ATTENDANCE_MARGIN =
            key("attendance.margin", "1m", "How far the watermark stays behind what is proven; `0s` is allowed.");
    static final String ATTENDANCE_DEVICES = key(
            "attendance.devices",
            "all",
            "Whose devices must be proven for a Shift Type: `all`, or `learnt`, those on which its employees were seen in the last 60 days. A device's own `shift-types` go before it.");
    static final String ATTENDANCE_HELD_PATIENCE = key(
            "attendance.held-patience",
            "3d",
            "How long a punch that nobody is found for, or that can't be read, holds the watermark back, counted from when it came; after that it is named and passed over.");
    static final String ATTENDANCE_LATE_PUNCHES = key(
            "attendance.late-punches",
            "report",
            "Punches that reach Frappe after their attendance was made: `off`; `report` lists them; `dry-run` says how each would be repaired; `repair` has the attendance made anew.");
    static final String ATTENDANCE_LATE_AFTER = key(
            "attendance.late-after",
            "2m",
            "How long after its time a punch must have reached Frappe for its attendance to be looked at.");
    static final String ATTENDANCE_REPAIR_WITHIN =
            key("attendance.repair-within", "31d", "How old an attendance may be, by its date, to be repaired.");
    static final String TOKEN_FILE = key(
            "console.token-file",
            "",
            "File of mode 0600 in which the running service leaves its address and a new access token at each start, for commands on the same host. By default beside the SQLite store (`data/punchbridge.token`).");
    static final String LOCK_OUT_AFTER = key(
            "console.lock-out-after",
            "5",
            "How many wrong passwords in a row lock a user out; four times as many lock out the address that they come from.");
    static final String LOCK_OUT_FOR = key(
            "console.lock-out-for",
            "15m",
            "How long a user or an address stays locked out, from the last wrong password.");
    static final String OPEN_ID_VIEWER_ROLE = key(
            "console.open-id-connect.viewer-role",
            "punchbridge-viewer",
            "Role of the OpenID provider that makes a viewer, where people log in through one (`quarkus.oidc.tenant-enabled`).");
    static final String OPEN_ID_OPERATOR_ROLE = key(
            "console.open-id-connect.operator-role",
            "punchbridge-operator",
            "Role of the OpenID provider that makes an operator.");
    static final String PASSWORD_HASH = userKey(
            "password-hash",
            "bcrypt hash of the user's password, as the command `hash-password` prints it. Required for each user; without any user nobody logs in.");
    static final String ROLE = userKey("role", "`viewer` may look, `operator` may act too. Required for each user.");
    static final String KEEP_HEALTH_DATA =
            key("privacy.keep-health-data", "false", "Whether temperature and face mask are stored.");
    static final String WATCH_CLOCK_DRIFT = key(
            "watch.clock-drift",
            "2m",
            "A device whose clock is off by more than this, either way, is warned of; a late delivery doesn't count.");
    static final String WATCH_LICENCE_ENDS_WITHIN =
            key("watch.licence-ends-within", "30d", "How long before its end a device's licence is warned of.");
    static final String WATCH_SILENT_FOR = key(
            "watch.silent-for",
            "24h",
            "A device that has not called back for this long is warned of; `0s` never. Take more than a weekend where nobody works on weekends.");
    static final String WATCH_DEVICE_INFORMATION_EVERY = key(
            "watch.device-information-every",
            "1d",
            "How often each device is asked for its model, licence and number of users; only with `punchbridge.gateway.endpoint`.");

    static final String ALERTS_URL = key(
            "alerts.url",
            "",
            "Address that takes alerts as JSON by `POST`, signed by the standard-webhooks scheme; without it none are sent. It may be a secret itself, so no log shows more of it than its host.");
    static final String ALERTS_SECRET = key(
            "alerts.secret",
            "",
            "Key of the signature: `whsec_` and 24 to 64 random bytes in base64. Required with `punchbridge.alerts.url`.");
    static final String ALERTS_REPEAT =
            key("alerts.repeat", "12h", "How often an alert that stands is told again; at least `5m`.");
    static final String ALERTS_NAME = key(
            "alerts.name",
            "punchbridge",
            "What this installation is called in its alerts, for whoever gets those of several.");

    static final String TRACES_ENDPOINT = key(
            "traces.endpoint",
            "",
            "Address of a collector that takes traces by OTLP over HTTP, e.g. `http://collector:4318`; `/v1/traces` is added where it has no path. Without it there are no traces.");
    static final String TRACES_HEADERS = key(
            "traces.headers",
            "",
            "Headers for the collector, as `name=value,name=value`; for collectors that want a token.");
    static final String TRACES_SERVICE =
            key("traces.service", "punchbridge", "What this installation is called in its traces (`service.name`).");

    static final String SERIAL_NUMBER = deviceKey("serial-number", "", "Serial number of the machine. Required.");
    static final String SERVICE_TAG_ID = deviceKey(
            "service-tag-id",
            "",
            "CAMS' service tag id of the device (`stgid`); needed to ask the gateway for its history.");
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
    static final String SILENT_FOR =
            deviceKey("silent-for", "", "Overrides `punchbridge.watch.silent-for` for this device; `0s` never warns.");

    static final String ASSUME_COMPLETE_AFTER = deviceKey(
            "assume-complete-after",
            "",
            "Silence after which a device that can't be asked for its log is taken for complete, e.g. `2h`; never without it.");
    static final String LATITUDE = deviceKey(
            "latitude",
            "",
            "Where the device stands, in degrees; for sites that allow geolocation tracking, which refuse check-ins without a place.");
    static final String LONGITUDE = deviceKey("longitude", "", "Likewise; both or none.");
    static final String SHIFT_TYPES = deviceKey(
            "shift-types",
            "",
            "Shift Types, separated by commas, whose employees punch here; the others don't wait for this device. Empty: see `punchbridge.attendance.devices`.");
    static final String ROSTER_FILTER = deviceKey(
            "roster-filter",
            "",
            "Frappe filter of the employees who belong on the device, e.g. `[[\"branch\", \"=\", \"Nairobi\"]]`; empty: all.");

    private Keys() {}

    private static String key(String name, String fallback, String help) {
        ALL.add(new Key(PREFIX + name, fallback, help));
        return PREFIX + name;
    }

    private static String deviceKey(String name, String fallback, String help) {
        OF_A_DEVICE.add(new Key(name, fallback, help));
        return name;
    }

    private static String userKey(String name, String help) {
        OF_A_USER.add(new Key(name, "", help));
        return name;
    }

    static List<Key> all() {
        return List.copyOf(ALL);
    }

    static List<Key> ofADevice() {
        return List.copyOf(OF_A_DEVICE);
    }

    static List<Key> ofAUser() {
        return List.copyOf(OF_A_USER);
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
