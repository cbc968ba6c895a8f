package io.punchbridge.roster;

import io.punchbridge.frappe.Employee;
import io.punchbridge.gateway.UserRequests;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.Finding.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares one device's users with the employees. Pure. Deletes only whom Frappe positively shows as gone, and of whom the device
 * says nothing else: an employee who is missing in what was read is never a reason, nor is a user whom nobody knows.
 */
final class Planner {
    private static final String ADMINISTRATORS_UNKNOWN =
            "Nobody is added or changed: the device never gave its list of users, so its administrators aren't known, and"
                    + " adding one of them would take the privilege away. Set punchbridge.roster.administrators to the"
                    + " ids of all users who administer a device, or to none.";

    private static final String SOME_UNKNOWN =
            "Some users keep the names that they have on the device: nobody said whether they administer it, and changing"
                    + " an administrator's name as a plain user's would take the privilege away. Set"
                    + " punchbridge.roster.administrators to the ids of all users who administer a device, or to none.";

    /**
     * All that a plan rests on.
     *
     * @param known what is known of the device's users, those gone included
     * @param employees every employee with a device id, whatever the status; read to the end
     * @param inScope Frappe's ids of the employees whom the device is for
     * @param confirmed whose deletion a person has agreed to already
     * @param zone the site's, in which relieving dates are meant
     */
    record Facts(
            Device device,
            boolean listed,
            List<KnownUser> known,
            List<Employee> employees,
            Set<String> inScope,
            Set<UserId> confirmed,
            Instant now,
            ZoneId zone) {}

    private final RosterSettings settings;
    private final Facts facts;
    private final Map<UserId, KnownUser> known = new HashMap<>();
    private final Map<UserId, KnownUser> present = new TreeMap<>(Comparator.comparing(UserId::value));
    private final Map<UserId, List<Employee>> holders = new LinkedHashMap<>();
    private final Map<String, Set<UserId>> lookAlikes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int unchanged;

    private Planner(RosterSettings settings, Facts facts) {
        this.settings = settings;
        this.facts = facts;
        for (KnownUser user : facts.known()) {
            known.put(user.user(), user);
            if (user.present()) {
                present.put(user.user(), user);
                lookAlikes
                        .computeIfAbsent(folded(user.user()), any -> new HashSet<>())
                        .add(user.user());
            }
        }
        for (Employee employee : facts.employees()) {
            holders.computeIfAbsent(employee.userId(), any -> new ArrayList<>()).add(employee);
            lookAlikes
                    .computeIfAbsent(folded(employee.userId()), any -> new HashSet<>())
                    .add(employee.userId());
        }
    }

    static DeviceRoster plan(RosterSettings settings, Facts facts) {
        return new Planner(settings, facts).plan();
    }

    private DeviceRoster plan() {
        holders.forEach((id, employees) -> {
            if (employees.size() > 1) {
                shared(id);
            } else {
                compare(employees.get(0));
            }
        });
        present.values().stream()
                .filter(user -> !holders.containsKey(user.user()))
                .forEach(this::stranger);
        Consent consent = Consent.of(settings, facts, deletions(), present.size());
        List<Order> orders = new ArrayList<>(additions());
        orders.addAll(consent.orders());
        boolean withheld = findings.stream().anyMatch(finding -> isPut(finding) && isWithheld(finding));
        return new DeviceRoster(
                facts.device(),
                facts.listed(),
                present.size(),
                unchanged,
                findings,
                orders,
                consent.stopped(),
                withheld ? facts.listed() ? SOME_UNKNOWN : ADMINISTRATORS_UNKNOWN : null,
                null);
    }

    private void compare(Employee employee) {
        UserId id = employee.userId();
        boolean isPresent = present.containsKey(id);
        if (lookAlike(id)) {
            if (isPresent) {
                find(Kind.ID_DIFFERS, employee);
            }
            return;
        }
        switch (employee.status()) {
            case "Active" -> active(employee, isPresent);
            case "Left", "Inactive" -> {
                if (isPresent) {
                    find(gone(employee), employee);
                }
            }
            default -> {
                if (isPresent) {
                    find(Kind.UNCLEAR, employee);
                }
            }
        }
    }

    /** Active is active, even after the relieving date: who forgot which of both, only HR knows. Added is nobody then. */
    private void active(Employee employee, boolean isPresent) {
        LocalDate last = employee.relievingDate();
        if (last != null && isOver(last)) {
            if (isPresent) {
                find(isDue(last) ? Kind.UNCLEAR : Kind.LEAVING_LATER, employee);
            }
        } else if (!facts.inScope().contains(employee.name())) {
            if (isPresent) {
                find(Kind.OUT_OF_SCOPE, employee);
            }
        } else if (!isPresent) {
            find(Kind.MISSING, employee);
        } else if (isNamedOtherwise(employee)) {
            find(Kind.NAME_DIFFERS, employee);
        } else {
            unchanged++;
        }
    }

