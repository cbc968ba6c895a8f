package io.punchbridge.delivery;

import io.punchbridge.delivery.Matching.Candidate;
import io.punchbridge.delivery.Timed.Exchange;
import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.Neighbour;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.Claimants;
import io.punchbridge.inbox.Claimants.Claimant;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.inbox.NearCheckin;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks Frappe what it has of punches of history, before they go there: a site that used another program may have them
 * already, with another log type or with seconds cut off.
 *
 * <p>What stands there as Frappe's duplicate rule sees it is delivered. What another program wrote for the same employee
 * within {@link DeliverySettings#near} counts as delivered too, and is recorded as found near; but a row that we made
 * never does, so that two taps of one employee stay two check-ins, and each row counts for one punch at most.
 */
@ApplicationScoped
class HistoryLookUp {
    /** As much as a clock that is put back repeats, in every zone of these decades. */
    private static final Duration REPEATED = Duration.ofHours(1);

    private final FrappeSite site;
    private final Claimants claimants;
    private final Set<String> ourDevices;
    private final Duration near;
    private final Clock clock;

    HistoryLookUp(FrappeSite site, Claimants claimants, Devices devices, DeliverySettings settings, Clock clock) {
        this.site = site;
        this.claimants = claimants;
        this.ourDevices = devices.all().stream().map(Device::name).collect(Collectors.toUnmodifiableSet());
        this.near = settings.near();
        this.clock = clock;
    }

    /**
     * Settles those of the parcels that stand in Frappe already.
     *
     * @param missing receives those that don't
     */
    Optional<Obstacle> settleFound(
            List<Parcel> history,
            Settlements settlements,
            SendingTime time,
            WallClock wallClock,
            List<Parcel> missing) {
        Map<String, Neighbour> rows = new HashMap<>();
        Timed<Optional<Obstacle>> asked = Timed.call(clock, () -> readAll(history, time, rows));
        if (asked.answer().isPresent()) {
            return asked.answer();
        }
        Exchange lookUp = asked.about(history);
        Matching matching = new Matching(history, rows.values(), ourDevices);
        Map<Checkin.Identity, Candidate> found =
                Matching.oneToOne(withoutOthers(matching.near(near), keys(history), wallClock));
        for (Parcel parcel : history) {
            Checkin.Identity identity = parcel.checkin().identity();
            Neighbour exact = matching.exact().get(identity);
            Candidate candidate = found.get(identity);
            if (exact != null) {
                settlements.attempted(parcel, lookUp, Outcome.FOUND, null, exact.name());
                settlements.found(parcel, exact.name());
            } else if (candidate != null) {
                String name = candidate.row().name();
                settlements.attempted(parcel, lookUp, Outcome.FOUND_NEAR, reason(candidate), name);
                settlements.foundNear(parcel, name, difference(candidate), reason(candidate));
            } else {
                missing.add(parcel);
            }
        }
        return Optional.empty();
    }

    private Optional<Obstacle> readAll(List<Parcel> history, SendingTime time, Map<String, Neighbour> rows) {
        for (List<Parcel> span : Spans.of(history, near)) {
            Optional<Obstacle> obstacle = time.isOver()
                    ? Optional.of(new Obstacle.OutOfTime())
                    : read(span, rows).map(Courier::obstacle);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        return Optional.empty();
    }

    /** Reads what lies around a group of parcels, halving it where there is more than one answer holds. */
    private Optional<FrappeFailure> read(List<Parcel> span, Map<String, Neighbour> rows) {
        LocalDateTime from = span.get(0).checkin().time().minus(near);
        LocalDateTime until =
                span.get(span.size() - 1).checkin().time().plus(near).plusSeconds(1);
        Set<String> employees =
                span.stream().map(parcel -> parcel.checkin().employee()).collect(Collectors.toSet());
        FrappeAnswer<List<Neighbour>> answer = site.between(employees, from, until);
        if (answer instanceof FrappeAnswer.Failure<List<Neighbour>> failed) {
            return Optional.of(failed.failure());
        }
        List<Neighbour> read = ((FrappeAnswer.Success<List<Neighbour>>) answer).value();
        // So many for one punch alone are no attendance; its exact row is still refused by Frappe's own rule.
        if (read.size() >= FrappeSite.MOST_NEIGHBOURS && span.size() > 1) {
            int middle = span.size() / 2;
            return read(span.subList(0, middle), rows).or(() -> read(span.subList(middle, span.size()), rows));
        }
        read.forEach(row -> rows.put(row.name(), row));
        return Optional.empty();
    }

    /**
     * Without rows that belong to another punch of ours: one that was delivered as that row, or, where it isn't looked up
     * together with these, one that lies nearer to it. This also knows rows that we made under a device's former name.
     */
    private List<Candidate> withoutOthers(List<Candidate> candidates, Set<PunchKey> lookedUp, WallClock wallClock) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        List<List<Claimant>> answers = claimants.of(candidates.stream()
                .map(candidate -> question(candidate, wallClock))
                .toList());
        List<Candidate> free = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            List<PunchKey> own = candidate.parcel().keys();
            boolean isAnothers = answers.get(i).stream()
                    .filter(claimant -> !own.contains(claimant.key()))
                    .anyMatch(claimant -> candidate.row().name().equals(claimant.checkin())
                            || (!lookedUp.contains(claimant.key()) && isNearer(claimant, candidate, wallClock)));
            if (!isAnothers) {
                free.add(candidate);
            }
        }
        return free;
    }

    private Claimants.Question question(Candidate candidate, WallClock wallClock) {
        Punch punch = candidate.parcel().punches().get(0).punch();
        Instant row = punch.at().plusSeconds(candidate.secondsLater());
        Duration reach = wallClock.isAmbiguous(candidate.second()) ? near.plus(REPEATED) : near;
        return new Claimants.Question(
                candidate.row().name(),
                punch.user(),
                row.minus(reach),
                row.plus(reach).plusSeconds(1));
    }

    private static boolean isNearer(Claimant claimant, Candidate candidate, WallClock wallClock) {
        Duration apart = Duration.between(wallClock.at(claimant.at()), candidate.second())
                .abs();
        return apart.toSeconds() < candidate.distance();
    }

    private static Set<PunchKey> keys(List<Parcel> parcels) {
        Set<PunchKey> keys = new HashSet<>();
        parcels.forEach(parcel -> keys.addAll(parcel.keys()));
        return keys;
    }

    private static NearCheckin difference(Candidate candidate) {
        return new NearCheckin(
                Neighbour.written(candidate.parcel().checkin().logType()),
                candidate.row().logType(),
                candidate.secondsLater());
    }

    private static String reason(Candidate candidate) {
        NearCheckin difference = difference(candidate);
        return "Employee Checkin %s, which another program made, stood in Frappe already and counts as this punch: %s, %s. Nothing was sent (punchbridge.delivery.near)."
                .formatted(candidate.row().name(), apart(difference.secondsLater()), logTypes(difference));
    }

    private static String apart(long secondsLater) {
        if (secondsLater == 0) {
            return "of the same second";
        }
        return secondsLater > 0 ? secondsLater + " s later" : -secondsLater + " s earlier";
    }

    private static String logTypes(NearCheckin difference) {
        return difference.hasOtherLogType()
                ? "%s in place of %s".formatted(named(difference.foundLogType()), named(difference.logType()))
                : "with the same log type";
    }

    private static String named(String logType) {
        return logType.isEmpty() ? "no log type" : "log type " + logType;
    }
}
