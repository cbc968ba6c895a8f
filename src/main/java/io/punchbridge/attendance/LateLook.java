package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LatePunch;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the site shows it now.
 *
 * @param entry with what was read
 * @param punches those it is entered for
 * @param shiftType null if there is none of that name any more
 * @param standing the attendance that stands for the day, null if none does
 * @param open the entry's check-ins that no attendance has, in the order of their times
 * @param present how many of the entry's check-ins are in the shift at all
 * @param linked how many check-ins the standing attendance was made of
 * @param wouldSay what HRMS would make of the shift's check-ins, the open ones included; null if there is nothing to tell
 */
record LateLook(
        LateEntry entry,
        List<LatePunch> punches,
        @Nullable ShiftType shiftType,
        @Nullable Attendance standing,
        List<ShiftCheckin> open,
        int present,
        int linked,
        @Nullable Said wouldSay) {

    static LateLook of(LateEntry entry, List<LatePunch> punches, SiteDay site, @Nullable ShiftType shiftType) {
        Set<String> names = punches.stream().map(LatePunch::checkin).collect(Collectors.toSet());
        Attendance standing = site.standing(entry).orElse(null);
        List<ShiftCheckin> ofShift = site.checkins(entry);
        List<ShiftCheckin> ours = ofShift.stream()
                .filter(checkin -> names.contains(checkin.name()))
                .toList();
        List<ShiftCheckin> open =
                ours.stream().filter(checkin -> checkin.attendance() == null).toList();
        List<ShiftCheckin> counted = ofShift.stream()
                .filter(checkin -> open.contains(checkin) || counts(checkin, standing))
                .toList();
        Said wouldSay = shiftType == null || counted.isEmpty() ? null : ShiftRule.of(counted, shiftType);
        // What can't be told now stays as it was told last.
        Said told = shiftType == null ? entry.wouldSay() : wouldSay;
        LateEntry read = standing == null || open.isEmpty()
                ? entry.read(entry.attendance(), entry.says(), open.isEmpty() ? entry.wouldSay() : told)
                : entry.read(standing.name(), SiteDay.said(standing), told);
        int linked = standing == null
                ? 0
                : (int) ofShift.stream()
                        .filter(checkin -> standing.name().equals(checkin.attendance()))
                        .count();
        return new LateLook(read, punches, shiftType, standing, open, ours.size(), linked, wouldSay);
    }

    /** Whether a run counts a check-in once the standing attendance is cancelled. */
    private static boolean counts(ShiftCheckin checkin, @Nullable Attendance standing) {
        if (checkin.attendance() == null) {
            return !checkin.skipAutoAttendance();
        }
        return standing != null && checkin.attendance().equals(standing.name());
    }

    /** Whether the attendance that stands was made with all of them. */
    boolean isRepaired() {
        return present > 0 && open.isEmpty() && standing != null;
    }

    boolean isGone() {
        return present == 0;
    }
}
