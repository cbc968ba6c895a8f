package io.punchbridge.delivery;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts parcels into groups whose times lie so near each other that one look-up a group reads few rows besides those
 * that are meant. A batch of history is mostly one group: what was claimed oldest first lies together.
 */
final class Spans {
    /** What an employee leaves in a day at the most, on the average of a site. */
    private static final int ROWS_A_DAY = 8;

    /** Half of an answer, since the estimate is one. */
    private static final long ROWS_EXPECTED = 1000;

    private Spans() {}

    /** Groups in the order of time, the parcels of each too. */
    static List<List<Parcel>> of(List<Parcel> parcels, Duration near) {
        List<List<Parcel>> spans = new ArrayList<>();
        List<Parcel> span = new ArrayList<>();
        Set<String> employees = new HashSet<>();
        for (Parcel parcel : inOrderOfTime(parcels)) {
            employees.add(parcel.checkin().employee());
            if (!span.isEmpty()
                    && rowsExpected(employees.size(), time(span.get(0)), time(parcel), near) > ROWS_EXPECTED) {
                spans.add(span);
                span = new ArrayList<>();
                employees = new HashSet<>(Set.of(parcel.checkin().employee()));
            }
            span.add(parcel);
        }
        if (!span.isEmpty()) {
            spans.add(span);
        }
        return spans;
    }

    private static List<Parcel> inOrderOfTime(List<Parcel> parcels) {
        return parcels.stream().sorted(Comparator.comparing(Spans::time)).toList();
    }

    private static LocalDateTime time(Parcel parcel) {
        return parcel.checkin().time();
    }

    private static long rowsExpected(long employees, LocalDateTime first, LocalDateTime last, Duration near) {
        long seconds = Duration.between(first, last).plus(near).plus(near).toSeconds();
        return employees * ROWS_A_DAY * seconds / Duration.ofDays(1).toSeconds();
    }
}
