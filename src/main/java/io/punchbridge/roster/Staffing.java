package io.punchbridge.roster;

import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.frappe.Staff;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what Frappe says of all employees and of each scope: all of it, or nothing. */
@ApplicationScoped
class Staffing {
    private final Staff staff;
    private final SiteZone siteZone;

    Staffing(Staff staff, SiteZone siteZone) {
        this.staff = staff;
        this.siteZone = siteZone;
    }

    sealed interface Read {
        /**
         * @param inScope Frappe's ids of the employees whom a filter lets through
         */
        record Whole(List<Employee> employees, Map<EmployeeFilter, Set<String>> inScope, ZoneId zone) implements Read {}

        /** Something is missing, so nothing may be planned; the words are for a person. */
        record Incomplete(String why) implements Read {}
    }

    Read read(Set<EmployeeFilter> scopes) {
        return siteZone.zone().fold(zone -> employees(scopes, zone), Staffing::incomplete);
    }

    private Read employees(Set<EmployeeFilter> scopes, ZoneId zone) {
        return staff.matching(EmployeeFilter.EVERYBODY)
                .fold(
                        employees -> employees.isEmpty()
                                ? new Read.Incomplete(
                                        "Frappe shows no employee with an attendance device id, so nothing is compared."
                                                + " Fill the ids in, or let the API user read Employee.")
                                : scopes(employees, scopes, zone),
                        Staffing::incomplete);
    }

    private Read scopes(List<Employee> employees, Set<EmployeeFilter> scopes, ZoneId zone) {
        Map<EmployeeFilter, Set<String>> inScope = new HashMap<>();
        for (EmployeeFilter scope : scopes) {
            FrappeAnswer<List<Employee>> answer = scope.equals(EmployeeFilter.EVERYBODY)
                    ? new FrappeAnswer.Success<>(employees)
                    : staff.matching(scope);
            if (answer instanceof FrappeAnswer.Failure<List<Employee>> failure) {
                return incomplete(failure.failure());
            }
            List<Employee> matching = ((FrappeAnswer.Success<List<Employee>>) answer).value();
            inScope.put(scope, matching.stream().map(Employee::name).collect(Collectors.toUnmodifiableSet()));
        }
        return new Read.Whole(employees, inScope, zone);
    }

    private static Read incomplete(FrappeFailure failure) {
        return new Read.Incomplete("The employees could not be read to the end, so nothing is compared or changed: "
                + failure.words() + " (Is a punchbridge.devices.<name>.roster-filter wrong for this site?)");
    }
}
