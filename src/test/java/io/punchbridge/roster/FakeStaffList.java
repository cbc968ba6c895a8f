package io.punchbridge.roster;

import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.EmployeePage;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.SiteTimeZone;
import io.punchbridge.punch.UserId;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Employees of a site, in pages of two, with branches; it can fail after so many pages. */
final class FakeStaffList {
    static final EmployeeFilter NAIROBI = EmployeeFilter.parse("[[\"branch\",\"=\",\"Nairobi\"]]");
    private static final int PAGE = 2;
    private static final FrappeFailure AWAY =
            new FrappeFailure(FrappeFailure.Kind.RETRY_LATER, 503, null, "The site is away.", null, null);

    private final Map<String, Employee> employees = new TreeMap<>();
    private final Map<EmployeeFilter, Set<String>> scopes = new HashMap<>(Map.of(NAIROBI, new HashSet<>()));
    int pagesUntilFailure = Integer.MAX_VALUE;
    int pagesRead;
    private Runnable whenRead = () -> {};

    FakeStaffList has(String userId, String name, String status, @Nullable LocalDate relievingDate) {
        String employee = "HR-EMP-" + userId;
        employees.put(employee, new Employee(employee, name, new UserId(userId), status, relievingDate));
        return this;
    }

    FakeStaffList active(String userId, String name) {
        return has(userId, name, "Active", null);
    }

    FakeStaffList worksInNairobi(String userId) {
        scopes.computeIfAbsent(NAIROBI, any -> new HashSet<>()).add("HR-EMP-" + userId);
        return this;
    }

    /** Done with each page. */
    void whenRead(Runnable action) {
        whenRead = action;
    }

    void forget(String userId) {
        employees.remove("HR-EMP-" + userId);
    }

    /** By a proxy: of the many calls on a site, the roster makes two. */
    FrappeSite site() {
        return (FrappeSite) Proxy.newProxyInstance(
                FrappeSite.class.getClassLoader(),
                new Class<?>[] {FrappeSite.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "employeesWhere" -> page((EmployeeFilter) arguments[0], (int) arguments[1]);
                    case "timeZone" ->
                        new FrappeAnswer.Success<>(new SiteTimeZone(ZoneId.of("Africa/Nairobi"), "a test"));
                    default -> throw new AssertionError("the roster never asks " + method.getName());
                });
    }

    private FrappeAnswer<EmployeePage> page(EmployeeFilter filter, int offset) {
        pagesRead++;
        whenRead.run();
        if (pagesRead > pagesUntilFailure) {
            return new FrappeAnswer.Failure<>(AWAY);
        }
        Set<String> scope = scopes.get(filter);
        List<Employee> page = employees.values().stream()
                .filter(employee -> scope == null || scope.contains(employee.name()))
                .skip(offset)
                .limit(PAGE)
                .toList();
        return new FrappeAnswer.Success<>(new EmployeePage(page, List.of(), page.size(), page.size() < PAGE, null));
    }
}
