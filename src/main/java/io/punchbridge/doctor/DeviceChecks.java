package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.inbox.StorageLook;
import io.punchbridge.punch.Device;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The declared devices. */
final class DeviceChecks {
    private static final String HEARD = "Devices heard";
    private static final String HISTORY = "Devices' history";

    private final SetUpSettings settings;
    private final StorageChecks storage;

    DeviceChecks(SetUpSettings settings, StorageChecks storage) {
        this.settings = settings;
        this.storage = storage;
    }

    List<CheckResult> heard() {
        StorageLook look = storage.found();
        if (look == null || look.heard() == null) {
            return List.of(notChecked(HEARD, "The storage can't be read."));
        }
        if (look.schema() == null || look.schema() == 0) {
            return List.of(notChecked(HEARD, "There is nothing stored yet: Punchbridge hasn't run on this storage."));
        }
        Set<Device> heard = new HashSet<>();
        look.heard()
                .keySet()
                .forEach(serialNumber ->
                        settings.devices().bySerialNumber(serialNumber).ifPresent(heard::add));
        List<Device> all = settings.devices().all();
        List<String> never = all.stream()
                .filter(device -> !heard.contains(device))
                .map(Device::name)
                .toList();
        return List.of(
                never.isEmpty()
                        ? passed(HEARD, "Each of the " + all.size() + " has called.")
                        : CheckResult.warning(
                                HEARD,
                                "Never heard: " + Told.some(never) + ".",
                                "Make a punch there. If nothing comes, compare the serial number with the CAMS portal, and"
                                        + " look that its callback URL is ours and the service's log refuses nothing."));
    }

    List<CheckResult> askable() {
        boolean gateway = settings.attendance().gatewayKnown();
        if (settings.attendance().watermark() == Mode.OFF) {
            return List.of(notChecked(HISTORY, "Nothing needs it while punchbridge.attendance.watermark is off."));
        }
        List<String> mute = settings.devices().all().stream()
                .filter(device -> !gateway || !device.connection().answersRequests())
                .map(Device::name)
                .filter(name -> !settings.assumedComplete().contains(name))
                .toList();
        return List.of(
                mute.isEmpty()
                        ? passed(HISTORY, "Each device can be asked, or counts as complete after a silence.")
                        : CheckResult.warning(
                                HISTORY,
                                "These can't be asked for what they recorded, so they are never proven complete, and auto"
                                        + " attendance of their Shift Types is never let on: "
                                        + Told.some(mute) + ".",
                                gateway
                                        ? "Set assume-complete-after of each, to longer than it may be cut off."
                                        : "Set punchbridge.gateway.endpoint, or assume-complete-after of each device."));
    }
}
