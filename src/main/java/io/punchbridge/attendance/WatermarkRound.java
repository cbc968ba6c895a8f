package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.OpenPunches;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.Verified;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One look at every shift type with auto attendance: how far is it proven, and, in mode {@code advance}, the move there.
 * Must not run twice at once. To be run again soon; nothing of it is lost by a crash in between.
 */
public final class WatermarkRound {
    /** A person who edits a Shift Type saves it once or twice. */
    private static final int TRIES = 3;

    /** More than a decision needs; what is passed over is listed so far. */
    private static final int MOST_OPEN = 100;

    private final AttendanceSite site;
    private final Supplier<FrappeAnswer<ZoneId>> siteZone;
    private final History history;
    private final OpenPunches openPunches;
    private final Watermarks watermarks;
    private final AttendanceSettings settings;
    private final ShiftDevices shiftDevices;
    private final Mover mover;
    private final WatermarkWatch watch;
    private final Clock clock;

    /**
     * @param siteZone the zone of the site's wall times
     * @param by name of this process in the record of moves
     */
    public WatermarkRound(
            AttendanceSite site,
            Supplier<FrappeAnswer<ZoneId>> siteZone,
            Devices devices,
            History history,
            OpenPunches openPunches,
            Watermarks watermarks,
            AttendanceSettings settings,
            WatermarkWatch watch,
            String by,
            Clock clock) {
        this.site = site;
        this.siteZone = siteZone;
        this.history = history;
        this.openPunches = openPunches;
        this.watermarks = watermarks;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.shiftDevices = new ShiftDevices(devices, settings, site, watch, clock);
        this.mover = new Mover(site, watermarks, by, clock);
    }

    /** @throws StorageException if what is known can't be read or kept; the next round begins anew */
    public void run() {
        ZoneId zone = known(siteZone.get());
        List<String> before = watermarks.standing().stream()
                .map(standing -> standing.decided().shiftType())
                .toList();
        ShiftTypes all = zone == null ? null : known(site.shiftTypes(before));
        if (zone == null || all == null) {
            return;
        }
        watch.siteAnswers();
        List<String> names = all.names();
        List<ShiftType> led =
                all.read().stream().filter(ShiftType::autoAttendance).toList();
        forgetOthers(before, all, led);
        for (ShiftType shift : led) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            lead(shift, names, zone);
        }
        all.unread().forEach(this::leave);
    }

    /** Those that are gone, or have no auto attendance. */
    private void forgetOthers(List<String> before, ShiftTypes all, List<ShiftType> led) {
        List<String> kept = Stream.concat(led.stream().map(ShiftType::name), all.unread().keySet().stream())
                .toList();
        watermarks.forgetOthers(kept);
        before.stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> watch.notLedAnyMore(name, all.names().contains(name)));
    }

    /** It may be one that is led: it isn't moved, and named. */
    private void leave(String shiftType, FrappeFailure failure) {
        Decided before = watermarks.standing().stream()
                .map(Standing::decided)
                .filter(decided -> decided.shiftType().equals(shiftType))
                .findFirst()
                .orElse(null);
        watch.decided(watermarks, Outcomes.unread(shiftType, failure, before, clock.instant()));
    }

    private <T> @Nullable T known(FrappeAnswer<T> answer) {
        return answer.<Optional<T>>fold(Optional::of, failure -> {
                    watch.siteDoesNotAnswer(failure);
                    return Optional.empty();
                })
                .orElse(null);
    }

    /** What surprises at one must not keep the others back. */
    private void lead(ShiftType shift, List<String> names, ZoneId zone) {
        try {
            Optional<ShiftType> next = Optional.of(shift);
            for (int tries = 1; next.isPresent(); tries++) {
                next = look(next.get(), names, zone, tries == TRIES);
            }
            watch.asExpected(shift.name());
        } catch (StorageException storage) {
            throw storage;
        } catch (RuntimeException surprise) {
            watch.surprised(shift.name(), surprise);
        }
    }

    /** Returns the Shift Type as it is now, if it changed under the decision and is to be looked at again. */
    private Optional<ShiftType> look(ShiftType shift, List<String> names, ZoneId zone, boolean last) {
        mover.resolve(shift);
        Looked looked = decide(shift, names, zone);
        Outcomes outcomes = new Outcomes(shift, zone, clock.instant());
        if (!(looked.decision() instanceof Decision.Move move)) {
            watch.decided(watermarks, outcomes.of(looked.decision()));
            return Optional.empty();
        }
        if (settings.watermark() != Mode.ADVANCE) {
            watch.decided(watermarks, outcomes.wouldMove(move));
            return Optional.empty();
        }
        Mover.Written written = mover.write(shift, move, looked.facts());
        FrappeFailure failure = written.failure();
        if (failure != null && failure.kind() == FrappeFailure.Kind.CHANGED_MEANWHILE && !last) {
            return site.shiftType(shift.name()).fold(Optional::of, unread -> {
                watch.decided(watermarks, outcomes.notWritten(move, unread.words()));
                return Optional.empty();
            });
        }
        ShiftType after = written.after();
        watch.decided(
                watermarks,
                after != null
                        ? new Outcomes(after, zone, clock.instant()).moved(move)
                        : outcomes.notWritten(move, written.words()));
        return Optional.empty();
    }

    /** @param facts of the devices that the decision rests on */
    private record Looked(Decision decision, List<DeviceFact> facts) {}

    /**
     * The order is the protection: the Shift Type was read before, so that its stamp refuses a write that rests on older
     * settings; then what is verified; then the open punches, which are stored before their device is verified.
     */
    private Looked decide(ShiftType shift, List<String> names, ZoneId zone) {
        Instant now = clock.instant();
        WatermarkRule rule =
                new WatermarkRule(shift, settings, zone, now, site.clockLead().orElse(Duration.ZERO));
        if (rule.refusal().isPresent()) {
            return new Looked(rule.decide(List.of(), List.of()), List.of());
        }
        ShiftDevices.Choice choice = shiftDevices.of(shift.name(), names, zone);
        Map<SerialNumber, Verified> verified = history.verified();
        List<DeviceFact> facts = choice.proven().stream()
                .map(device -> new DeviceFact(device, verified.get(device.serialNumber())))
                .toList();
        Instant until = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        List<Open> open = openPunches.oldest(choice.open(), rule.provenFrom(), until, rule.patientSince(), MOST_OPEN);
        return new Looked(rule.decide(facts, open), facts);
    }
}
