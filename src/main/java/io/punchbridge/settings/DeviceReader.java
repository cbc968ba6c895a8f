package io.punchbridge.settings;

import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the declared devices, and what is said of single ones for the other rooms. */
final class DeviceReader {
    private static final int LONGEST_DEVICE_NAME = 140;

    private final Values values;
    private final KeyNames names;
    private final Map<String, Duration> assumeCompleteAfter = new HashMap<>();
    private final Map<SerialNumber, Duration> silentForOf = new HashMap<>();
    private final Map<String, EmployeeFilter> rosterScopes = new HashMap<>();
    private final Map<SerialNumber, Set<String>> shiftTypesOf = new HashMap<>();

    DeviceReader(Values values, KeyNames names) {
        this.values = values;
        this.names = names;
    }

    /** Those that are whole; what the others lack is a problem. To be read once, before what is said of single ones. */
    List<Credentials> read() {
        Map<String, String> deviceKeys = names.devices();
        List<Credentials> credentials = new ArrayList<>();
        deviceKeys.forEach((name, key) -> device(name, key).ifPresent(credentials::add));
        if (deviceKeys.isEmpty()) {
            values.problem(
                    Keys.DEVICES + "<name>." + Keys.SERIAL_NUMBER,
                    "is missing: declare at least one device, with its serial-number and auth-token.");
        }
        distinct(credentials, one -> one.device().serialNumber().value().toUpperCase(Locale.ROOT), Keys.SERIAL_NUMBER);
        distinct(credentials, Credentials::serviceTagId, Keys.SERVICE_TAG_ID);
        return credentials;
    }

    /** By the device's name, after what silence a log that can't be asked for counts as complete. */
    Map<String, Duration> assumeCompleteAfter() {
        return assumeCompleteAfter;
    }

    Map<SerialNumber, Duration> silentForOf() {
        return silentForOf;
    }

    /** By the device's name, who belongs on it. */
    Map<String, EmployeeFilter> rosterScopes() {
        return rosterScopes;
    }

    Map<SerialNumber, Set<String>> shiftTypesOf() {
        return shiftTypesOf;
    }

    private Optional<Credentials> device(String name, String prefix) {
        if (name.length() > LONGEST_DEVICE_NAME) {
            values.problem(prefix + Keys.SERIAL_NUMBER, "has a device name longer than Frappe's 140 characters.");
        }
        String serialNumber = values.required(prefix + Keys.SERIAL_NUMBER, (key, text) -> Optional.of(text), "");
        String token = values.secret(prefix + Keys.AUTH_TOKEN);
        Connection connection = values.choice(prefix + Keys.CONNECTION, Values.choices(Connection.values()));
        Direction direction = values.choice(prefix + Keys.DIRECTION, Values.choices(Direction.values()));
        ZoneId zone = values.optional(prefix + Keys.TIME_ZONE, values::zone).orElse(null);
        String serviceTag = values.value(prefix + Keys.SERVICE_TAG_ID).orElse(null);
        String previousToken = values.value(prefix + Keys.PREVIOUS_AUTH_TOKEN).orElse(null);
        values.optional(prefix + Keys.ASSUME_COMPLETE_AFTER, values::duration)
                .ifPresent(silence -> assumeCompleteAfter.put(name, silence));
        Optional<Duration> silentFor = values.optional(prefix + Keys.SILENT_FOR, values::durationOrZero);
        values.optional(prefix + Keys.ROSTER_FILTER, values::employeeFilter)
                .ifPresent(filter -> rosterScopes.put(name, filter));
        Coordinates place = coordinates(prefix);
        Optional<Set<String>> shiftTypes =
                values.optional(prefix + Keys.SHIFT_TYPES, (key, text) -> Optional.of(Values.items(text)));
        if (serialNumber.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        Device device = new Device(name, new SerialNumber(serialNumber), connection, direction, zone, place);
        shiftTypes.ifPresent(types -> shiftTypesOf.put(device.serialNumber(), types));
        silentFor.ifPresent(duration -> silentForOf.put(device.serialNumber(), duration));
        return Optional.of(new Credentials(device, serviceTag, token, previousToken));
    }

    private @Nullable Coordinates coordinates(String prefix) {
        Optional<Double> latitude =
                values.optional(prefix + Keys.LATITUDE, (key, text) -> values.degrees(key, text, 90));
        Optional<Double> longitude =
                values.optional(prefix + Keys.LONGITUDE, (key, text) -> values.degrees(key, text, 180));
        if (values.isSet(prefix + Keys.LATITUDE) != values.isSet(prefix + Keys.LONGITUDE)) {
            values.problem(
                    prefix + (values.isSet(prefix + Keys.LATITUDE) ? Keys.LONGITUDE : Keys.LATITUDE),
                    "is missing: a place has a latitude and a longitude.");
            return null;
        }
        if (latitude.isEmpty() || longitude.isEmpty()) {
            return null;
        }
        if (latitude.get() == 0 && longitude.get() == 0) {
            values.problem(prefix + Keys.LATITUDE, "is 0, as is the longitude: Frappe takes 0, 0 for no place at all.");
            return null;
        }
        return new Coordinates(latitude.get(), longitude.get());
    }

    private void distinct(List<Credentials> devices, Function<Credentials, @Nullable String> value, String property) {
        Map<String, String> owners = new HashMap<>();
        for (Credentials device : devices) {
            String text = value.apply(device);
            String name = device.device().name();
            String owner = text == null ? null : owners.putIfAbsent(text, name);
            if (owner != null) {
                values.problem(
                        Keys.DEVICES + name + "." + property,
                        "is the same as that of the device " + owner + "; each machine has its own.");
            }
        }
    }
}
