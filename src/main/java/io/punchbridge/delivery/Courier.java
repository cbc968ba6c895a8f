package io.punchbridge.delivery;

import static java.util.stream.Collectors.toMap;

import io.punchbridge.delivery.Timed.Exchange;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String NOT_READ_BACK = "Frappe took it, and could not be asked what it kept: ";
    private static final String NAMES_OTHERS = "Frappe's answer names check-ins that aren't those sent.";

    private final FrappeSite site;
    private final Standing standing;
    private final EchoCheck echoCheck;
    private final Settlements settlements;
    private final Refusals refusals;
    private final Duration doubtQuiet;
    private final SendingTime time;
    private final Clock clock;

    Courier(
            FrappeSite site,
            Standing standing,
            EchoCheck echoCheck,
            Settlements settlements,
            Duration doubtQuiet,
            SendingTime time,
            Clock clock) {
        this.site = site;
        this.standing = standing;
        this.echoCheck = echoCheck;
        this.settlements = settlements;
        this.refusals = new Refusals(settlements);
        this.doubtQuiet = doubtQuiet;
        this.time = time;
        this.clock = clock;
    }

    /** What came of an attempt: nothing in the way, or an obstacle that ends the round. */
    private static final Optional<Obstacle> ON = Optional.empty();

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
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> obstacle = settleStanding(parcels, missing);
        waiting.retainAll(missing);
        return obstacle;
    }

    Optional<Obstacle> everythingRefusedAlike() {
        return refusals.everythingAlike();
    }

    /** What was refused is rejected for good, or, where that is the site's doing, asked again at an instant. */
    void settleRefused(Instant askAgainAt) {
        refusals.settle(askAgainAt);
    }

    Optional<Obstacle> send(List<Parcel> parcels) {
        if (parcels.isEmpty()) {
            return ON;
        }
        return parcels.size() == 1 ? sendOne(parcels.get(0)) : sendMany(parcels);
    }

    private Optional<Obstacle> sendOne(Parcel parcel) {
        if (time.isOver()) {
            return Optional.of(new Obstacle.OutOfTime());
        }
        Timed<FrappeAnswer<CheckinRow>> sending = Timed.call(clock, () -> site.insert(parcel.checkin()));
        FrappeAnswer<CheckinRow> answer = sending.answer();
        Exchange sent = sending.about(List.of(parcel));
        if (answer instanceof FrappeAnswer.Success<CheckinRow> inserted) {
            return settleEcho(parcel, inserted.value(), sent);
        }
        FrappeFailure failure = failureOf(answer);
        return switch (failure.kind()) {
            case REFUSED -> {
                settlements.attempted(parcel, sent, Outcome.REFUSED, failure);
                refusals.add(parcel, failure.words());
                yield ON;
            }
            case ALREADY_THERE -> {
                settlements.attempted(parcel, sent, Outcome.ALREADY_THERE, failure);
                yield confirmExisting(parcel, failure);
            }
            default -> failed(List.of(parcel), failure, sent);
        };
    }

    private Optional<Obstacle> sendMany(List<Parcel> parcels) {
        if (time.isOver()) {
            return Optional.of(new Obstacle.OutOfTime());
        }
        Timed<FrappeAnswer<List<String>>> sending = Timed.call(clock, () -> site.insertMany(Parcel.checkins(parcels)));
        FrappeAnswer<List<String>> answer = sending.answer();
        Exchange sent = sending.about(parcels);
        if (answer instanceof FrappeAnswer.Success<List<String>> inserted) {
            return confirmInserted(parcels, inserted.value(), sent);
        }
        FrappeFailure failure = failureOf(answer);
        return switch (failure.kind()) {
            case REFUSED -> sendHalves(parcels);
            case ALREADY_THERE -> sendThoseMissing(parcels);
            default -> failed(parcels, failure, sent);
        };
    }

    private Optional<Obstacle> sendHalves(List<Parcel> parcels) {
        int middle = parcels.size() / 2;
        Optional<Obstacle> obstacle = send(parcels.subList(0, middle));
        return obstacle.isPresent() ? obstacle : send(parcels.subList(middle, parcels.size()));
    }

    /** One of the batch stands in Frappe: a look-up tells which do, and the others go again. */
    private Optional<Obstacle> sendThoseMissing(List<Parcel> parcels) {
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> obstacle = settleStanding(parcels, missing);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        return missing.size() < parcels.size() ? send(missing) : sendHalves(parcels);
    }

    /** The names say that something was inserted; reading the rows back says what. */
    private Optional<Obstacle> confirmInserted(List<Parcel> parcels, List<String> names, Exchange sent) {
        FrappeAnswer<List<CheckinRow>> answer = site.rows(names);
        if (answer instanceof FrappeAnswer.Failure<List<CheckinRow>> failed) {
            for (Parcel parcel : parcels) {
                settlements.attempted(
                        parcel,
                        sent,
                        Outcome.UNKNOWN,
                        NOT_READ_BACK + failed.failure().words(),
                        null);
                settlements.inDoubt(parcel, sent.at(), null);
            }
            return Optional.of(obstacle(failed.failure()));
        }
        Map<String, CheckinRow> rows =
                valueOf(answer).stream().collect(toMap(CheckinRow::name, row -> row, (one, same) -> one, HashMap::new));
        boolean oneForEach = names.size() == parcels.size() && names.stream().allMatch(rows::containsKey);
        if (!oneForEach) {
            return resolveUncertain(
                    parcels, sent, uncertain("Frappe's answer names other check-ins than those that were sent."));
        }
        return settleRows(parcels, names.stream().map(rows::get).toList(), sent);
    }

    private Optional<Obstacle> settleEcho(Parcel parcel, CheckinRow row, Exchange sent) {
        if (!echoCheck.mayBeOurs(parcel.checkin(), row)) {
            return resolveUncertain(
                    List.of(parcel),
                    sent,
                    uncertain("Frappe answered with the check-in of another employee or device."));
        }
        Optional<EchoCheck.Fault> fault = echoCheck.judgeEcho(parcel, row);
        if (fault.isPresent()) {
            settlements.attempted(
                    parcel, sent, Outcome.CAME_OUT_WRONG, fault.get().meaning(), row.name());
            return Optional.of(
                    echoCheck.cleanUp(List.of(new EchoCheck.WrongRow(parcel, row, fault.get())), settlements));
        }
        settlements.attempted(parcel, sent, Outcome.DELIVERED, null, row.name());
        settlements.delivered(parcel, row.name());
        return ON;
    }

    private Optional<Obstacle> settleRows(List<Parcel> parcels, List<CheckinRow> rows, Exchange sent) {
        List<Parcel> strangers = new ArrayList<>();
        List<EchoCheck.WrongRow> wrong = new ArrayList<>();
        for (int i = 0; i < parcels.size(); i++) {
            Parcel parcel = parcels.get(i);
            CheckinRow row = rows.get(i);
            Optional<EchoCheck.Fault> fault = echoCheck.judgeRow(parcel, row);
            if (fault.isPresent()) {
                settlements.attempted(
                        parcel, sent, Outcome.CAME_OUT_WRONG, fault.get().meaning(), row.name());
                wrong.add(new EchoCheck.WrongRow(parcel, row, fault.get()));
            } else if (row.holds(parcel.checkin())) {
                settlements.attempted(parcel, sent, Outcome.DELIVERED, null, row.name());
                settlements.delivered(parcel, row.name());
            } else {
                strangers.add(parcel);
            }
        }
        if (!wrong.isEmpty()) {
            for (Parcel parcel : strangers) {
                settlements.attempted(parcel, sent, Outcome.UNKNOWN, NAMES_OTHERS, null);
                settlements.inDoubt(parcel, sent.at(), null);
            }
            return Optional.of(echoCheck.cleanUp(wrong, settlements));
        }
        return strangers.isEmpty() ? ON : resolveUncertain(strangers, sent, uncertain(NAMES_OTHERS));
    }

    /** Frappe's duplicate rule spoke, or its unique index: the row must exist, and its name is worth knowing. */
    private Optional<Obstacle> confirmExisting(Parcel parcel, FrappeFailure failure) {
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> obstacle = settleStanding(List.of(parcel), missing);
        if (!missing.isEmpty()) {
            settlements.rejected(
                    parcel,
                    "Frappe says that it has this check-in already, and shows none with this employee, time and log type. "
                            + failure.words());
        }
        return obstacle;
    }

    private Optional<Obstacle> failed(List<Parcel> parcels, FrappeFailure failure, Exchange sent) {
        if (failure.kind() == Kind.UNCERTAIN) {
            return resolveUncertain(parcels, sent, failure);
        }
        Outcome outcome = failure.kind() == Kind.SET_UP ? Outcome.SET_UP_WRONG : Outcome.AWAY;
        for (Parcel parcel : parcels) {
            settlements.attempted(parcel, sent, outcome, failure);
            settlements.again(parcel, null);
        }
        return Optional.of(obstacle(failure));
    }

    /** Looks at once: what is there is settled; the rest stays in doubt until no lost request can be at work. */
    private Optional<Obstacle> resolveUncertain(List<Parcel> parcels, Exchange sent, FrappeFailure failure) {
        parcels.forEach(parcel -> settlements.attempted(parcel, sent, Outcome.UNKNOWN, failure));
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> wrong = standing.lookUp(parcels)
                .fold(found -> standing.settle(parcels, found, missing), nothingKnown -> {
                    missing.addAll(parcels);
                    return ON;
                });
        missing.forEach(
                parcel -> settlements.inDoubt(parcel, sent.at(), sent.at().plus(doubtQuiet)));
        return wrong.isPresent() || missing.isEmpty() ? wrong : Optional.of(obstacle(failure));
    }

    /**
     * Settles those of the parcels that stand in Frappe.
     *
     * @param missing receives those that don't, and nothing if that can't be found out
     */
    private Optional<Obstacle> settleStanding(List<Parcel> parcels, List<Parcel> missing) {
        return standing.lookUp(parcels)
                .fold(
                        found -> standing.settle(parcels, found, missing),
                        nothingKnown -> Optional.of(obstacle(nothingKnown)));
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
