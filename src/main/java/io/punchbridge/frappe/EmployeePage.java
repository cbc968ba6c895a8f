package io.punchbridge.frappe;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the employee list.
 *
 * @param employees those with a device id
 * @param withoutDeviceId those without one
 * @param rows how many rows the page had; fewer than asked for means it was the last
 * @param newestChange latest {@code modified} among them, wall time of the site; null on an empty page
 */
public record EmployeePage(
        List<Employee> employees,
        List<WithoutDeviceId> withoutDeviceId,
        int rows,
        boolean last,
        @Nullable LocalDateTime newestChange) {}
