package io.punchbridge.api;

import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Fix;
import io.punchbridge.doctor.Outcome;
import io.punchbridge.frappe.CheckinField;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Set-up checks that come to what a test says. */
public final class ScriptedChecks {
    private ScriptedChecks() {}

    public static SetUpChecks of(Supplier<List<CheckResult>> check, Clock clock) {
        return new SetUpChecks(check, clock);
    }

    /** Some of each kind, in the order of the real check. */
    public static List<CheckResult> ofEachKind() {
        return List.of(
                new CheckResult(
                        "Configuration",
                        Outcome.PASSED,
                        "Whole: no key is missing, wrong or unknown; 3 devices declared.",
                        null,
                        null),
                new CheckResult(
                        "TLS",
                        Outcome.PASSED,
                        "Secured; the certificate is trusted and valid for 71 more days.",
                        null,
                        null),
                new CheckResult(
                        "Permission level 1",
                        Outcome.FAILED,
                        "The time of check-ins is hidden from the API user: Frappe would take each punch and store the moment of its"
                                + " arrival as its time.",
                        "In Role Permissions Manager, give a role of the API user read and write on Employee Checkin at level 1,"
                                + " beside level 0.",
                        null),
                new CheckResult(
                        "Employees' device ids",
                        Outcome.WARNING,
                        "2 of 143 active employees have none: HR-EMP-00017, HR-EMP-00102.",
                        "Set Attendance Device ID (Employee, Attendance) of those who punch. Their punches are kept until then.",
                        null),
                new CheckResult(
                        "Punch key",
                        Outcome.WARNING,
                        "Employee Checkin has no field custom_cams_punch_key, so Frappe itself can't refuse a second check-in of one"
                                + " punch.",
                        "Create it by doctor --fix.",
                        new Fix(CheckinField.PUNCH_KEY)),
                new CheckResult(
                        "Devices heard",
                        Outcome.NOT_CHECKED,
                        "There is nothing stored yet: Punchbridge hasn't run on this storage.",
                        null,
                        null));
    }
}
