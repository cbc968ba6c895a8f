package io.punchbridge.delivery;

import static java.util.stream.Collectors.toMap;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.WaitingPunch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the parcels of one round to Frappe and finds out what became of each.
 *
 * <p>A parcel counts as delivered only when Frappe has shown a row with its employee, time and log type: the echo of a
 * single insert, the rows of a batch read back by name, or a look-up. A 200 alone proves nothing.
 *
 * <p>A refused batch is halved until the parcel at fault stands alone, so one bad punch among n costs about 2·log₂(n)
 * requests more. After an answer that leaves the outcome open, nothing is sent again before a look-up, and not before
 * {@link DeliverySettings#doubtQuiet} has passed in which the lost request may still be at work.
 */
final class Courier {
    private static final int MANY_REFUSED = 10;
    private static final int SEVERAL_EMPLOYEES = 3;

    private final FrappeSite site;
    private final EchoCheck echoCheck;
    private final Settlements settlements;
    private final Duration doubtQuiet;
    private final Clock clock;
    private final List<Refused> refused = new ArrayList<>();

    Courier(FrappeSite site, EchoCheck echoCheck, Settlements settlements, Duration doubtQuiet, Clock clock) {
        this.site = site;
        this.echoCheck = echoCheck;
        this.settlements = settlements;
        this.doubtQuiet = doubtQuiet;
        this.clock = clock;
    }

    private record Refused(Parcel parcel, String words) {}

    /** What came of an attempt: nothing in the way, or an obstacle that ends the round. */
    private static final Optional<Obstacle> ON = Optional.empty();

    /** Settles those of the parcels in doubt that stand in Frappe, and those that must still wait; the rest may go. */
    Optional<Obstacle> settleDoubts(List<Parcel> doubtful, List<Parcel> mayGo) {
        for (int from = 0; from < doubtful.size(); from += FrappeSite.MOST_IN_A_BATCH) {
            List<Parcel> part = doubtful.subList(from, Math.min(doubtful.size(), from + FrappeSite.MOST_IN_A_BATCH));
            // Before the look-up: a row that came between it and the end of the quiet time would not be in its answer.
            Instant now = clock.instant();
            FrappeAnswer<Map<Checkin.Identity, CheckinRow>> found = lookUp(part);
            if (found instanceof FrappeAnswer.Failure<Map<Checkin.Identity, CheckinRow>> failed) {
                return Optional.of(obstacle(failed.failure()));
            }
            Map<Checkin.Identity, CheckinRow> rows = valueOf(found);
            for (Parcel parcel : part) {
                CheckinRow row = rows.get(parcel.checkin().identity());
                Instant since = doubtSince(parcel, now);
                Instant quietUntil = since.plus(doubtQuiet);
                if (row != null) {
                    settlements.delivered(parcel, row.name());
                } else if (now.isBefore(quietUntil)) {
                    settlements.inDoubt(parcel, since, quietUntil);
                } else {
                    mayGo.add(parcel);
                }
            }
        }
        return ON;
    }

    /** Never later than now: after our clock was stepped back, the quiet time begins anew rather than lasting for hours. */
    private static Instant doubtSince(Parcel parcel, Instant now) {
        Instant since = parcel.punches().stream()
                .map(WaitingPunch::inDoubtSince)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return since.isAfter(now) ? now : since;
    }

    /**
     * Sends one parcel after the other alone until one of them has proved the way: its echo was right in all. Those that
     * are refused, or stand there already, prove nothing and are settled on the way.
     *
     * @param rest receives the parcels that were not needed
     * @return an obstacle, or empty; {@link EchoCheck#isProven} tells whether the way is proven
     */
    Optional<Obstacle> sendCanary(List<Parcel> parcels, List<Parcel> rest) {
        Deque<Parcel> waiting = new ArrayDeque<>(parcels);
        boolean lookedUp = false;
        while (!waiting.isEmpty()) {
            Parcel canary = waiting.remove();
            Optional<Obstacle> obstacle = sendOne(canary);
            if (obstacle.isEmpty() && !lookedUp && !echoCheck.isProven()) {
                // The first one is there already, or refused: where one is there, many may be.
                lookedUp = true;
                obstacle = keepMissing(waiting);
            }
            if (obstacle.isPresent() || echoCheck.isProven()) {
                rest.addAll(waiting);
                return obstacle;
            }
        }
        return ON;
    }

    private Optional<Obstacle> keepMissing(Deque<Parcel> waiting) {
        List<Parcel> parcels = List.copyOf(waiting);
        if (parcels.isEmpty()) {
            return ON;
        }
        FrappeAnswer<Map<Checkin.Identity, CheckinRow>> found = lookUp(parcels);
        if (found instanceof FrappeAnswer.Failure<Map<Checkin.Identity, CheckinRow>> failed) {
            return Optional.of(obstacle(failed.failure()));
        }
        waiting.retainAll(settleFound(parcels, valueOf(found)));
        return ON;
    }

    /**
     * A setting of the site can refuse every check-in, e.g. one that demands coordinates; Frappe's answer is then that of
     * one bad punch. Where many are refused with the same words, for several employees and none is taken, it is the site.
     */
    Optional<Obstacle> everythingRefusedAlike() {
        boolean alike = refused.size() >= MANY_REFUSED
                && !settlements.anyTaken()
                && refused.stream().map(Refused::words).distinct().count() == 1
                && refused.stream()
                                .map(one -> one.parcel().checkin().employee())
                                .distinct()
                                .count()
                        >= SEVERAL_EMPLOYEES;
        return alike
                ? Optional.of(
                        new Obstacle.SetUp("Frappe refuses every check-in with the same words, so a setting of the"
                                + " site must be in the way; change it, and delivery goes on by itself. Frappe says: "
                                + refused.get(0).words()))
                : ON;
    }

    /**
     * What was refused is rejected for good, unless the site seems to refuse everything.
     *
     * @param askAgainAt when these are due again in that case: later than others, so that a head of bad punches can't
     *     stand in the way of good ones for ever
     */
    void settleRefused(Instant askAgainAt) {
        boolean suspect = everythingRefusedAlike().isPresent();
        for (Refused one : refused) {
            if (suspect) {
                settlements.again(one.parcel(), askAgainAt);
            } else {
                settlements.rejected(one.parcel(), one.words());
            }
        }
        refused.clear();
    }

    Optional<Obstacle> send(List<Parcel> parcels) {
        if (parcels.isEmpty()) {
            return ON;
        }
        return parcels.size() == 1 ? sendOne(parcels.get(0)) : sendMany(parcels);
    }

    private Optional<Obstacle> sendOne(Parcel parcel) {
        Instant sentAt = clock.instant();
        FrappeAnswer<CheckinRow> answer = site.insert(parcel.checkin());
        if (answer instanceof FrappeAnswer.Success<CheckinRow> inserted) {
            return settleEcho(parcel, inserted.value(), sentAt);
        }
        FrappeFailure failure = failureOf(answer);
        return switch (failure.kind()) {
            case REFUSED -> {
                refused.add(new Refused(parcel, failure.words()));
                yield ON;
            }
            case ALREADY_THERE -> confirmExisting(parcel, failure);
            default -> failed(List.of(parcel), failure, sentAt);
        };
    }

    private Optional<Obstacle> sendMany(List<Parcel> parcels) {
        Instant sentAt = clock.instant();
        FrappeAnswer<List<String>> answer = site.insertMany(Parcel.checkins(parcels));
        if (answer instanceof FrappeAnswer.Success<List<String>> inserted) {
            return confirmInserted(parcels, inserted.value(), sentAt);
        }
        FrappeFailure failure = failureOf(answer);
        return switch (failure.kind()) {
            case REFUSED -> sendHalves(parcels);
            case ALREADY_THERE -> sendThoseMissing(parcels);
            default -> failed(parcels, failure, sentAt);
        };
    }

    private Optional<Obstacle> sendHalves(List<Parcel> parcels) {
        int middle = parcels.size() / 2;
        Optional<Obstacle> obstacle = send(parcels.subList(0, middle));
        return obstacle.isPresent() ? obstacle : send(parcels.subList(middle, parcels.size()));
    }

    /** One of the batch stands in Frappe: a look-up tells which do, and the others go again. */
    private Optional<Obstacle> sendThoseMissing(List<Parcel> parcels) {
        FrappeAnswer<Map<Checkin.Identity, CheckinRow>> found = lookUp(parcels);
        if (found instanceof FrappeAnswer.Failure<Map<Checkin.Identity, CheckinRow>> failed) {
            return Optional.of(obstacle(failed.failure()));
        }
        List<Parcel> missing = settleFound(parcels, valueOf(found));
        return missing.size() < parcels.size() ? send(missing) : sendHalves(parcels);
    }

    /** The names say that something was inserted; reading the rows back says what. */
    private Optional<Obstacle> confirmInserted(List<Parcel> parcels, List<String> names, Instant sentAt) {
        FrappeAnswer<List<CheckinRow>> answer = site.rows(names);
        if (answer instanceof FrappeAnswer.Failure<List<CheckinRow>> failed) {
            parcels.forEach(parcel -> settlements.inDoubt(parcel, sentAt, null));
            return Optional.of(obstacle(failed.failure()));
        }
        Map<String, CheckinRow> rows =
                valueOf(answer).stream().collect(toMap(CheckinRow::name, row -> row, (one, same) -> one, HashMap::new));
        boolean oneForEach = names.size() == parcels.size() && names.stream().allMatch(rows::containsKey);
        if (!oneForEach) {
            return resolveUncertain(
                    parcels, sentAt, uncertain("Frappe's answer names other check-ins than those that were sent."));
        }
        return settleRows(parcels, names.stream().map(rows::get).toList(), sentAt);
    }

    private Optional<Obstacle> settleEcho(Parcel parcel, CheckinRow row, Instant sentAt) {
        if (!echoCheck.mayBeOurs(parcel.checkin(), row)) {
            return resolveUncertain(
                    List.of(parcel),
                    sentAt,
                    uncertain("Frappe answered with the check-in of another employee or device."));
        }
        Optional<EchoCheck.Fault> fault = echoCheck.judgeEcho(parcel, row);
        if (fault.isPresent()) {
            settlements.again(parcel, null);
            return Optional.of(echoCheck.cleanUp(List.of(new EchoCheck.WrongRow(parcel.checkin(), row, fault.get()))));
        }
        settlements.delivered(parcel, row.name());
        return ON;
    }

    private Optional<Obstacle> settleRows(List<Parcel> parcels, List<CheckinRow> rows, Instant sentAt) {
        List<Parcel> strangers = new ArrayList<>();
        List<EchoCheck.WrongRow> wrong = new ArrayList<>();
        for (int i = 0; i < parcels.size(); i++) {
            Parcel parcel = parcels.get(i);
            CheckinRow row = rows.get(i);
            Optional<EchoCheck.Fault> fault = echoCheck.judgeRow(parcel, row);
            if (fault.isPresent()) {
                settlements.again(parcel, null);
                wrong.add(new EchoCheck.WrongRow(parcel.checkin(), row, fault.get()));
            } else if (row.holds(parcel.checkin())) {
                settlements.delivered(parcel, row.name());
            } else {
                strangers.add(parcel);
            }
        }
        if (!wrong.isEmpty()) {
            strangers.forEach(parcel -> settlements.inDoubt(parcel, sentAt, null));
            return Optional.of(echoCheck.cleanUp(wrong));
        }
        return strangers.isEmpty()
                ? ON
                : resolveUncertain(
                        strangers, sentAt, uncertain("Frappe's answer names check-ins that aren't those sent."));
    }

    /** Frappe's duplicate rule spoke: the row must exist, and its name is worth knowing. */
    private Optional<Obstacle> confirmExisting(Parcel parcel, FrappeFailure failure) {
        FrappeAnswer<Map<Checkin.Identity, CheckinRow>> found = lookUp(List.of(parcel));
        if (found instanceof FrappeAnswer.Failure<Map<Checkin.Identity, CheckinRow>> failed) {
            return Optional.of(obstacle(failed.failure()));
        }
        if (!settleFound(List.of(parcel), valueOf(found)).isEmpty()) {
            settlements.rejected(
                    parcel,
                    "Frappe says that it has this check-in already, and shows none with this employee, time and log type. "
                            + failure.words());
        }
        return ON;
    }

    private Optional<Obstacle> failed(List<Parcel> parcels, FrappeFailure failure, Instant sentAt) {
        if (failure.kind() == Kind.UNCERTAIN) {
            return resolveUncertain(parcels, sentAt, failure);
        }
        parcels.forEach(parcel -> settlements.again(parcel, null));
        return Optional.of(obstacle(failure));
    }

    /** Looks at once: what is there is settled; the rest stays in doubt until no lost request can be at work. */
    private Optional<Obstacle> resolveUncertain(List<Parcel> parcels, Instant sentAt, FrappeFailure failure) {
        FrappeAnswer<Map<Checkin.Identity, CheckinRow>> found = lookUp(parcels);
        List<Parcel> missing = found.fold(rows -> settleFound(parcels, rows), nothingKnown -> parcels);
        missing.forEach(parcel -> settlements.inDoubt(parcel, sentAt, sentAt.plus(doubtQuiet)));
        return missing.isEmpty() ? ON : Optional.of(obstacle(failure));
    }

    private List<Parcel> settleFound(List<Parcel> parcels, Map<Checkin.Identity, CheckinRow> rows) {
        List<Parcel> missing = new ArrayList<>();
        for (Parcel parcel : parcels) {
            CheckinRow row = rows.get(parcel.checkin().identity());
            if (row == null) {
                missing.add(parcel);
            } else {
                settlements.delivered(parcel, row.name());
            }
        }
        return missing;
    }

    private FrappeAnswer<Map<Checkin.Identity, CheckinRow>> lookUp(List<Parcel> parcels) {
        List<Checkin> checkins = Parcel.checkins(parcels);
        return site.lookUp(checkins).map(Courier::byIdentity);
    }

    private static Map<Checkin.Identity, CheckinRow> byIdentity(List<CheckinRow> rows) {
        Map<Checkin.Identity, CheckinRow> found = new HashMap<>();
        for (CheckinRow row : rows) {
            String employee = row.employee();
            if (employee != null && row.time() != null) {
                found.put(new Checkin.Identity(employee, row.time(), row.logType()), row);
            }
        }
        return found;
    }

    static Obstacle obstacle(FrappeFailure failure) {
        return failure.kind() == Kind.SET_UP ? new Obstacle.SetUp(failure.words()) : new Obstacle.Away(failure);
    }

    private static FrappeFailure uncertain(String words) {
        return new FrappeFailure(Kind.UNCERTAIN, 200, null, words, null, null);
    }

    private static <T> T valueOf(FrappeAnswer<T> answer) {
        return ((FrappeAnswer.Success<T>) answer).value();
    }

    private static FrappeFailure failureOf(FrappeAnswer<?> answer) {
        return ((FrappeAnswer.Failure<?>) answer).failure();
    }
}
