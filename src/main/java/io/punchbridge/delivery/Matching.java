package io.punchbridge.delivery;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.Neighbour;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the rows that stand in Frappe are which parcels. Pure: the same parcels and rows, in whatever order, give the
 * same result.
 */
final class Matching {
    private final Map<String, List<Parcel>> parcelsOf;
    private final List<Neighbour> rows;
    private final Set<String> ourDevices;
    private final Map<Checkin.Identity, Neighbour> exact = new LinkedHashMap<>();
    private final Set<String> namesOfExact = new HashSet<>();

    /** @param ourDevices what {@code device_id} says in rows that we made */
    Matching(List<Parcel> parcels, Collection<Neighbour> rows, Set<String> ourDevices) {
        this.parcelsOf =
                parcels.stream().collect(groupingBy(parcel -> parcel.checkin().employee()));
        this.rows = rows.stream()
                .sorted(comparing(Neighbour::time).thenComparing(Neighbour::name))
                .toList();
        this.ourDevices = ourDevices;
        this.rows.forEach(this::noteIfExact);
    }

    /** A row that another program made, and a parcel that it may be. */
    record Candidate(Parcel parcel, Neighbour row) {
        /** By how much the row lies after the parcel; parts of a second don't count. */
        long secondsLater() {
            return Duration.between(parcel.checkin().time(), second()).toSeconds();
        }

        long distance() {
            return Math.abs(secondsLater());
        }

        LocalDateTime second() {
            return row.time().truncatedTo(ChronoUnit.SECONDS);
        }
    }

    private static final Comparator<Candidate> NEAREST_FIRST = comparing(Candidate::distance)
            .thenComparing(candidate -> candidate.row().time())
            .thenComparing(candidate -> candidate.row().name())
            .thenComparing(candidate -> candidate.parcel().checkin().time())
            .thenComparing(candidate -> candidate.parcel().checkin().logType());

    private void noteIfExact(Neighbour row) {
        for (Parcel parcel : parcelsOf.getOrDefault(row.employee(), List.of())) {
            if (row.holds(parcel.checkin())) {
                exact.putIfAbsent(parcel.checkin().identity(), row);
                namesOfExact.add(row.name());
            }
        }
    }

    /** Rows that Frappe would refuse a parcel for, whoever made them. */
    Map<Checkin.Identity, Neighbour> exact() {
        return exact;
    }

    /** What other programs' rows may be, nearest first; one row or parcel may be among several. */
    List<Candidate> near(Duration near) {
        List<Candidate> candidates = new ArrayList<>();
        for (Neighbour row : rows) {
            if (isOurs(row) || namesOfExact.contains(row.name())) {
                continue;
            }
            parcelsOf.getOrDefault(row.employee(), List.of()).stream()
                    .filter(parcel -> !exact.containsKey(parcel.checkin().identity()))
                    .map(parcel -> new Candidate(parcel, row))
                    .filter(candidate -> candidate.distance() <= near.toSeconds())
                    .forEach(candidates::add);
        }
        candidates.sort(NEAREST_FIRST);
        return candidates;
    }

    private boolean isOurs(Neighbour row) {
        return row.deviceId() != null && ourDevices.contains(row.deviceId());
    }

    /** Each row to one parcel at most, and each parcel to one row at most, the first of them that are both free. */
    static Map<Checkin.Identity, Candidate> oneToOne(List<Candidate> nearestFirst) {
        Map<Checkin.Identity, Candidate> matched = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (Candidate candidate : nearestFirst) {
            Checkin.Identity identity = candidate.parcel().checkin().identity();
            if (!matched.containsKey(identity) && taken.add(candidate.row().name())) {
                matched.put(identity, candidate);
            }
        }
        return matched;
    }
}
