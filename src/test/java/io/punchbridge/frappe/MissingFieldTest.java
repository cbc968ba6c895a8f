package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingFieldTest {
    @ParameterizedTest
    @CsvSource({
        "417,DataError,Field not permitted in query,true",
        "500,OperationalError,'(1054, Unknown column)',true",
        "500,OperationalError,'(2013, Lost connection)',false",
        "500,DataError,out of range,false",
        "417,ValidationError,no,false",
        "403,PermissionError,no,false"
    })
    void a_refusal_of_an_unknown_field_is_told_from_others(int status, String type, String words, boolean missing) {
        // Given
        FrappeFailure failure = new FrappeFailure(Kind.REFUSED, status, type, words, null, null);

        // When
        boolean told = MissingField.isToldBy(failure);

        // Then
        assertThat(told).isEqualTo(missing);
    }
}
