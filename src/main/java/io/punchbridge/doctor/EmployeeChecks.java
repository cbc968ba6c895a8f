package io.punchbridge.doctor;

import static io.punchbridge.doctor.CheckResult.notChecked;
import static io.punchbridge.doctor.CheckResult.passed;

import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.punch.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whose punches can be told. Employees are named by Frappe's ids, not by their names. */
final class EmployeeChecks {
    private static final String WITHOUT = "Employees' device ids";
    private static final String ALIKE = "Device ids alike";

    private final SetUpSite site;

    EmployeeChecks(SetUpSite site) {
        this.site = site;
    }

    List<CheckResult> results() {
        return site.idHolders()
                .fold(
                        holders -> List.of(without(holders), alike(holders)),
                        failure -> List.of(
                                notChecked(WITHOUT, "Employees can't be read: " + Told.ended(failure.words())),
                                notChecked(ALIKE, "Employees can't be read.")));
    }

    private static CheckResult without(List<IdHolder> holders) {
        List<IdHolder> active = holders.stream().filter(IdHolder::active).toList();
        List<String> without = active.stream()
                .filter(holder -> holder.deviceId() == null)
                .map(IdHolder::name)
                .toList();
        if (active.isEmpty()) {
            return CheckResult.warning(
                    WITHOUT,
                    "The API user sees no active employee.",
                    "If there are some, look for User Permissions that keep them from the API user.");
        }
        return without.isEmpty()
                ? passed(WITHOUT, "All " + active.size() + " active employees have one.")
                : CheckResult.warning(
                        WITHOUT,
                        without.size() + " of " + active.size() + " active employees have none: " + Told.some(without)
                                + ".",
                        "Set Attendance Device ID (Employee, Attendance) of those who punch. Their punches are kept until"
                                + " then.");
    }

    /** Frappe keeps exact doubles out by itself. */
    private static CheckResult alike(List<IdHolder> holders) {
        Map<String, List<String>> byCore = new TreeMap<>();
        holders.forEach(holder -> {
            String id = holder.deviceId();
            if (id != null) {
                byCore.computeIfAbsent(UserId.core(id), core -> new ArrayList<>())
                        .add("\"" + id + "\" (" + holder.name() + ")");
            }
        });
        List<String> groups = byCore.values().stream()
                .filter(ids -> ids.size() > 1)
                .map(ids -> String.join(" and ", ids))
                .toList();
        return groups.isEmpty()
                ? passed(ALIKE, "No two differ only by leading zeros, blanks or case.")
                : CheckResult.warning(
                        ALIKE,
                        "These differ only by leading zeros, blanks or case, and a device may send one for the other: "
                                + Told.some(groups) + ".",
                        "Give each the id exactly as the device has it, and the other person another one.");
    }
}
