package io.punchbridge.api;

import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which punches a person means, and tells times as the person's clock shows them. */
@Singleton
public class FilterReader {
    private static final String STATE = "state";
    private static final String DEVICE = "device";
    private static final String SERIAL_NUMBER = "serialNumber";
    private static final String USER = "user";
    private static final String EMPLOYEE = "employee";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String REASON = "reason";
    private static final String SOURCE = "source";

    public static final Set<String> MEMBERS =
            Set.of(STATE, DEVICE, SERIAL_NUMBER, USER, EMPLOYEE, FROM, TO, REASON, SOURCE);

    private final Devices devices;
    private final CallbackDoor.FallbackZone fallbackZone;

    FilterReader(Devices devices, CallbackDoor.FallbackZone fallbackZone) {
        this.devices = devices;
        this.fallbackZone = fallbackZone;
    }

    public static boolean isGiven(Members members) {
        return MEMBERS.stream().anyMatch(members::has);
    }

    /** @throws jakarta.ws.rs.WebApplicationException with problem details where that is no filter */
    public PunchFilter read(Members members) {
        Device device = device(members.text(DEVICE));
        String serialNumber = members.text(SERIAL_NUMBER);
        if (device != null && serialNumber != null) {
            throw Members.bad("device and serialNumber are two names of one thing; give one of them.");
        }
        SerialNumber serial =
                device != null ? device.serialNumber() : serialNumber == null ? null : new SerialNumber(serialNumber);
        String user = members.text(USER);
        Instant from = time(members.text(FROM), device, 0);
        Instant until = time(members.text(TO), device, 1);
        if (from != null && until != null && !from.isBefore(until)) {
            throw Members.unprocessable("The range is empty: from isn't earlier than to.");
        }
        return new PunchFilter(
                states(members),
                serial,
                user == null ? null : new UserId(user),
                members.text(EMPLOYEE),
                from,
                until,
                members.text(REASON),
                source(members.text(SOURCE)));
    }

    /** In words, for the record of what somebody did. */
    public static String words(Members members) {
        return Stream.of(STATE, DEVICE, SERIAL_NUMBER, USER, EMPLOYEE, FROM, TO, REASON, SOURCE)
                .filter(members::has)
                .map(name -> name + "=" + String.join(",", members.texts(name, PunchState.values().length)))
                .collect(Collectors.joining(" "));
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The device's own zone, or the site's for a device that has none; UTC where neither is known yet. */
    public ZoneId zone(SerialNumber serialNumber) {
        ZoneId zone = zone(devices.bySerialNumber(serialNumber).orElse(null));
        return zone == null ? ZoneOffset.UTC : zone;
    }

    private @Nullable ZoneId zone(@Nullable Device device) {
        ZoneId own = device == null ? null : device.timeZone();
        return own == null ? fallbackZone.get() : own;
    }

    /** Of that name; null for no name. A name that nobody declared is refused. */
    @Nullable Device device(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return devices.all().stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Members.unprocessable("No device of that name is declared. Declared are: "
                        + devices.all().stream().map(Device::name).collect(Collectors.joining(", "))
                        + ". Punches of a device that isn't declared any more are found by its serialNumber."));
    }

    private static Set<PunchState> states(Members members) {
        Set<PunchState> states = EnumSet.noneOf(PunchState.class);
        List<String> wanted = members.texts(STATE, PunchState.values().length);
        for (String word : wanted) {
            states.add(Arrays.stream(PunchState.values())
                    .filter(state -> word(state).equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> Members.bad("state must be among: " + words(PunchState.values()) + ".")));
        }
        return states;
    }

    private static @Nullable Source source(@Nullable String wanted) {
        if (wanted == null) {
            return null;
        }
        return Arrays.stream(Source.values())
                .filter(source -> word(source).equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> Members.bad("source must be one of: " + words(Source.values()) + "."));
    }

    private static String words(Enum<?>... constants) {
        return Arrays.stream(constants).map(FilterReader::word).collect(Collectors.joining(", "));
    }

    /** @param laterDays of the day whose beginning is meant, where a day is given */
    private @Nullable Instant time(@Nullable String text, @Nullable Device device, int laterDays) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .plusDays(laterDays)
                            .atStartOfDay(dayZone(device))
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1 && year <= 9999) {
                return instant;
            }
        } catch (DateTimeException noTime) {
            // told below
        }
        throw Members.bad(
                "from and to must be days of the device's zone, e.g. 2026-10-31, to inclusive; or instants with"
                        + " an offset, e.g. 2026-10-31T08:00:00+03:00, to exclusive.");
    }

    private ZoneId dayZone(@Nullable Device device) {
        ZoneId zone = zone(device);
        if (zone == null) {
            throw Members.unprocessable(
                    "In which zone a day begins isn't known yet: Frappe hasn't told its zone. Give from"
                            + " and to as instants with an offset, e.g. 2026-10-31T00:00:00+03:00.");
        }
        return zone;
    }
}
