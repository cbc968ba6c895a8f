package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListQueryTest {
    private static final List<SimulatedEmployee> EMPLOYEES = List.of(
            employee("A", "7", "Active").at("Nairobi"),
            employee("B", "007", "Left").at("Mombasa"),
            employee("C", null, "Active"));

    private static SimulatedEmployee employee(String name, @Nullable String deviceId, String status) {
        return new SimulatedEmployee(
                name,
                "Emp " + name,
                deviceId,
                status,
                null,
                null,
                LocalDateTime.of(2026, 1, name.charAt(0) - 'A' + 1, 9, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'filters':[['attendance_device_id','=','7']]} | A",
                "{'filters':[['Employee','attendance_device_id','=','7 ']]} | A",
                "{'filters':['name','=','b']} | B",
                "{'filters':[['status','!=','Left']]} | A,C",
                "{'filters':{'status':['in',['Left','Inactive']]}} | B",
                "{'filters':[['attendance_device_id','not in',['7']]]} | B,C",
                "{'filters':[['attendance_device_id','is','not set']]} | C",
                "{'filters':[['attendance_device_id','is','set']]} | A,B",
                "{'filters':[['modified','>=','2026-01-02 09:00:00']]} | B,C",
                "{'filters':[['modified','<','2026-01-02 09:00:00.000001']]} | A,B",
                "{'filters':[['modified','between',['2026-01-02','2026-01-02']]]} | B",
                "{'filters':[['employee_name','like','%p b']]} | B",
                "{'filters':[['branch','=','nairobi']]} | A",
                "{'filters':[['branch','!=','Nairobi']]} | B,C",
                "{'filters':[['Employee','branch','in',['Nairobi','Mombasa']],['status','=','Active']]} | A",
                "{'or_filters':[['name','=','A'],['name','=','C']]} | A,C",
                "{'filters':{'status':'Active'},'or_filters':[['name','=','A'],['name','=','B']]} | A",
                "{'order_by':'status desc, name desc'} | B,C,A",
                "{'limit_start':1,'limit_page_length':1} | B",
                "{'limit_page_length':0} | A,B,C",
                "{'group_by':'status'} | A,B",
                "{'group_by':'`tabEmployee`.`branch`','filters':[['branch','is','set']]} | A,B"
            })
    void findsWhatTheDatabaseWould(String arguments, String names) {
        // When
        var rows = new ListQuery(SimulatedEmployee.COLUMNS, Json.read(arguments.replace('\'', '"'))).list(EMPLOYEES);

        // Then
        assertThat(rows).extracting(row -> row.get("name").asText()).containsExactly(names.split(",", -1));
    }

    @Test
    void refusesAFieldThatTheTableDoesNotHave() {
        // Given
        ListQuery query = new ListQuery(SimulatedEmployee.COLUMNS, Json.read("{\"filters\":{\"shoe_size\":44}}"));

        // When
        var listing = assertThatThrownBy(() -> query.list(EMPLOYEES));

        // Then
        listing.isInstanceOf(FrappeError.class).hasMessageContaining("Unknown column 'shoe_size'");
    }
}
