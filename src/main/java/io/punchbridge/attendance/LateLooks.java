package io.punchbridge.attendance;

import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LatePunches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the site shows of entries of one Shift Type: two questions a day of theirs.
 *
 * @param shiftType null where nothing is known of it
 */
record LateLooks(
        LatePunches store, AttendanceSite site, @Nullable ShiftType shiftType) {

    FrappeAnswer<List<LateLook>> of(List<LateEntry> entries) {
        Map<String, List<LatePunch>> punches =
                store.punchesOf(entries.stream().map(LateEntry::id).toList());
        Map<LocalDate, List<LateEntry>> byDay = new TreeMap<>();
        entries.forEach(entry -> Objects.requireNonNull(byDay.computeIfAbsent(entry.day(), day -> new ArrayList<>()))
                .add(entry));
        List<LateLook> looks = new ArrayList<>();
        for (Map.Entry<LocalDate, List<LateEntry>> day : byDay.entrySet()) {
            FrappeAnswer<SiteDay> read = SiteDay.read(
                    site,
                    day.getValue().stream().map(LateEntry::employee).distinct().toList(),
                    day.getKey());
            if (read instanceof Failure<SiteDay> failed) {
                return new Failure<>(failed.failure());
            }
            SiteDay siteDay = ((Success<SiteDay>) read).value();
            day.getValue()
                    .forEach(entry -> looks.add(
                            LateLook.of(entry, punches.getOrDefault(entry.id(), List.of()), siteDay, shiftType)));
        }
        return new Success<>(looks);
    }
}
