package io.punchbridge.gateway;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says about a request of ours, in its body; HTTP says 200 whatever happened. Each code tells who must
 * act, and what a person should do.
 */
public enum StatusCode {
    DONE(0, WhoActs.NOBODY, "Done."),
    INVALID_REQUEST(
            1,
            WhoActs.VENDOR,
            "The gateway doesn't understand the request. Ask the vendor whether the device's firmware speaks API 3.0."),
    INVALID_SERVICE_TAG(
            2,
            WhoActs.OPERATOR,
            "The gateway doesn't know this service tag. Compare punchbridge.devices.<name>.service-tag-id with the CAMS API monitor."),
    ADDRESS_NOT_REGISTERED(
            3,
            WhoActs.VENDOR,
            "The address that we call from is not registered. Give the vendor the public address of this host."),
    INVALID_ENCRYPTION(
            4,
            WhoActs.OPERATOR,
            "The gateway can't decrypt our request. Compare punchbridge.gateway.security-key with the account's."),
    OFFLINE_OR_NO_SUBSCRIPTION(
            5,
            WhoActs.NOBODY,
            "The device is offline, or its subscription has ended. It is asked again; if that lasts, look at the device's network and at its licence."),
    INVALID_OPERATION(6, WhoActs.VENDOR, "The gateway doesn't know this operation. Ask the vendor for API 3.0."),
    INVALID_AUTH_TOKEN(
            7,
            WhoActs.OPERATOR,
            "The gateway refuses the device's token. Compare punchbridge.devices.<name>.auth-token with the CAMS API monitor."),
    INVALID_OPERATION_TYPE(
            8, WhoActs.VENDOR, "The gateway doesn't know this kind of operation. Ask the vendor for API 3.0."),
    INVALID_START_TIME(
            9,
            WhoActs.OPERATOR,
            "The gateway refuses the start time. Ask for a range of no more than 30 days that begins in the past, and check this host's clock."),
    INVALID_USER_ID(10, WhoActs.OPERATOR, "The device takes no such user id. Correct the employee's device id."),
    INVALID_API_CONFIGURATION(
            11, WhoActs.VENDOR, "The account's API is set up wrongly at the vendor. Ask the vendor to look at it."),
    INVALID_REQUEST_INFORMATION(
            12, WhoActs.VENDOR, "The gateway refuses what our request says of itself. Ask the vendor to look at it."),
    INVALID_SECURITY_KEY(
            13,
            WhoActs.OPERATOR,
            "The gateway refuses the security key. Compare punchbridge.gateway.security-key with the account's."),
    INVALID_OPERATION_DATA(
            14, WhoActs.OPERATOR, "The gateway refuses the data of this operation, e.g. a name or an id."),
    INVALID_TEMPLATE(15, WhoActs.VENDOR, "The gateway refuses a credential template; we send none. Ask the vendor."),
    INVALID_RAW_DATA(
            19,
            WhoActs.OPERATOR,
            "The account wants encrypted requests. Set punchbridge.gateway.security-key to the account's."),
    NOT_ON_API_3(29, WhoActs.VENDOR, "The device is not on API 3.0. Ask the vendor to move it."),
    USER_INFORMATION_NOT_ENABLED(
            33, WhoActs.VENDOR, "Reading users is not enabled for this device. Ask the vendor, if you need it."),
    NOT_ALLOWED_FOR_DEVICE(
            35, WhoActs.VENDOR, "This operation is not allowed for this device. Ask the vendor to allow it."),
    ANOTHER_CALL_RUNNING(
            37, WhoActs.NOBODY, "Another call for this group of devices is running. It is asked again in a minute."),
    READING_LOGS_NOT_ALLOWED(
            38,
            WhoActs.VENDOR,
            "Reading logs over REST is not part of the subscription. Ask the vendor for the load log option."),
    NO_ANSWER_FROM_DEVICE(
            999, WhoActs.NOBODY, "The device never answered. It is asked again; if that lasts, look at its network."),
    /** A code that nobody published. */
    UNKNOWN(-1, WhoActs.VENDOR, "The gateway gives a code that we don't know. Ask the vendor what it means.");

    /** As the vendor's name of a code may be spelled where it isn't ours. */
    private static final Map<String, StatusCode> OTHER_NAMES = Map.ofEntries(
            Map.entry("SUCCESS", DONE),
            Map.entry("OK", DONE),
            Map.entry("INVALID_REQUEST_DATA", INVALID_REQUEST),
            Map.entry("INVALID_SERVICE_TAG_ID", INVALID_SERVICE_TAG),
            Map.entry("INVALID_STGID", INVALID_SERVICE_TAG),
            Map.entry("IP_NOT_REGISTERED", ADDRESS_NOT_REGISTERED),
            Map.entry("DEVICE_OFFLINE", OFFLINE_OR_NO_SUBSCRIPTION),
            Map.entry("NO_SUBSCRIPTION", OFFLINE_OR_NO_SUBSCRIPTION),
            Map.entry("INVALID_TOKEN", INVALID_AUTH_TOKEN),
            Map.entry("INVALID_REQUEST_INFO", INVALID_REQUEST_INFORMATION),
            Map.entry("INVALID_API_CONFIG", INVALID_API_CONFIGURATION),
            Map.entry("USER_INFO_NOT_ENABLED", USER_INFORMATION_NOT_ENABLED),
            Map.entry("OPERATION_NOT_ALLOWED", NOT_ALLOWED_FOR_DEVICE));

    /** Who has to do something before the same request can succeed. */
    public enum WhoActs {
        /** It is retried by itself. */
        NOBODY,
        /** Whoever runs Punchbridge: a configuration is wrong. */
        OPERATOR,
        /** Whoever runs the gateway: the account or device isn't allowed to. */
        VENDOR
    }

    private final int code;
    private final WhoActs whoActs;
    private final String words;

    StatusCode(int code, WhoActs whoActs, String words) {
        this.code = code;
        this.whoActs = whoActs;
        this.words = words;
    }

    public static StatusCode of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** By the vendor's name, e.g. {@code INVALID_AUTH_TOKEN}; the published material gives none for certain. */
    static StatusCode named(String name) {
        return Arrays.stream(values())
                .filter(known -> known != UNKNOWN && known.name().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(OTHER_NAMES.get(name)))
                .orElse(UNKNOWN);
    }

    /** The gateway's number; -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    public WhoActs whoActs() {
        return whoActs;
    }

    /** How long to wait at least before the same is asked again; null where that makes no sense until somebody acts. */
    public @Nullable Duration retryAfter() {
        return this != DONE && whoActs == WhoActs.NOBODY ? Duration.ofMinutes(1) : null;
    }

    /** A sentence for a person: what it means and what to do. */
    public String words() {
        return words;
    }
}
