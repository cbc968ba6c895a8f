package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.punch.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which attendance may be cancelled and made anew, as far as one look tells: made by HRMS itself, recent, surely made
 * again, and then saying more than now. That HRMS made it is told by user names: what a person did as Administrator or as
 * the API user can't be told from it.
 *
 * @param apiUser whom our token stands for: HRMS' runs that we asked for are in this name
 * @param today of the site
 * @param status status of the employee whom a device knows by an id, where that is known
 */
record RepairRules(String apiUser, LocalDate today, Duration repairWithin, Function<UserId, Optional<String>> status) {
    private static final Set<String> MADE_BY_HRMS = Set.of("Present", "Absent", "Half Day");
    private static final String BY_HAND =
            " Correct the attendance by hand: cancel it, take \"Skip Auto Attendance\" off the check-ins %s, and run"
                    + " auto attendance of the Shift Type.";

    Optional<Refusal> refusal(LateLook look) {
        Attendance standing = look.standing();
        if (standing == null) {
            return Optional.of(
                    Refusal.untilChanged("No attendance stands for the day, and HRMS has passed these check-ins over"
                            + " already. If it should be made, take \"Skip Auto Attendance\" off the check-ins "
                            + names(look) + " and run auto attendance of the Shift Type."));
        }
        return Stream.<Function<LateLook, @Nullable Refusal>>of(
                        this::tooOld,
                        any -> otherShift(look, standing),
                        any -> notByHrms(look, standing),
                        RepairRules::notMadeAgain,
                        this::inactive,
                        this::noBetter)
                .map(rule -> Optional.ofNullable(rule.apply(look)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    boolean isRecent(LocalDate day) {
        return today.toEpochDay() - day.toEpochDay() <= repairWithin.toDays();
    }

    private @Nullable Refusal tooOld(LateLook look) {
        return isRecent(look.entry().day())
                ? null
                : Refusal.forGood("The day is older than punchbridge.attendance.repair-within allows ("
                        + repairWithin.toDays() + " days)." + byHand(look));
    }

    private static @Nullable Refusal otherShift(LateLook look, Attendance standing) {
        return SiteDay.isOfOtherShift(standing, look.entry().shift())
                ? Refusal.untilChanged("The day's attendance is of another shift, " + standing.shift()
                        + ", which HRMS takes for overlapping. Look at the employee's shift assignments."
                        + byHand(look))
                : null;
    }

    private @Nullable Refusal notByHrms(LateLook look, Attendance standing) {
        boolean ownRun = isHrms(standing.owner()) && isHrms(standing.modifiedBy());
        boolean untouched = Stream.of(
                        standing.leaveType(),
                        standing.leaveApplication(),
                        standing.attendanceRequest(),
                        standing.amendedFrom())
                .allMatch(link -> link == null || link.isEmpty());
        boolean fromCheckins = look.linked() > 0 || ("Absent".equals(standing.status()) && standing.inTime() == null);
        boolean hasShift = look.entry().shift().equals(standing.shift());
        return ownRun && untouched && fromCheckins && hasShift && MADE_BY_HRMS.contains(standing.status())
                ? null
                : Refusal.untilChanged("The attendance wasn't made by auto attendance alone: a person, a leave, an"
                        + " attendance request or another program made or changed it, and that is theirs to decide."
                        + byHand(look));
    }

    private boolean isHrms(String user) {
        return user.equals("Administrator") || user.equals(apiUser);
    }

    /** Cancelled, it would leave the person without any attendance. */
    private static @Nullable Refusal notMadeAgain(LateLook look) {
        ShiftType type = look.shiftType();
        if (type != null && type.covers(look.entry().day()) && coversEach(type, look)) {
            return null;
        }
        return Refusal.untilChanged("Auto attendance of the Shift Type wouldn't make the attendance again: the Shift"
                + " Type is gone, its auto attendance is off, or \"Process Attendance After\" and \"Last Sync of"
                + " Checkin\" leave the day out. Set them so that the day is between them.");
    }

    /** HRMS goes by the window that each check-in was given when it came, whatever the Shift Type says since. */
    private static boolean coversEach(ShiftType type, LateLook look) {
        return look.open().stream()
                .map(ShiftCheckin::actualEnd)
                .allMatch(end -> end != null && type.lastSync() != null && end.isBefore(type.lastSync()));
    }

    /** Frappe makes no attendance of an inactive employee. */
    private @Nullable Refusal inactive(LateLook look) {
        return look.punches().stream()
                        .map(punch -> Optional.ofNullable(punch.user()).flatMap(status))
                        .anyMatch(found -> found.filter("Inactive"::equals).isPresent())
                ? Refusal.untilChanged("The employee is inactive, and Frappe makes no attendance of an inactive"
                        + " employee. Make the employee active for the time of the repair, or leave it.")
                : null;
    }

    private @Nullable Refusal noBetter(LateLook look) {
        Said says = Objects.requireNonNull(look.entry().says(), "what stands says something");
        Said wouldSay = Objects.requireNonNull(look.wouldSay(), "there are open check-ins");
        return ShiftRule.better(wouldSay, says)
                ? null
                : Refusal.forGood("With these check-ins the attendance would say less than it does now, so it is left"
                        + " as it is. Look whether the log types or the order of the punches are right.");
    }

    private static String byHand(LateLook look) {
        return BY_HAND.formatted(names(look));
    }

    private static String names(LateLook look) {
        return look.open().stream().map(ShiftCheckin::name).collect(Collectors.joining(", "));
    }
}
