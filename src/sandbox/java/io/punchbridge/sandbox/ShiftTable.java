package io.punchbridge.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The table {@code tabShift Type}. */
final class ShiftTable {
    private final Map<String, SimulatedShift> byName = new TreeMap<>();

    synchronized List<SimulatedShift> all() {
        return List.copyOf(byName.values());
    }

    synchronized Optional<SimulatedShift> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    synchronized void put(SimulatedShift shift) {
        byName.put(shift.name(), shift);
    }

    synchronized SimulatedShift change(String name, UnaryOperator<SimulatedShift> change) {
        SimulatedShift before = byName.get(name);
        if (before == null) {
            throw new IllegalArgumentException("There is no shift type " + name);
        }
        SimulatedShift after = change.apply(before);
        byName.put(name, after);
        return after;
    }

    synchronized void remove(String name) {
        byName.remove(name);
    }
}
