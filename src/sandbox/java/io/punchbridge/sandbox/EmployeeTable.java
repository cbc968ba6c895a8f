package io.punchbridge.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The table {@code tabEmployee}. Names and device ids ignore case, as the database does. */
final class EmployeeTable {
    private final TreeMap<String, SimulatedEmployee> byName = new TreeMap<>();

    synchronized List<SimulatedEmployee> all() {
        return List.copyOf(byName.values());
    }

    synchronized Optional<SimulatedEmployee> find(String name) {
        return Optional.ofNullable(byName.get(canonical(name)));
    }

    synchronized Optional<SimulatedEmployee> withDeviceId(String deviceId) {
        return byName.values().stream()
                .filter(employee -> employee.deviceId() != null
                        && canonical(employee.deviceId()).equals(canonical(deviceId)))
                .findFirst();
    }

    synchronized void put(SimulatedEmployee employee) {
        String deviceId = employee.deviceId();
        if (deviceId != null) {
            Optional<SimulatedEmployee> owner = withDeviceId(deviceId)
                    .filter(other -> !canonical(other.name()).equals(canonical(employee.name())));
            if (owner.isPresent()) {
                throw new IllegalArgumentException("Device id " + deviceId + " belongs to "
                        + owner.get().name() + ": Frappe keeps attendance_device_id unique.");
            }
        }
        byName.put(canonical(employee.name()), employee);
    }

    synchronized void change(String name, UnaryOperator<SimulatedEmployee> change) {
        put(change.apply(find(name).orElseThrow(() -> new IllegalArgumentException("There is no employee " + name))));
    }

    synchronized void remove(String name) {
        byName.remove(canonical(name));
    }

    private static String canonical(String text) {
        return text.stripTrailing().toLowerCase(Locale.ROOT);
    }
}
