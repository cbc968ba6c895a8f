package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.SetUpSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our own fields on Employee Checkin. */
final class FieldChecks {
    private static final String PUNCH_KEY = "Punch key";
    private static final String CREATE_IT =
            "Run doctor --fix with a System Manager's token, or create it in Customize Form of Employee Checkin.";

    private final SetUpSite site;
    private final boolean keepHealthData;

    FieldChecks(SetUpSite site, boolean keepHealthData) {
        this.site = site;
        this.keepHealthData = keepHealthData;
    }

    List<CheckResult> punchKey() {
        CheckinField field = CheckinField.PUNCH_KEY;
        return List.of(site.sightOfCheckin(field.fieldName())
                .<CheckResult>fold(
                        sight -> switch (sight) {
                            case SHOWN, NO_ROW -> unique(field);
                            case HIDDEN -> hidden(PUNCH_KEY, field);
                            case NO_SUCH_FIELD ->
                                CheckResult.warning(
                                                PUNCH_KEY,
                                                "Employee Checkin has no " + field.fieldName()
                                                        + ". With it, Frappe itself keeps"
                                                        + " a punch from being written twice, whoever sends it.",
                                                CREATE_IT)
                                        .with(new Fix(field));
                        },
                        failure -> unreadable(PUNCH_KEY, failure)));
    }

    private CheckResult unique(CheckinField field) {
        FrappeAnswer<Optional<Boolean>> answer = site.isUnique(field);
        Optional<Boolean> unique = answer.fold(known -> known, failure -> Optional.empty());
        if (unique.isEmpty()) {
            return notChecked(
                    PUNCH_KEY,
                    field.fieldName()
                            + " is there. Whether it is unique, without which it keeps nothing from being written twice,"
                            + " only a System Manager may see.",
                    "Look in Customize Form of Employee Checkin that Unique is ticked.");
        }
        return unique.get()
                ? passed(PUNCH_KEY, field.fieldName() + " is there and unique.")
                : CheckResult.failed(
                        PUNCH_KEY,
                        field.fieldName() + " is there, but isn't unique: it keeps nothing from being written twice.",
                        "Mark it as unique in Customize Form of Employee Checkin.");
    }

    List<CheckResult> others() {
        List<CheckinField> fields =
                new ArrayList<>(List.of(CheckinField.ORIGINAL_TIME, CheckinField.INPUT_TYPE, CheckinField.PUNCH_TYPE));
        if (keepHealthData) {
            fields.add(CheckinField.TEMPERATURE);
            fields.add(CheckinField.FACE_MASK);
        }
        return fields.stream().map(this::other).toList();
    }

    private CheckResult other(CheckinField field) {
        String name = "Field " + field.fieldName();
        return site.sightOfCheckin(field.fieldName())
                .fold(
                        sight -> switch (sight) {
                            case SHOWN -> passed(name, "It is there, and filled.");
                            case NO_ROW -> passed(name, "It is there. No check-in yet could show whether we see it.");
                            case HIDDEN -> hidden(name, field);
                            case NO_SUCH_FIELD ->
                                CheckResult.warning(
                                                name,
                                                "Employee Checkin hasn't got it, so what it would hold isn't told to Frappe.",
                                                CREATE_IT + " It may be left out.")
                                        .with(new Fix(field));
                        },
                        failure -> unreadable(name, failure));
    }

    /** Frappe neither shows the field nor keeps what is written to it, and says nothing. */
    private static CheckResult hidden(String name, CheckinField field) {
        return CheckResult.warning(
                name,
                field.fieldName()
                        + " is there, but at a permission level that the API user hasn't got, so it isn't filled.",
                "In Role Permissions Manager, give a role of the API user read and write on Employee Checkin at its level,"
                        + " or set its Perm Level to 0 in Customize Form.");
    }

    private static CheckResult unreadable(String name, FrappeFailure failure) {
        return notChecked(name, "Check-ins can't be read: " + Told.ended(failure.words()));
    }
}
