package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmployeeFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"branch\",\"=\",\"Nairobi\"]]",
                "[[\"Employee\",\"branch\",\"=\",\"Nairobi\"]]",
                "[[\"branch\",\"in\",[\"Nairobi\",\"Mombasa\"]],[\"department\",\"!=\",\"Sales\"]]",
                "[[\"grade\",\"is\",\"set\"]]",
                "[[\"date_of_joining\",\"between\",[\"2025-01-01\",\"2025-12-31\"]]]",
                "[[\"department\",\"descendants of\",\"Operations - AK\"]]",
                "[[\"create_user_permission\",\"=\",1]]"
            })
    void takes_what_frappe_takes(String json) {
        // When
        EmployeeFilter filter = EmployeeFilter.parse(json);

        // Then
        assertThat(filter.conditions().toString()).isEqualTo(json);
    }

    @Test
    void an_empty_list_is_everybody() {
        // When
        EmployeeFilter filter = EmployeeFilter.parse(" [] ");

        // Then
        assertThat(filter).isEqualTo(EmployeeFilter.EVERYBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "branch = Nairobi | no JSON",
                "[[\"branch\",\"=\",\"Nairobi\"]] x | no JSON",
                "{\"branch\":\"Nairobi\"} | no list",
                "\"Nairobi\" | no list",
                "[\"branch\",\"=\",\"Nairobi\"] | a condition that is no list",
                "[[\"branch\",\"Nairobi\"]] | a condition that is no list",
                "[[\"Shift Type\",\"branch\",\"=\",\"x\"]] | a condition that is no list",
                "[[\"branch; drop\",\"=\",\"x\"]] | no field name",
                "[[\"branch\",\"equals\",\"x\"]] | operator that Frappe doesn't know",
                "[[\"branch\",\"in\",\"Nairobi\"]] | no list of values",
                "[[\"branch\",\"in\",[]]] | no list of values",
                "[[\"branch\",\"=\",null]] | without a value",
                "[[\"branch\",\"=\",[\"a\"]]] | without a value"
            })
    void says_what_is_wrong_and_what_is_wanted(String text, String complaint) {
        // When
        ThrowingCallable parsing = () -> EmployeeFilter.parse(text);

        // Then
        assertThatThrownBy(parsing)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("[[\"branch\", \"=\", \"Nairobi\"]]");
    }
}
