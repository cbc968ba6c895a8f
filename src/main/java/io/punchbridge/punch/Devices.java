package io.punchbridge.punch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The declared devices. A serial number is looked up without regard to case. */
public final class Devices {
    private final Map<String, Device> bySerialNumber = new LinkedHashMap<>();

    public Devices(List<Device> devices) {
        for (Device device : devices) {
            if (bySerialNumber.put(fold(device.serialNumber()), device) != null) {
                throw new IllegalArgumentException("two devices declare the serial number of " + device.name());
            }
        }
    }

    public Optional<Device> bySerialNumber(SerialNumber serialNumber) {
        return Optional.ofNullable(bySerialNumber.get(fold(serialNumber)));
    }

    public List<Device> all() {
        return List.copyOf(bySerialNumber.values());
    }

    /** The configured name, or the serial number of a device that nobody declared. */
    public String nameOf(SerialNumber serialNumber) {
        return bySerialNumber(serialNumber).map(Device::name).orElseGet(serialNumber::toString);
    }

    private static String fold(SerialNumber serialNumber) {
        return serialNumber.value().toUpperCase(Locale.ROOT);
    }
}
