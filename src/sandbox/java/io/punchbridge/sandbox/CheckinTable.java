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
import org.jspecify.annotations.Nullable;

/**
 * The table {@code tabEmployee Checkin}. A transaction sees what was committed when its request began; its names and
 * the unique key are settled at its end, as MariaDB's lock on the naming series does it. So identical requests in
 * flight at once all pass Frappe's duplicate check, and only the unique key stops them.
 */
final class CheckinTable {
    private final Map<String, Row> byName = new LinkedHashMap<>();
    private final TreeMap<LocalDateTime, List<Row>> byTime = new TreeMap<>();
    private final Map<String, Row> byKey = new HashMap<>();
    private final Map<String, Integer> series = new HashMap<>();
    private long commits;

    private record Row(SimulatedCheckin checkin, long commit) {}

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

    private synchronized Optional<SimulatedCheckin> withKey(String key) {
        return Optional.ofNullable(byKey.get(canonical(key))).map(Row::checkin);
    }

    private synchronized int lastNumber(String prefix) {
        return series.getOrDefault(prefix, 0);
    }

    private synchronized void commit(Collection<SimulatedCheckin> written, Map<String, Integer> names) {
        commits++;
        series.putAll(names);
        for (SimulatedCheckin checkin : written) {
            Row row = new Row(checkin, commits);
            Row before = byName.put(checkin.name(), row);
            if (before != null) {
                unindex(before);
            }
            byTime.computeIfAbsent(checkin.time(), time -> new ArrayList<>(2)).add(row);
            if (checkin.punchKey() != null) {
                byKey.put(canonical(checkin.punchKey()), row);
            }
        }
    }

    private synchronized void unindex(Row row) {
        List<Row> sameTime = byTime.get(row.checkin().time());
        if (sameTime != null) {
            sameTime.remove(row);
            if (sameTime.isEmpty()) {
                byTime.remove(row.checkin().time());
            }
        }
        if (row.checkin().punchKey() != null) {
            byKey.remove(canonical(row.checkin().punchKey()));
        }
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

        boolean isKeyTaken(String key, @Nullable String except) {
            return written.values().stream()
                    .filter(row ->
                            row.punchKey() != null && canonical(row.punchKey()).equals(canonical(key)))
                    .findFirst()
                    .or(() -> withKey(key))
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
