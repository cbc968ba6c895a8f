package io.punchbridge.sandbox;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The table {@code tabAttendance}, in the order in which its rows were written. */
final class AttendanceTable {
    private final Map<String, SimulatedAttendance> byName = new LinkedHashMap<>();

    /** So that a run over months of days needn't look through every row for each. */
    private final Map<Day, List<String>> byDay = new LinkedHashMap<>();

    private int lastNumber;

    private record Day(String employee, LocalDate date) {}

    synchronized List<SimulatedAttendance> all() {
        return List.copyOf(byName.values());
    }

    synchronized Optional<SimulatedAttendance> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Adds what the function makes of the next name. */
    synchronized SimulatedAttendance add(Function<String, SimulatedAttendance> row) {
        lastNumber++;
        SimulatedAttendance attendance = row.apply(String.format("HR-ATT-2026-%05d", lastNumber));
        byName.put(attendance.name(), attendance);
        byDay.computeIfAbsent(new Day(attendance.employee(), attendance.date()), day -> new ArrayList<>(1))
                .add(attendance.name());
        return attendance;
    }

    synchronized SimulatedAttendance change(String name, UnaryOperator<SimulatedAttendance> change) {
        SimulatedAttendance before = byName.get(name);
        if (before == null) {
            throw new IllegalArgumentException("There is no attendance " + name);
        }
        SimulatedAttendance after = change.apply(before);
        byName.put(name, after);
        return after;
    }

    /** What stands for an employee and a day: drafts and submitted rows. */
    synchronized Stream<SimulatedAttendance> standing(String employee, LocalDate date) {
        return byDay.getOrDefault(new Day(employee, date), List.of()).stream()
                .map(byName::get)
                .filter(row -> row.docStatus() < 2)
                .toList()
                .stream();
    }
}
