package io.punchbridge.frappe;

import io.punchbridge.punch.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has which device id, as the site showed it at one moment; never changes.
 *
 * @param sharedIds those that several employees have, which the site's database allows where they differ in blanks; a
 *     punch of one could be anybody's
 */
record IdHolders(Map<String, Employee> byName, Map<UserId, Employee> byId, Set<UserId> sharedIds) {
    static final IdHolders EMPTY = of(Map.of());

    private static IdHolders of(Map<String, Employee> byName) {
        Map<UserId, Employee> byId = new HashMap<>();
        Set<UserId> sharedIds = new HashSet<>();
        for (Employee employee : byName.values()) {
            if (byId.putIfAbsent(employee.userId(), employee) != null) {
                sharedIds.add(employee.userId());
            }
        }
        byId.keySet().removeAll(sharedIds);
        return new IdHolders(Map.copyOf(byName), Map.copyOf(byId), Set.copyOf(sharedIds));
    }

    IdHolders with(EmployeeChanges changes) {
        Map<String, Employee> merged = new HashMap<>(byName);
        changes.byName().forEach((name, employee) -> {
            if (employee.isPresent()) {
                merged.put(name, employee.get());
            } else {
                merged.remove(name);
            }
        });
        return of(merged);
    }

    Optional<Employee> find(UserId userId) {
        return Optional.ofNullable(byId.get(userId));
    }

    int size() {
        return byName.size();
    }
}
