package io.punchbridge.frappe;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the pages of one load say of each employee, collected while they come. */
final class EmployeeChanges {
    private final Map<String, Optional<Employee>> byName = new HashMap<>();
    private final Map<String, WithoutDeviceId> withoutDeviceId = new HashMap<>();
    private int rows;
    private @Nullable LocalDateTime newestChange;

    /** Returns whether this page was the last; an empty one always is, or an odd site could hold us forever. */
    boolean add(EmployeePage page) {
        page.employees().forEach(employee -> {
            byName.put(employee.name(), Optional.of(employee));
            withoutDeviceId.remove(employee.name());
        });
        page.withoutDeviceId().forEach(employee -> {
            byName.put(employee.name(), Optional.empty());
            withoutDeviceId.put(employee.name(), employee);
        });
        rows += page.rows();
        LocalDateTime newest = page.newestChange();
        if (newest != null && (newestChange == null || newest.isAfter(newestChange))) {
            newestChange = newest;
        }
        return page.last() || page.rows() == 0;
    }

    int rows() {
        return rows;
    }

    /** By employee name; empty for one without a device id. */
    Map<String, Optional<Employee>> byName() {
        return byName;
    }

    /** By employee name. */
    Map<String, WithoutDeviceId> withoutDeviceId() {
        return withoutDeviceId;
    }

    @Nullable LocalDateTime newestChange() {
        return newestChange;
    }
}
