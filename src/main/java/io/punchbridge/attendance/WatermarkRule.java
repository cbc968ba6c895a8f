package io.punchbridge.attendance;

import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Verified;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The condition under which HRMS may process a shift: nothing is missing of what its devices recorded from the first
 * moment on of the shift of which HRMS makes attendance next, and all of it stands in Frappe. Pure: whoever asks must have read the
 * Shift Type first, then what is verified, then the open punches, since a punch that was missing is stored before its
 * device is verified.
 */
final class WatermarkRule {
    /** Waits for a person who may never come. */
    private static final Set<PunchState> WITH_PATIENCE = EnumSet.of(PunchState.HELD, PunchState.QUARANTINED);

    /** Two hosts that keep their time by NTP are nearer, and the settling time and the margin are longer. */
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

    private final ShiftType shift;
    private final Duration margin;
    private final Duration heldPatience;
    private final SiteTime time;
    private final Instant now;
    private final Duration clockLead;
    private final HolderWords words;

    /** @param clockLead how far our clock is ahead of Frappe's; negative where it is behind */
    WatermarkRule(ShiftType shift, AttendanceSettings settings, ZoneId zone, Instant now, Duration clockLead) {
        this.shift = shift;
        this.margin = settings.margin();
        this.heldPatience = settings.heldPatience();
        this.time = new SiteTime(zone);
        this.now = now;
        this.clockLead = clockLead;
        this.words = new HolderWords(shift, time, settings);
    }

    /** What forbids to write whatever is proven. */
    Optional<Holding> refusal() {
        if (!shift.autoAttendance()) {
            return Optional.of(words.autoAttendanceIsOff());
        }
        if (shift.autoUpdateLastSync()) {
            return Optional.of(words.autoUpdateIsOn());
        }
        if (shift.processAfter() == null) {
            return Optional.of(words.noFirstDay());
        }
        return Optional.empty();
    }

    /**
     * From where on everything must be proven: when the window opens of the first shift of which HRMS makes any more
     * attendance.
     */
    Instant provenFrom() {
        return time.firstAt(windowStart());
    }

    private LocalDateTime windowStart() {
        return shift.actualStart(new ShiftDays(shift).firstUnfinished());
    }

    /** What of the held and the quarantined punches came after this holds back. */
    Instant patientSince() {
        return now.minus(heldPatience);
    }

    /** Something before whose end HRMS must not go. */
    private record Bound(Instant until, Holding holding) {}

    /**
     * @param devices all that its employees punch on
     * @param open of these devices at least the oldest ones since {@link #provenFrom()} that wait for no patience, and
     *     those within theirs
     */
    Decision decide(Collection<DeviceFact> devices, List<Open> open) {
        Optional<Holding> refusal = refusal();
        if (refusal.isPresent()) {
            return new Decision.Refused(refusal.get());
        }
        List<Bound> bounds = new ArrayList<>();
        if (devices.isEmpty()) {
            bounds.add(new Bound(Instant.MIN, words.noDevice()));
        }
        devices.forEach(device -> bounds.add(bound(device)));
        List<Open> relevant = open.stream()
                .filter(one -> !holdsFrom(one).isBefore(provenFrom()))
                .toList();
        relevant.stream().filter(one -> !isPassedOver(one)).forEach(one -> bounds.add(bound(one)));
        List<PunchKey> passedOver = relevant.stream()
                .filter(one -> isPassedOver(one) && holdsFrom(one).isBefore(now))
                .map(Open::key)
                .toList();
        return decide(bounds, passedOver);
    }

    private Decision decide(List<Bound> bounds, List<PunchKey> passedOver) {
        Instant most = now.minus(margin).truncatedTo(ChronoUnit.SECONDS);
        Instant byOurClock = bounds.stream()
                .map(Bound::until)
                .min(Comparator.naturalOrder())
                .filter(least -> least.isBefore(most))
                .orElse(most);
        boolean proven = !byOurClock.equals(Instant.MIN);
        Instant until = proven ? byOurClock.minus(tooEarly()) : byOurClock;
        if (covered(until).isEmpty() && covered(byOurClock).isPresent()) {
            bounds.add(new Bound(until, words.clockIsAhead(clockLead)));
        }
        Optional<LocalDate> moved = covered(until);
        if (moved.isPresent()) {
            return new Decision.Move(time.floorOf(until), moved.get(), until, passedOver);
        }
        Optional<LocalDate> due = covered(most);
        Instant provenUntil = proven ? until : null;
        if (due.isEmpty()) {
            LocalDateTime lastSync = shift.lastSync();
            boolean ahead = lastSync != null && (!proven || lastSync.isAfter(time.floorOf(byOurClock)));
            return new Decision.NothingDue(provenUntil, ahead, passedOver);
        }
        List<Holding> holders = bounds.stream()
                .filter(bound -> covered(bound.until()).isEmpty())
                .sorted(Comparator.comparing(Bound::until))
                .map(Bound::holding)
                .toList();
        return new Decision.HeldBack(due.get(), holders, provenUntil, passedOver);
    }

    /**
     * What is proven is proven up to a reading of our clock. Where it is ahead, no punch can have been made yet at the last
     * of that time; so Frappe's clock counts, by which HRMS goes. Where ours is behind, less is proven than could be.
     */
    private Duration tooEarly() {
        return clockLead.compareTo(CLOCKS_AGREE) > 0
                ? Duration.ofSeconds(clockLead.plusSeconds(1).toSeconds())
                : Duration.ZERO;
    }

    /** The day of the latest shift that HRMS would process more than now, if it were let go up to an instant. */
    private Optional<LocalDate> covered(Instant until) {
        return until.equals(Instant.MIN) ? Optional.empty() : shift.newlyCovered(time.floorOf(until));
    }

    private Bound bound(DeviceFact fact) {
        Verified verified = fact.verified();
        if (verified == null) {
            return new Bound(Instant.MIN, words.nothingVerified(fact.device()));
        }
        if (verified.since().isAfter(provenFrom())) {
            return new Bound(Instant.MIN, words.provenTooLate(fact.device(), windowStart(), verified.since()));
        }
        Instant until = verified.until().minus(margin).truncatedTo(ChronoUnit.SECONDS);
        return new Bound(until, words.verifiedUntil(fact.device(), verified.until()));
    }

    private Bound bound(Open open) {
        Instant letGo = WITH_PATIENCE.contains(open.state()) ? open.receivedAt().plus(heldPatience) : null;
        return new Bound(holdsFrom(open).truncatedTo(ChronoUnit.SECONDS), words.open(open, holdsFrom(open), letGo));
    }

    private Instant holdsFrom(Open open) {
        return open.holdsFrom(provenFrom());
    }

    private boolean isPassedOver(Open open) {
        return WITH_PATIENCE.contains(open.state()) && !open.receivedAt().isAfter(patientSince());
    }
}
