package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.punch.UserId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at the entries of the report that are due, and repairs what may be repaired if the mode says so. */
class LateRepair {
    private static final int MOST_ENTRIES = 200;

    private final LatePunches store;
    private final AttendanceSite site;
    private final AttendanceSettings.LatePunches settings;
    private final Supplier<FrappeAnswer<ZoneId>> zone;
    private final Function<UserId, Optional<String>> status;
    private final Clock clock;

    /**
     * @param zone of the site
     * @param status status of the employee whom a device knows by an id, where that is known
     */
    LateRepair(
            LatePunches store,
            AttendanceSite site,
            AttendanceSettings.LatePunches settings,
            Supplier<FrappeAnswer<ZoneId>> zone,
            Function<UserId, Optional<String>> status,
            Clock clock) {
        this.store = store;
        this.site = site;
        this.settings = settings;
        this.zone = zone;
        this.status = status;
        this.clock = clock;
    }

    /** Those under repair come first: an attendance may be cancelled there. Answers the first failure of the site. */
    Optional<FrappeFailure> repairDue() {
        List<LateEntry> due = store.due(clock.instant(), MOST_ENTRIES).stream()
                .filter(entry -> settings.mode() != LateMode.OFF || entry.state() == State.REPAIRING)
                .toList();
        return due.isEmpty() ? Optional.empty() : rules().fold(rules -> repair(due, rules), Optional::of);
    }

    private FrappeAnswer<RepairRules> rules() {
        return zone.get()
                .fold(
                        known -> site.loggedUser()
                                .map(user -> new RepairRules(
                                        user,
                                        LocalDate.ofInstant(clock.instant(), known),
                                        settings.repairWithin(),
                                        status)),
                        Failure::new);
    }

    private Optional<FrappeFailure> repair(List<LateEntry> due, RepairRules rules) {
        List<String> shifts = due.stream().map(LateEntry::shift).distinct().toList();
        return site.shiftTypes(shifts).fold(types -> repair(due, rules, types), Optional::of);
    }

    private Optional<FrappeFailure> repair(List<LateEntry> due, RepairRules rules, ShiftTypes all) {
        Map<String, ShiftType> types =
                all.read().stream().collect(Collectors.toMap(ShiftType::name, Function.identity(), (one, same) -> one));
        Map<String, List<LateEntry>> byShift = new LinkedHashMap<>();
        due.forEach(entry -> Objects.requireNonNull(byShift.computeIfAbsent(entry.shift(), shift -> new ArrayList<>()))
                .add(entry));
        Optional<FrappeFailure> first = Optional.empty();
        for (Map.Entry<String, List<LateEntry>> shift : byShift.entrySet()) {
            Optional<FrappeFailure> failure = new ShiftRepair(
                            store,
                            site,
                            settings.mode(),
                            rules,
                            shift.getKey(),
                            types.get(shift.getKey()),
                            all.unread().get(shift.getKey()),
                            clock)
                    .run(shift.getValue());
            first = first.or(() -> failure);
        }
        return first;
    }
}
