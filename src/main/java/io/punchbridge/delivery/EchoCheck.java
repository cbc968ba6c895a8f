package io.punchbridge.delivery;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.punch.PunchKey;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares what Frappe kept with what it was given, and takes back what came out wrong.
 *
 * <p>Frappe answers 200 where the API user may not write {@code time} (permission level 1), and keeps the current time
 * instead; where the employee doesn't exist; and where our idea of the site's zone is wrong nobody could tell it at all.
 * So the first check-in after a start or a trouble goes alone, and nothing follows until its echo is right.
 *
 * <p>Rows that could not be removed are remembered, and nothing is sent while one of them stands. Their punches stay claimed,
 * and a row that could be taken for the punch's own is removed only under that claim: else another replica might count it as
 * delivered in the meantime. The memory ends with the process; the log has named them.
 */
final class EchoCheck {
    private static final Logger LOG = Logger.getLogger(EchoCheck.class);

    /** Frappe's own moment of insert, where it put it in place of the punch's time. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    /** Clocks differ by minutes; zones by a quarter of an hour at the least. */
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(10);

    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int MOST_NAMED = 5;

    /** In what a row differs from its check-in, in words for a person: what it means and what to do. */
    record Fault(String meaning) {}

    /** A row that our insert made and that says something else than the punch. */
    record WrongRow(Parcel parcel, CheckinRow row, Fault fault) {
        Checkin checkin() {
            return parcel.checkin();
        }

        /** Whether a look-up by another replica may find it, and count it as the punch's check-in. */
        boolean mayBeTakenForThePunch() {
            return row.holds(checkin()) || checkin().extras().key() != null;
        }
    }

    /** Claims of this process, which it may go on holding. */
    @FunctionalInterface
    interface Claims {
        /** See {@link io.punchbridge.inbox.Inbox#renew}. */
        boolean renew(Collection<PunchKey> keys);
    }

    private final FrappeSite site;
    private final Gate gate;
    private final Claims claims;
    private final Clock clock;
    private final List<WrongRow> leftBehind = new ArrayList<>();
    private final List<Parcel> freed = new ArrayList<>();
    private @Nullable WallClock wallClock;

    EchoCheck(FrappeSite site, Gate gate, Claims claims, Clock clock) {
        this.site = site;
        this.gate = gate;
        this.claims = claims;
        this.clock = clock;
    }

    void useWallClock(WallClock current) {
        this.wallClock = current;
    }

    boolean isProven() {
        return !gate.needsCanary();
    }

    /** Judges the echo of a single insert of this employee's. A right one proves the way for batches. */
    Optional<Fault> judgeEcho(Parcel parcel, CheckinRow row) {
        Checkin sent = parcel.checkin();
        Optional<Fault> fault = judgeRow(parcel, row);
        if (fault.isPresent()) {
            return fault;
        }
        String known = parcel.employee().employeeName();
        if (!known.isEmpty() && !known.equals(row.employeeName())) {
            return Optional.of(
                    new Fault("Its employee name isn't the one in our list of employees, which is read anew."));
        }
        LocalDateTime kept = row.time();
        if (kept == null) {
            return Optional.of(
                    new Fault(
                            "The API user can't read the field `time` of Employee Checkin, so nothing can be verified."
                                    + " Give a role of the API user Read and Write at permission level 1 on Employee Checkin."));
        }
        if (!sent.time().equals(kept)) {
            return Optional.of(new Fault("It was sent with the time %s and kept with %s. Something on the site changes"
                            .formatted(WALL.format(sent.time()), WALL.format(kept))
                    + " check-ins as they are inserted (a server script?)."));
        }
        if (sent.logType() != row.logType()) {
            return Optional.of(
                    new Fault("It was sent with the log type %s and kept with %s. Something on the site changes"
                                    .formatted(sent.logType(), row.logType())
                            + " check-ins as they are inserted (a server script, or the field's permission level)."));
        }
        Optional<Fault> zone = zoneFault(row);
        if (zone.isEmpty()) {
            gate.proven();
        }
        return zone;
    }

    /**
     * Whether a row can come from this insert at all. Only such a one may be removed: the same employee's check-in by a
     * phone, made this very second, looks like an insert that lost its time.
     */
    boolean mayBeOurs(Checkin sent, CheckinRow row) {
        return sent.employee().equals(row.employee()) && sent.deviceId().equals(row.deviceId());
    }

    /**
     * Judges a row that Frappe's answer named for a parcel. Finds only what our own insert can have done wrong; a row
     * that simply isn't the parcel's is no fault of it.
     */
    Optional<Fault> judgeRow(Parcel parcel, CheckinRow row) {
        Checkin sent = parcel.checkin();
        if (!mayBeOurs(sent, row)) {
            return Optional.empty();
        }
        if (row.employeeName() == null || row.employeeName().isEmpty()) {
            return Optional.of(new Fault("It has no employee name: its Employee doesn't exist any more."
                    + " The list of employees is read anew."));
        }
        LocalDateTime kept = row.time();
        LocalDateTime created = row.creation();
        boolean timeLost = kept != null
                && created != null
                && !sent.time().equals(kept)
                && Duration.between(kept, created).abs().compareTo(SAME_MOMENT) <= 0;
        if (!timeLost) {
            return Optional.empty();
        }
        return Optional.of(new Fault(("It was sent with the time %s and kept with %s, the moment of the insert: the API"
                        + " user lacks permission level 1 on Employee Checkin, where the field `time` sits, and"
                        + " Frappe then writes the current time without a word. Give a role of the API user Read"
                        + " and Write at level 1 (Role Permissions Manager, Employee Checkin).")
                .formatted(WALL.format(sent.time()), WALL.format(kept))));
    }

