package io.punchbridge.frappe;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads employees off the site, now and to the end: for those who must not act upon a part of them. */
@ApplicationScoped
public class Staff {
    private final FrappeSite site;

    public Staff(FrappeSite site) {
        this.site = site;
    }

    /**
     * The employees with a device id whom a filter lets through, whatever their status, in the order of their names. A
     * page that fails fails the whole.
     */
    public FrappeAnswer<List<Employee>> matching(EmployeeFilter filter) {
        Map<String, Employee> byName = new LinkedHashMap<>();
        int rows = 0;
        while (true) {
            FrappeAnswer<EmployeePage> answer = site.employeesWhere(filter, rows);
            if (answer instanceof Failure<EmployeePage> failure) {
                return new Failure<>(failure.failure());
            }
            EmployeePage page = ((Success<EmployeePage>) answer).value();
            page.employees().forEach(employee -> byName.put(employee.name(), employee));
            rows += page.rows();
            if (page.last() || page.rows() == 0) {
                return new Success<>(List.copyOf(byName.values()));
            }
        }
    }
}
