package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shift Types whose attendance HRMS makes by itself. */
final class ShiftTypeChecks {
    private static final String NAME = "Shift Types";

    private final SetUpSite site;
    private final AttendanceSettings attendance;

    ShiftTypeChecks(SetUpSite site, AttendanceSettings attendance) {
        this.site = site;
        this.attendance = attendance;
    }

    List<CheckResult> results() {
        return site.shiftTypes()
                .fold(
                        this::results,
                        failure -> List.of(notChecked(NAME, "They can't be read: " + Told.ended(failure.words()))));
    }

    private List<CheckResult> results(ShiftTypes types) {
        if (types.names().isEmpty() && isUsed()) {
            return List.of(CheckResult.warning(
                    NAME,
                    "The API user sees none. HRMS makes no attendance of check-ins without one.",
                    "If there are some, look for User Permissions that keep them from the API user. If auto attendance"
                            + " isn't used, set punchbridge.attendance.watermark and .late-punches to off."));
        }
        boolean nothingKnown = types.read().isEmpty() && !types.unread().isEmpty();
        List<CheckResult> results = new ArrayList<>(nothingKnown ? List.of() : results(types.read()));
        types.unread()
                .forEach((name, failure) -> results.add(CheckResult.warning(
                        "Shift Type " + name,
                        "It can't be read: " + Told.ended(failure.words())
                                + " If its auto attendance is on, Punchbridge lets it go no further.",
                        "Let a role of the API user read it, its User Permissions included; or open it in ERPNext and"
                                + " see what is wrong with it.")));
        return results;
    }

    private boolean isUsed() {
        return attendance.watermark() != Mode.OFF || attendance.latePunches().mode() != LateMode.OFF;
    }

    private List<CheckResult> results(List<ShiftType> all) {
        List<ShiftType> led = all.stream().filter(ShiftType::autoAttendance).toList();
        if (led.isEmpty()) {
            return List.of(passed(
                    NAME,
                    all.isEmpty()
                            ? "There is none, so HRMS makes no attendance of check-ins."
                            : "None has Auto Attendance on, so HRMS makes no attendance of check-ins."));
        }
        return List.of(
                passed(NAME, "Auto Attendance is on for " + Told.some(names(led, type -> true)) + "."),
                thresholds(led),
                grace(led),
                autoUpdate(led),
                processAfter(led));
    }

    private static CheckResult thresholds(List<ShiftType> led) {
        String name = "Thresholds of hours";
        List<String> without = names(led, type -> type.halfDayBelow() <= 0 && type.absentBelow() <= 0);
        return without.isEmpty()
                ? passed(name, "Each has one, for a half day or for an absence.")
                : CheckResult.warning(
                        name,
                        Told.some(without)
                                + ": neither is set. Whoever has a single punch counts as Present with 0 hours.",
                        "Set Working Hours Threshold for Half Day and for Absent in the Shift Type, if that isn't meant.");
    }

    private static CheckResult grace(List<ShiftType> led) {
        String name = "Grace periods";
        List<String> strict = names(led, type -> isZero(type.lateGrace()) || isZero(type.earlyGrace()));
        if (!strict.isEmpty()) {
            return CheckResult.warning(
                    name,
                    Told.some(strict)
                            + ": late entry or early exit is marked without a minute of grace, so one second"
                            + " is late.",
                    "Set Late Entry and Early Exit Grace Period in the Shift Type, if that isn't meant.");
        }
        List<String> unmarked = names(led, type -> type.lateGrace() == null && type.earlyGrace() == null);
        return passed(
                name,
                unmarked.isEmpty()
                        ? "Where late entries and early exits are marked, there is a grace."
                        : "Late entries and early exits aren't marked for " + Told.some(unmarked)
                                + ": nobody is ever late.");
    }

    private static boolean isZero(@Nullable Integer minutes) {
        return Objects.equals(minutes, 0);
    }

    private CheckResult autoUpdate(List<ShiftType> led) {
        String name = "Auto Update Last Sync";
        List<String> on = names(led, ShiftType::autoUpdateLastSync);
        if (on.isEmpty()) {
            return passed(name, "Off, as it should be.");
        }
        String seen =
                Told.some(on) + ": on. HRMS makes attendance right after the shift, whether the punches came or not,"
                        + " and who was present is Absent.";
        String whatToDo =
                "Take the tick out of Auto Update Last Sync in the Shift Type, and let Punchbridge move Last Sync"
                        + " of Checkin (punchbridge.attendance.watermark=advance).";
        return attendance.watermark() == Mode.ADVANCE
                ? CheckResult.failed(name, seen + " Punchbridge doesn't touch such a Shift Type.", whatToDo)
                : CheckResult.warning(name, seen, whatToDo);
    }

    private static CheckResult processAfter(List<ShiftType> led) {
        String name = "Process Attendance After";
        List<String> empty = names(led, type -> type.processAfter() == null);
        return empty.isEmpty()
                ? passed(name, "Set in each.")
                : CheckResult.warning(
                        name,
                        Told.some(empty) + ": empty, so HRMS makes no attendance at all.",
                        "Set Process Attendance After in the Shift Type to the first day that is to be counted.");
    }

    private static List<String> names(List<ShiftType> types, Predicate<ShiftType> which) {
        return types.stream().filter(which).map(ShiftType::name).toList();
    }
}