    private Optional<Fault> zoneFault(CheckinRow row) {
        LocalDateTime created = row.creation();
        WallClock wallClock = this.wallClock;
        if (created == null || wallClock == null) {
            return Optional.empty();
        }
        LocalDateTime here = wallClock.at(clock.instant());
        if (Duration.between(created, here).abs().compareTo(CLOCKS_MAY_DIFFER) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Fault(("Frappe says that it was created at %s, while in the zone %s that we take the site to"
                                + " be in it is %s: every check-in would be shifted. Set punchbridge.frappe.time-zone to"
                                + " the zone of the site's System Settings, or mend whichever clock is wrong.")
                        .formatted(WALL.format(created), wallClock.zone(), WALL.format(here))));
    }

    /**
     * Removes rows that came out wrong, as far as the API user may. Punches whose row is gone are to be sent again; those of the
     * others stay claimed.
     */
    Obstacle cleanUp(List<WrongRow> wrong, Settlements settlements) {
        leftBehind.addAll(wrong);
        String what = "Frappe kept %s differently from what was sent. %s"
                .formatted(names(wrong), wrong.get(0).fault().meaning());
        Optional<Obstacle> inTheWay = removeLeftBehind();
        List<Parcel> gone = takeFreed();
        wrong.forEach(row -> settle(row.parcel(), gone, settlements));
        if (inTheWay.isPresent() && inTheWay.get() instanceof Obstacle.SetUp remaining) {
            return new Obstacle.SetUp(what + " " + remaining.reason());
        }
        return new Obstacle.SetUp(what
                + (leftBehind.isEmpty() ? " The row was removed." : " The row is removed as soon as Frappe answers."));
    }

    private static void settle(Parcel parcel, List<Parcel> gone, Settlements settlements) {
        if (gone.contains(parcel)) {
            settlements.again(parcel, null);
        } else {
            settlements.keepBack(parcel);
        }
    }

    /** Tries again to remove, or else to correct, what stands there wrong. */
    Optional<Obstacle> removeLeftBehind() {
        while (!leftBehind.isEmpty()) {
            WrongRow wrong = leftBehind.get(0);
            boolean ours = claims.renew(wrong.parcel().keys());
            if (!ours && wrong.mayBeTakenForThePunch()) {
                LOG.warnf(
                        "Employee Checkin %s came out wrong and could not be removed in time: its punch isn't this process' any"
                                + " more, and whoever has taken it up looks up what stands in Frappe. Look at that check-in.",
                        wrong.row().name());
                leftBehind.remove(0);
                continue;
            }
            Optional<Obstacle> obstacle = removeOrCorrect(wrong);
            if (obstacle.isPresent()) {
                return obstacle;
            }
            leftBehind.remove(0);
            if (ours) {
                freed.add(wrong.parcel());
            }
        }
        return Optional.empty();
    }

    /** Parcels whose wrong row is gone since this was last asked, and whose punches this process still holds. */
    List<Parcel> takeFreed() {
        List<Parcel> taken = List.copyOf(freed);
        freed.clear();
        return taken;
    }

    private Optional<Obstacle> removeOrCorrect(WrongRow wrong) {
        FrappeAnswer<Boolean> removed = site.remove(wrong.row().name());
        if (removed instanceof FrappeAnswer.Success) {
            return Optional.empty();
        }
        FrappeFailure failure = ((FrappeAnswer.Failure<Boolean>) removed).failure();
        if (failure.kind() != Kind.SET_UP && failure.kind() != Kind.REFUSED) {
            return Optional.of(new Obstacle.Away(failure));
        }
        FrappeAnswer<CheckinRow> corrected =
                site.correctTime(wrong.row().name(), wrong.checkin().time());
        boolean right = corrected.fold(row -> row.holds(wrong.checkin()), refused -> false);
        return right
                ? Optional.empty()
                : Optional.of(new Obstacle.SetUp(
                        ("The API user may not remove %s: delete or correct it by hand; nothing is sent while it stands,"
                                        + " and delivery goes on by itself afterwards.")
                                .formatted(names(leftBehind))));
    }

    private static String names(List<WrongRow> rows) {
        String named = rows.stream()
                .limit(MOST_NAMED)
                .map(wrong -> "Employee Checkin " + wrong.row().name())
                .collect(Collectors.joining(", "));
        return rows.size() <= MOST_NAMED ? named : named + " and " + (rows.size() - MOST_NAMED) + " more";
    }
}
