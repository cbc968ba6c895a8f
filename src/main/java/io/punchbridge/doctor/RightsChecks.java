package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.inbox.StorageLook;
import java.util.ArrayList;
import java.util.List;

/** What the API user may do with each kind of document that we use. No document is touched by asking. */
final class RightsChecks {
    private static final String CHECKIN = "Employee Checkin";
    private static final String LEVEL_ONE = "Permission level 1";

    private final SetUpSite site;
    private final AttendanceSettings attendance;
    private final StorageChecks storage;

    RightsChecks(SetUpSite site, AttendanceSettings attendance, StorageChecks storage) {
        this.site = site;
        this.attendance = attendance;
        this.storage = storage;
    }

    /** @param needed whether something that is configured fails without it */
    private record Need(String doctype, String action, boolean needed, String purpose) {}

    List<CheckResult> results() {
        boolean watermark = attendance.watermark() != Mode.OFF;
        boolean advance = attendance.watermark() == Mode.ADVANCE;
        boolean late = attendance.latePunches().mode() != LateMode.OFF;
        boolean repair = attendance.latePunches().mode() == LateMode.REPAIR;
        // A dry run looks at all that a repair would look at.
        boolean looking = repair || attendance.latePunches().mode() == LateMode.DRY_RUN;
        String repairing = "to repair attendance that came before its punches (attendance.late-punches=repair)";
        List<CheckResult> results = new ArrayList<>();
        results.add(of(
                CHECKIN,
                new Need(CHECKIN, "read", true, "to look punches up"),
                new Need(CHECKIN, "write", true, "to correct a row"),
                new Need(CHECKIN, "create", true, "to deliver punches"),
                new Need(CHECKIN, "delete", true, "to take a wrong row back")));
        results.add(of("Employee", new Need("Employee", "read", true, "to know whose punch it is")));
        results.add(of(
                "Shift Type",
                new Need("Shift Type", "read", watermark || late, "to tell how far auto attendance may go"),
                new Need("Shift Type", "write", advance || repair, "to move it on (attendance.watermark=advance)")));
        results.add(of(
                "Attendance",
                new Need("Attendance", "read", late, "to find punches that came after it"),
                new Need("Attendance", "cancel", repair, repairing),
                // HRMS makes and submits the new one as whoever asks for the run.
                new Need("Attendance", "create", repair, repairing),
                new Need("Attendance", "submit", repair, repairing)));
        for (String resting : List.of("Salary Slip", "Leave Application", "Attendance Request")) {
            results.add(of(
                    resting,
                    new Need(
                            resting,
                            "read",
                            looking,
                            "to see whether one rests on the attendance to be repaired (attendance.late-punches)")));
        }
        return results;
    }

    private CheckResult of(String doctype, Need... needs) {
        String name = "Rights on " + doctype;
        List<String> granted = new ArrayList<>();
        List<Need> missing = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        for (Need need : needs) {
            FrappeAnswer<Boolean> answer = site.may(need.doctype(), need.action());
            answer.fold(
                    may -> may ? granted.add(need.action()) : missing.add(need),
                    failure -> unclear.add(need.action() + " (" + failure.words() + ")"));
        }
        String has = granted.isEmpty() ? "" : "It may " + String.join(", ", granted) + ". ";
        if (!missing.isEmpty()) {
            return missing(name, doctype, has, missing);
        }
        return unclear.isEmpty()
                ? passed(name, has.strip())
                : notChecked(name, has + "The site doesn't tell of " + String.join(", ", unclear) + ".");
    }

    private static CheckResult missing(String name, String doctype, String has, List<Need> missing) {
        List<String> lines = missing.stream()
                .map(need -> need.action() + ", " + need.purpose())
                .toList();
        boolean failed = missing.stream().anyMatch(Need::needed);
        String seen = has + "It may not " + String.join("; nor ", lines) + "."
                + (failed ? "" : " Nothing that is configured now needs it.");
        String actions = String.join(", ", missing.stream().map(Need::action).toList());
        String whatToDo =
                "In Role Permissions Manager, give a role of the API user " + actions + " on " + doctype + ".";
        return failed ? CheckResult.failed(name, seen, whatToDo) : CheckResult.warning(name, seen, whatToDo);
    }

    /** Frappe tells nobody of levels; but it leaves a field out of a row when its level isn't granted. */
    List<CheckResult> permissionLevelOne() {
        return List.of(site.sightOfCheckin("time")
                .<CheckResult>fold(
                        sight -> switch (sight) {
                            case SHOWN -> shown();
                            case HIDDEN ->
                                CheckResult.failed(
                                        LEVEL_ONE,
                                        "The time of check-ins is hidden from the API user: Frappe would take each punch"
                                                + " and store the moment of its arrival as its time.",
                                        "In Role Permissions Manager, give a role of the API user read and write on"
                                                + " Employee Checkin at level 1, beside level 0.");
                            case NO_ROW ->
                                notChecked(
                                        LEVEL_ONE,
                                        "There is no check-in yet that could show it. The first delivery will, and stops if"
                                                + " it is missing.",
                                        "Look in Role Permissions Manager that a role of the API user has read and write on"
                                                + " Employee Checkin at level 1.");
                            case NO_SUCH_FIELD ->
                                CheckResult.failed(
                                        LEVEL_ONE,
                                        "Employee Checkin has no time.",
                                        "This isn't HRMS as it is known here; please report its versions.");
                        },
                        failure -> notChecked(LEVEL_ONE, "Check-ins can't be read: " + Told.ended(failure.words()))));
    }

    /** That the field is shown proves the right to read alone. */
    private CheckResult shown() {
        StorageLook look = storage.found();
        return look != null && look.delivered()
                ? passed(LEVEL_ONE, "The time of check-ins is shown, and has been written: punches were delivered.")
                : notChecked(
                        LEVEL_ONE,
                        "The time of check-ins is shown. The first delivery proves that it may be written, too: it looks"
                                + " at what Frappe kept, and stops if that is another time.",
                        "Look in Role Permissions Manager that a role of the API user has write, too, on Employee Checkin"
                                + " at level 1.");
    }
}
