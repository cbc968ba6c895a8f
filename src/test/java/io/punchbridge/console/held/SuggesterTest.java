package io.punchbridge.console.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.held.HeldPerson.Suggestion;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.WithoutDeviceId;
import io.punchbridge.punch.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggesterTest {
    private static final SiteLinks LINKS = new SiteLinks(new FrappeSettings(
            URI.create("https://hr.example.com"),
            "key",
            "secret",
            null,
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));

    private static Employee employee(String name, String employeeName, String id, String status) {
        return new Employee(name, employeeName, new UserId(id), status, null);
    }

    private static List<Suggestion> suggestions(
            String user, List<String> names, List<Employee> employees, WithoutDeviceId... without) {
        return new Suggester(employees, List.of(without), LINKS).of(new UserId(user), names);
    }

    @Test
    void an_id_that_differs_by_zeros_blanks_or_case_is_told_with_what_to_set() {
        // Given
        List<Employee> employees = List.of(
                employee("E1", "Amina Otieno", "0042", "Active"), employee("E2", "Brian Kiptoo", "142", "Active"));

        // When
        List<Suggestion> suggestions = suggestions("42", List.of(), employees);

        // Then
        assertThat(suggestions).singleElement().satisfies(one -> {
            assertThat(one.employee()).isEqualTo("E1");
            assertThat(one.href()).isEqualTo("https://hr.example.com/app/employee/E1");
            assertThat(one.why()).contains("\"0042\"", "leading zeros");
            assertThat(one.advice()).contains("set Attendance Device ID to 42");
        });
    }

    @Test
    void who_has_the_id_and_is_not_active_is_told_so() {
        // When
        List<Suggestion> suggestions =
                suggestions("42", List.of(), List.of(employee("E1", "Amina Otieno", "42", "Inactive")));

        // Then
        assertThat(suggestions).singleElement().satisfies(one -> {
            assertThat(one.why()).contains("Has this id, and is Inactive");
            assertThat(one.advice()).contains("set the status to Active");
        });
    }

    @Test
    void several_who_share_the_id_are_all_told() {
        // When
        List<Suggestion> suggestions = suggestions(
                "42",
                List.of(),
                List.of(
                        employee("E1", "Amina Otieno", "42", "Active"),
                        employee("E2", "Brian Kiptoo", "42", "Active")));

        // Then
        assertThat(suggestions).extracting(Suggestion::employee).containsExactly("E1", "E2");
        assertThat(suggestions.get(0).why()).contains("1 other employee has");
    }

    @Test
    void a_name_on_a_device_leads_to_the_employee_without_an_id_first() {
        // Given
        List<Employee> employees =
                List.of(employee("E1", "Amina Otieno", "7", "Active"), employee("E2", "Amina Wanjiru", "8", "Active"));

        // When
        List<Suggestion> suggestions = suggestions(
                "42", List.of("OTIENO AMINAH"), employees, new WithoutDeviceId("E3", "Amina Otieno", "Active"));

        // Then
        assertThat(suggestions).extracting(Suggestion::employee).containsExactly("E3", "E1");
        assertThat(suggestions.get(0).why()).contains("\"OTIENO AMINAH\"", "2 of the 2 words");
        assertThat(suggestions.get(0).advice()).contains("no device id yet", "set Attendance Device ID to 42");
        assertThat(suggestions.get(1).advice()).contains("two ids");
    }

    @Test
    void nobody_is_told_twice_and_one_common_word_is_not_enough() {
        // Given
        List<Employee> employees = List.of(
                employee("E1", "Amina Otieno", "042", "Active"), employee("E2", "Amina Wanjiru", "8", "Active"));

        // When
        List<Suggestion> suggestions = suggestions("42", List.of("Amina Otieno"), employees);

        // Then
        assertThat(suggestions).extracting(Suggestion::employee).containsExactly("E1");
    }

    @Test
    void a_name_of_one_word_brings_four_at_most() {
        // Given
        List<Employee> employees = List.of(
                employee("E1", "Amina A", "1", "Active"),
                employee("E2", "Amina B", "2", "Active"),
                employee("E3", "Amina C", "3", "Active"),
                employee("E4", "Amina D", "4", "Active"),
                employee("E5", "Amina E", "5", "Active"));

        // When
        List<Suggestion> suggestions = suggestions("42", List.of("Amina"), employees);

        // Then
        assertThat(suggestions).hasSize(4);
    }
}
