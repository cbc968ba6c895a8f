package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.DeviceChoice;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.inbox.OpenPunches.Whose;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which devices' punches a shift type needs. In doubt, all: one too many only takes longer. */
final class ShiftDevices {
    /** Someone who was on leave for a month still counts. */
    private static final Duration LEARNT_FROM = Duration.ofDays(60);

    private static final Duration LEARN_AGAIN_AFTER = Duration.ofDays(1);

    private final Devices devices;
    private final AttendanceSettings settings;
    private final AttendanceSite site;
    private final WatermarkWatch watch;
    private final Clock clock;
    private final Map<String, Learnt> learnt = new ConcurrentHashMap<>();

    private record Learnt(Set<String> deviceIds, Instant at) {}

    /**
     * @param proven must be verified
     * @param open whose open punches hold back; also those of devices that nobody declared, or nothing is learnt of
     */
    record Choice(List<Device> proven, Whose open) {}

    ShiftDevices(Devices devices, AttendanceSettings settings, AttendanceSite site, WatermarkWatch watch, Clock clock) {
        this.devices = devices;
        this.settings = settings;
        this.site = site;
        this.watch = watch;
        this.clock = clock;
    }

    /** @param shiftTypes the names of all that the site has */
    Choice of(String shiftType, Collection<String> shiftTypes, ZoneId zone) {
        Set<Device> elsewhere = new HashSet<>();
        Set<Device> here = new HashSet<>();
        for (Device device : devices.all()) {
            Set<String> named = settings.shiftTypesOf().getOrDefault(device.serialNumber(), Set.of());
            if (named.contains(shiftType) || isMistyped(device, named, shiftTypes)) {
                here.add(device);
            } else if (!named.isEmpty()) {
                elsewhere.add(device);
            }
        }
        Set<Device> learntHere =
                settings.deviceChoice() == DeviceChoice.LEARNT ? learn(shiftType, elsewhere, zone) : Set.of();
        List<Device> chosen = devices.all().stream()
                .filter(device -> learntHere.isEmpty()
                        ? !elsewhere.contains(device)
                        : here.contains(device) || learntHere.contains(device))
                .toList();
        return new Choice(chosen, Whose.allBut(serialNumbers(elsewhere)));
    }

    /** A name that the site doesn't have may be meant to be any of those it has. */
    private boolean isMistyped(Device device, Set<String> named, Collection<String> shiftTypes) {
        List<String> strange = named.stream()
                .filter(name -> !shiftTypes.contains(name))
                .sorted()
                .toList();
        watch.strangeShiftTypes(device, strange);
        return !strange.isEmpty();
    }

    /**
     * Declared devices, without those that are said to be of other shift types; empty if nothing was learnt, or something
     * that can't be: a device by an earlier name still is one of those there are.
     */
    private Set<Device> learn(String shiftType, Set<Device> elsewhere, ZoneId zone) {
        Instant now = clock.instant();
        Learnt before = learnt.get(shiftType);
        boolean fresh = before != null
                && !before.at().isAfter(now)
                && now.isBefore(before.at().plus(LEARN_AGAIN_AFTER));
        if (!fresh) {
            learnt.remove(shiftType);
            site.devicesOf(shiftType, new SiteTime(zone).of(now.minus(LEARNT_FROM)))
                    .fold(ids -> remember(shiftType, new Learnt(Set.copyOf(ids), now)), failure -> {
                        watch.notLearnt(shiftType, failure);
                        return false;
                    });
        }
        Learnt known = learnt.get(shiftType);
        Set<String> ids = known == null ? Set.of() : known.deviceIds();
        List<String> strange = ids.stream()
                .filter(id -> !id.isBlank() && declared(id).isEmpty())
                .sorted()
                .toList();
        watch.undeclared(shiftType, strange);
        if (!strange.isEmpty()) {
            return Set.of();
        }
        return ids.stream()
                .flatMap(id -> declared(id).stream())
                .filter(device -> !elsewhere.contains(device))
                .collect(Collectors.toSet());
    }

    /** A check-in from before its device was declared has its serial number. A database may compare without case. */
    private Optional<Device> declared(String deviceId) {
        return devices.all().stream()
                .filter(device -> device.name().equalsIgnoreCase(deviceId)
                        || device.serialNumber().value().equalsIgnoreCase(deviceId))
                .findFirst();
    }

    private boolean remember(String shiftType, Learnt ids) {
        watch.learnt(shiftType);
        learnt.put(shiftType, ids);
        return true;
    }

    private static Set<SerialNumber> serialNumbers(Collection<Device> devices) {
        return devices.stream().map(Device::serialNumber).collect(Collectors.toCollection(HashSet::new));
    }
}