    private Kind gone(Employee employee) {
        LocalDate last = employee.relievingDate();
        if (last == null) {
            return Kind.UNCLEAR;
        }
        if (!isDue(last)) {
            return Kind.LEAVING_LATER;
        }
        if (isAdministrator(employee.userId())) {
            return Kind.ADMINISTRATOR_LEFT;
        }
        if (!UserRequests.canBeDeleted(employee.userId())) {
            return Kind.UNCLEAR;
        }
        return isPassedOn(employee, last) ? Kind.ID_PASSED_ON : Kind.LEAVING;
    }

    /**
     * Whether somebody else may have the leaver's id by now. Frappe can't say so before HR has entered the new employee, and a new
     * fingerprint may come without any name.
     */
    private boolean isPassedOn(Employee leaver, LocalDate lastDay) {
        KnownUser user = present.get(leaver.userId());
        if (user == null) {
            return false;
        }
        String name = user.name();
        boolean changedSince =
                user.origin() == KnownUser.Origin.EVENT && !user.knownAt().isBefore(endOf(lastDay));
        return changedSince || (name != null && !ShownName.canBe(user.user(), name, leaver.employeeName()));
    }

    private void shared(UserId id) {
        if (present.containsKey(id)) {
            findings.add(new Finding(Kind.UNCLEAR, id, null, null, nameOnDevice(id)));
        }
    }

    private void stranger(KnownUser user) {
        Kind kind = lookAlike(user.user()) ? Kind.ID_DIFFERS : Kind.SURPLUS;
        findings.add(new Finding(kind, user.user(), null, null, user.name()));
    }

    private void find(Kind kind, Employee employee) {
        boolean wanted = kind == Kind.MISSING || kind == Kind.NAME_DIFFERS;
        findings.add(new Finding(
                kind,
                employee.userId(),
                employee.name(),
                wanted ? DeviceName.of(employee.employeeName()).full() : null,
                nameOnDevice(employee.userId())));
    }

    private @Nullable String nameOnDevice(UserId id) {
        KnownUser user = present.get(id);
        return user == null ? null : user.name();
    }

    private boolean isNamedOtherwise(Employee employee) {
        String name = nameOnDevice(employee.userId());
        return name != null
                && !DeviceName.of(name)
                        .full()
                        .equals(DeviceName.of(employee.employeeName()).full());
    }

    private boolean isAdministrator(UserId id) {
        Set<UserId> stated = settings.administrators();
        KnownUser user = known.get(id);
        return (user != null && Boolean.TRUE.equals(user.admin())) || (stated != null && stated.contains(id));
    }

    private boolean isOver(LocalDate lastDay) {
        return !facts.now().isBefore(endOf(lastDay));
    }

    private boolean isDue(LocalDate lastDay) {
        return !facts.now().isBefore(endOf(lastDay).plus(settings.deletions().after()));
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(facts.zone()).toInstant();
    }

    /** Whether another id could be meant by this one: machines differ in whether they keep zeros, and in case. */
    private boolean lookAlike(UserId id) {
        return lookAlikes.getOrDefault(folded(id), Set.of()).stream().anyMatch(other -> !other.equals(id));
    }

    private static String folded(UserId id) {
        return id.value().toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
    }

    private static boolean isPut(Finding finding) {
        return finding.kind() == Kind.MISSING || finding.kind() == Kind.NAME_DIFFERS;
    }

    private List<Order> additions() {
        return findings.stream()
                .filter(finding -> isPut(finding) && !isWithheld(finding))
                .map(this::put)
                .toList();
    }

    /** Whether it could take a privilege away that nobody told us of. */
    private boolean isWithheld(Finding finding) {
        KnownUser user = present.get(finding.user());
        return settings.administrators() == null && (!facts.listed() || (user != null && user.admin() == null));
    }

    private Order put(Finding finding) {
        String wanted = finding.wantedName();
        DeviceName name = DeviceName.of(wanted == null ? "" : wanted);
        return Order.put(
                facts.device().serialNumber(),
                finding.user(),
                name.first(),
                name.last(),
                isAdministrator(finding.user()));
    }

    private List<UserId> deletions() {
        return findings.stream()
                .filter(finding -> finding.kind() == Kind.LEAVING)
                .map(Finding::user)
                .toList();
    }
}
