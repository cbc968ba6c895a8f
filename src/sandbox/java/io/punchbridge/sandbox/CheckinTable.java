package io.punchbridge.sandbox;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code tabEmployee Checkin}. A transaction sees what was committed when its request began; its names and
 * the unique key are settled at its end, as MariaDB's lock on the naming series does it. So identical requests in
 * flight at once all pass Frappe's duplicate check, and only the unique key stops them.
 */
final class CheckinTable {
    private final Map<String, Row> byName = new LinkedHashMap<>();
    private final TreeMap<LocalDateTime, List<Row>> byTime = new TreeMap<>();
    private final Map<Unique, Row> byKey = new HashMap<>();
    private final Map<String, Integer> series = new HashMap<>();
    private final Predicate<String> isUnique;
    private long commits;

    /**
     * @param isUnique whether a custom field may hold a value once only
     */
    CheckinTable(Predicate<String> isUnique) {
        this.isUnique = isUnique;
    }

    private record Row(SimulatedCheckin checkin, long commit) {}

    private record Unique(String field, String canonicalValue) {}

    /** What a transaction beginning now would see. */
    synchronized long snapshot() {
        return commits;
    }

    synchronized List<SimulatedCheckin> all() {
        return byName.values().stream().map(Row::checkin).toList();
    }

    synchronized List<SimulatedCheckin> between(LocalDateTime first, LocalDateTime last) {
        if (first.isAfter(last)) {
            return List.of();
        }
        return byTime.subMap(first, true, last, true).values().stream()
                .flatMap(Collection::stream)
                .map(Row::checkin)
                .toList();
    }

    synchronized int size() {
        return byName.size();
    }

    synchronized Optional<SimulatedCheckin> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Row::checkin);
    }

    synchronized void delete(String name) {
        Row row = byName.remove(name);
        if (row != null) {
            unindex(row);
        }
    }

    /**
     * Changes a row past the transactions, as HRMS' own updates do; its time and its unique fields stay.
     *
     * @throws IllegalArgumentException if there is no such row
     */
    synchronized void change(String name, UnaryOperator<SimulatedCheckin> change) {
        Row before = byName.get(name);
        if (before == null) {
            throw new IllegalArgumentException("There is no check-in " + name);
        }
        unindex(before);
        index(new Row(change.apply(before.checkin()), before.commit()));
    }

    Transaction begin(long snapshot) {
        return new Transaction(snapshot);
    }

    private synchronized Optional<SimulatedCheckin> duplicate(
            long snapshot, String employee, LocalDateTime time, String logType) {
        return byTime.getOrDefault(time, List.of()).stream()
                .filter(row -> row.commit() <= snapshot)
                .map(Row::checkin)
                .filter(row -> row.isSamePunch(employee, time, logType))
                .findFirst();
    }

    private synchronized Optional<SimulatedCheckin> withUnique(String field, String value) {
        return Optional.ofNullable(byKey.get(new Unique(field, canonical(value))))
                .map(Row::checkin);
    }

    private synchronized int lastNumber(String prefix) {
        return series.getOrDefault(prefix, 0);
    }

    private synchronized void commit(Collection<SimulatedCheckin> written, Map<String, Integer> names) {
        commits++;
        series.putAll(names);
        for (SimulatedCheckin checkin : written) {
            Row before = byName.get(checkin.name());
            if (before != null) {
                unindex(before);
            }
            index(new Row(checkin, commits));
        }
    }

    private synchronized void index(Row row) {
        byName.put(row.checkin().name(), row);
        byTime.computeIfAbsent(row.checkin().time(), time -> new ArrayList<>(2)).add(row);
        uniques(row.checkin()).forEach(unique -> byKey.put(unique, row));
    }

    private synchronized void unindex(Row row) {
        List<Row> sameTime = byTime.get(row.checkin().time());
        if (sameTime != null) {
            sameTime.remove(row);
            if (sameTime.isEmpty()) {
                byTime.remove(row.checkin().time());
            }
        }
        uniques(row.checkin()).forEach(byKey::remove);
    }

    private List<Unique> uniques(SimulatedCheckin checkin) {
        return checkin.fields().entrySet().stream()
                .filter(field -> isUnique.test(field.getKey()))
                .map(field ->
                        new Unique(field.getKey(), canonical(field.getValue().toString())))
                .toList();
    }

    private static String canonical(String key) {
        return key.stripTrailing().toLowerCase(Locale.ROOT);
    }

    /** One request's work; nothing of it stays unless it is committed, its names included. */
    final class Transaction {
        private final long snapshot;
        private final Map<String, SimulatedCheckin> written = new LinkedHashMap<>();
        private final Map<String, Integer> names = new HashMap<>();

        private Transaction(long snapshot) {
            this.snapshot = snapshot;
        }

        /** The row that HRMS would call the same punch, or nothing. */
        Optional<SimulatedCheckin> duplicate(
                String employee, LocalDateTime time, String logType, @Nullable String except) {
            return written.values().stream()
                    .filter(row -> row.isSamePunch(employee, time, logType))
                    .findFirst()
                    .or(() -> CheckinTable.this.duplicate(snapshot, employee, time, logType))
                    .filter(row -> !row.name().equals(except));
        }

        boolean isTaken(String uniqueField, String value, @Nullable String except) {
            return written.values().stream()
                    .filter(row -> row.fields().get(uniqueField) instanceof String other
                            && canonical(other).equals(canonical(value)))
                    .findFirst()
                    .or(() -> withUnique(uniqueField, value))
                    .filter(row -> !row.name().equals(except))
                    .isPresent();
        }

        boolean isNameTaken(String name) {
            return written.containsKey(name) || find(name).isPresent();
        }

        String nextName(LocalDateTime now) {
            String prefix = String.format("EMP-CKIN-%02d-%d-", now.getMonthValue(), now.getYear());
            int number = names.getOrDefault(prefix, lastNumber(prefix)) + 1;
            names.put(prefix, number);
            return prefix + String.format("%06d", number);
        }

        void write(SimulatedCheckin checkin) {
            written.put(checkin.name(), checkin);
        }

        void commit() {
            if (!written.isEmpty()) {
                CheckinTable.this.commit(written.values(), names);
            }
        }
    }
}
