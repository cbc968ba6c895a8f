package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaffTest {
    private final FakeSite site = new FakeSite();
    private final Staff staff = new Staff(site);

    @Test
    void reads_every_page_whatever_the_status() {
        // Given
        site.has("E1", "1")
                .has("E2", null)
                .has("E3", "3", "Left")
                .has("E4", "4")
                .has("E5", "5");

        // When
        FrappeAnswer<List<Employee>> answer = staff.matching(EmployeeFilter.EVERYBODY);

        // Then
        assertThat(((Success<List<Employee>>) answer).value())
                .extracting(Employee::name)
                .containsExactly("E1", "E3", "E4", "E5");
    }

    @Test
    void a_page_that_fails_fails_the_whole() {
        // Given
        site.has("E1", "1").has("E2", "2").has("E3", "3").failsAtOffset(2);

        // When
        FrappeAnswer<List<Employee>> answer = staff.matching(EmployeeFilter.EVERYBODY);

        // Then
        assertThat(answer).isEqualTo(new Failure<>(FakeSite.AWAY));
    }
}
