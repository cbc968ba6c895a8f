package io.punchbridge.console.people;

import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.WithoutDeviceId;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts names to ids, by the employees as they were read from Frappe last, and by what devices call their users. */
@Singleton
public class WhoIs {
    /** As many as a person reads; who is meant among more says more of the name. */
    private static final int MOST = 20;

    /** More ids than any site's devices know; they are looked through along an index. */
    private static final int MOST_CALLED = 20_000;

    /** So many whom no employee is, their names are read one by one. */
    static final int MOST_STRANGERS = 2_000;

    private final Directory directory;
    private final KnownUsers knownUsers;
    private final Devices devices;

    WhoIs(Directory directory, KnownUsers knownUsers, Devices devices) {
        this.directory = directory;
        this.knownUsers = knownUsers;
        this.devices = devices;
    }

    /**
     * Somebody of that name.
     *
     * @param user id on devices; null for an employee who has none in ERPNext
     * @param employee Frappe's id; null for one whom only devices know
     * @param devices names of the devices that call the id so; empty for an employee
     */
    public record Known(
            String name, @Nullable String user, @Nullable String employee, List<String> devices) {}

    /** @param complete false where more bear the name than are told, or may */
    public record Named(List<Known> people, boolean complete) {}

    /** Employees first. A name on a device is told only where no employee has the id. */
    public Named named(String sought) {
        List<String> words = Names.words(sought);
        List<Known> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Employee employee : directory.employees()) {
            ids.add(employee.userId().value());
            if (Names.begin(words, Names.words(employee.employeeName()))) {
                all.add(new Known(employee.employeeName(), employee.userId().value(), employee.name(), List.of()));
            }
        }
        for (WithoutDeviceId employee : directory.withoutDeviceId()) {
            if (Names.begin(words, Names.words(employee.employeeName()))) {
                all.add(new Known(employee.employeeName(), null, employee.name(), List.of()));
            }
        }
        all.sort(Comparator.comparing(Known::name).thenComparing(known -> String.valueOf(known.employee())));
        boolean whole = addStrangers(words, ids, all);
        return new Named(List.copyOf(all.subList(0, Math.min(MOST, all.size()))), whole && all.size() <= MOST);
    }

    /** By Frappe's id; empty for one whom the site doesn't have, or hasn't shown yet. */
    public Optional<Known> employee(String employee) {
        return Stream.concat(
                        directory.employees().stream()
                                .filter(one -> one.name().equals(employee))
                                .map(one -> new Known(
                                        one.employeeName(), one.userId().value(), employee, List.of())),
                        directory.withoutDeviceId().stream()
                                .filter(one -> one.name().equals(employee))
                                .map(one -> new Known(one.employeeName(), null, employee, List.of())))
                .findFirst();
    }

    /** Returns whether all were looked at. */
    private boolean addStrangers(List<String> words, Set<String> ids, List<Known> all) {
        List<UserId> called = knownUsers.called(MOST_CALLED + 1);
        List<UserId> strangers = called.stream()
                .filter(user -> !ids.contains(user.value()))
                .limit(MOST_STRANGERS + 1L)
                .toList();
        namesOnDevices(strangers.subList(0, Math.min(MOST_STRANGERS, strangers.size())))
                .forEach((user, names) -> names.forEach((name, where) -> {
                    if (Names.begin(words, Names.words(name))) {
                        all.add(new Known(name, user, null, List.copyOf(where)));
                    }
                }));
        return called.size() <= MOST_CALLED && strangers.size() <= MOST_STRANGERS;
    }

    /**
     * What declared devices call these users: by user id, in the order of the ids, the different names with the first
     * devices that use them.
     */
    public Map<String, Map<String, Set<String>>> namesOnDevices(Collection<UserId> users) {
        Map<String, Map<String, Set<String>>> names = new LinkedHashMap<>();
        List<SerialNumber> declared =
                devices.all().stream().map(Device::serialNumber).toList();
        for (KnownUser user : knownUsers.named(declared, users)) {
            String name = user.name();
            if (name != null && !name.isBlank()) {
                names.computeIfAbsent(user.user().value(), first -> new LinkedHashMap<>())
                        .computeIfAbsent(name.strip(), first -> new TreeSet<>())
                        .add(devices.nameOf(user.device()));
            }
        }
        return names;
    }

    /**
     * Whose a punch is: theirs for whom it was delivered, and before that theirs who have the id. Who has an id now may not
     * be who had it when the punch was delivered.
     *
     * @param employee Frappe's id of whom it was delivered for; null where it never was
     * @return a name, or Frappe's id of an employee whom it doesn't show any more; null where no employee has the id, or
     *     several have
     */
    public @Nullable String whose(@Nullable UserId user, @Nullable String employee) {
        if (employee != null) {
            return directory.nameOf(employee).orElse(employee);
        }
        return user == null
                ? null
                : directory.find(user).map(Employee::employeeName).orElse(null);
    }

    /**
     * Whether a punch was delivered for another than has its id now, or nobody has it any more.
     *
     * @param employee as {@link #whose} takes it
     */
    public boolean isFormerHolder(@Nullable UserId user, @Nullable String employee) {
        return user != null
                && employee != null
                && directory.isLoaded()
                && directory
                        .find(user)
                        .filter(holder -> holder.name().equals(employee))
                        .isEmpty();
    }
}
