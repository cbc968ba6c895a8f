package io.punchbridge.gateway;

import static io.punchbridge.gateway.GatewayUnderTest.HEAD_OFFICE;
import static io.punchbridge.gateway.GatewayUnderTest.NAIROBI;
import static io.punchbridge.gateway.GatewayUnderTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as they were seen or must be expected, written by hand. */
class GatewayRepliesTest {
    private static final String ROW = "{'UserID':'7','LogTime':'2026-01-02 08:00:00 GMT +0300','Type':'CheckIn',"
            + "'InputType':'Face','Temperature':36.8,'FaceMask':true}";

    private final LogReader log = new LogReader(false);
    private final DeviceAnswers device = new DeviceAnswers(false);

    private static ObjectNode json(String singleQuoted) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private LogPage page(String reply) {
        return log.page(json(reply), HEAD_OFFICE, NAIROBI, NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'PunchLog':{'ReturnRowCount':'1','ActualRowCount':'118','OffSet':'50','Log':[ROW]}}",
                "{'PunchLog':{'ReturnRowCount':1,'ActualRowCount':118,'OffSet':50,'Log':[ROW]}}",
                "{'PunchLog':{'ReturnRowCount':'1','ActualRowCount':'118','OffSet':'50','Log':ROW}}",
                "{'PunchLog':[ROW],'ReturnRowCount':'1','ActualRowCount':118.0,'OffSet':'50'}",
                "{'PunchLog':ROW,'ActualRowCount':'118','OffSet':'50'}",
                "{'Load':{'PunchLog':{'ReturnRowCount':null,'ActualRowCount':'118','OffSet':' 50 ','Log':[ROW]}}}",
                "{'punchlog':{'returnrowcount':'1','actualrowcount':'118','Offset':'50','log':[ROW]}}"
            })
    void a_page_is_read_in_any_of_its_shapes(String reply) {
        // When
        LogPage page = page(reply.replace("ROW", ROW));

        // Then
        assertThat(page.rows()).isEqualTo(1);
        assertThat(page.arrival().punches()).singleElement().satisfies(punch -> {
            assertThat(punch.user()).isEqualTo(new UserId("7"));
            assertThat(punch.at()).isEqualTo(Instant.parse("2026-01-02T05:00:00Z"));
            assertThat(punch.details().inputType()).isEqualTo("Face");
        });
        if (!reply.contains("'PunchLog':ROW")) {
            assertThat(page.rowsOfWindow()).isEqualTo(118);
            assertThat(page.nextOffset()).isEqualTo("50");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'PunchLog':{'ReturnRowCount':'0','ActualRowCount':'0','OffSet':'','Log':[]}}",
                "{'PunchLog':{'ReturnRowCount':'0','Log':null}}",
                "{'PunchLog':{'ReturnRowCount':0,'Log':''}}",
                "{'PunchLog':{'ReturnRowCount':'0'}}",
                "{'PunchLog':{}}",
                "{'PunchLog':[]}",
                "{'PunchLog':null}",
                "{'PunchLog':''}"
            })
    void an_empty_page_is_empty_in_any_of_its_shapes(String reply) {
        // When
        LogPage page = page(reply);

        // Then
        assertThat(page.rows()).isZero();
        assertThat(page.arrival().punches()).isEmpty();
        assertThat(page.arrival().unreadable()).isEmpty();
        assertThat(page.nextOffset()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'OperationID':'x'}",
                "{'PunchLog':{'ReturnRowCount':'3'}}",
                "{'PunchLog':{'ReturnRowCount':'2','Log':[ROW]}}"
            })
    void a_reply_that_holds_less_than_a_page_or_than_it_says_is_none(String reply) {
        // When
        ThrowingCallable reading = () -> page(reply.replace("ROW", ROW));

        // Then
        assertThatThrownBy(reading).isInstanceOf(UnreadableReply.class).hasMessageContaining("counts as not read");
    }

    @Test
    void rows_that_cant_be_read_are_kept_as_such_and_counted() {
        // When
        LogPage page = page(
                "{'PunchLog':{'Log':[" + ROW
                        + ",{'UserID':'8'},{'LogTime':'2026-01-02 08:00:00 GMT +0300'},null,'garbage',{'UserID':'9','LogTime':'soon'}]}}");

        // Then
        assertThat(page.rows()).isEqualTo(6);
        assertThat(page.arrival().punches()).hasSize(1);
        assertThat(page.arrival().unreadable()).hasSize(5);
        assertThat(page.arrival().unreadable())
                .extracting(UnreadablePunch::device)
                .containsOnly(HEAD_OFFICE.serialNumber());
    }

    @Test
    void an_unknown_thing_in_the_place_of_a_log_is_kept_as_unreadable() {
        // When
        LogPage page = page("{'PunchLog':{'Surprise':'yes'}}");

        // Then
        assertThat(page.arrival().unreadable())
                .singleElement()
                .satisfies(kept -> assertThat(kept.content()).contains("Surprise"));
    }

    @Test
    void a_time_without_offset_is_of_the_devices_zone() {
        // When
        LogPage page = page("{'PunchLog':[{'UserId':7,'LogTime':'2026-01-02 08:00:00','AttendanceType':'CheckOut'}]}");

        // Then
        assertThat(page.arrival().punches())
                .extracting(Punch::at)
                .containsExactly(Instant.parse("2026-01-02T05:00:00Z"));
    }

    @Test
    void health_data_is_dropped_unless_it_is_kept() {
        // Given
        String reply = "{'PunchLog':[" + ROW + "]}";
        LogPage keeping = new LogReader(true).page(json(reply), HEAD_OFFICE, NAIROBI, NOW);

        // When
        LogPage dropping = page(reply);

        // Then
        assertThat(dropping.arrival().punches()).allSatisfy(punch -> {
            assertThat(punch.details().temperature()).isNull();
            assertThat(punch.details().faceMask()).isNull();
        });
        assertThat(keeping.arrival().punches())
                .allSatisfy(punch -> assertThat(punch.details().temperature()).isEqualTo("36.8"));
    }

    @ParameterizedTest
    @CsvSource({
        "{'Status':'done'~'StatusCode':0}, DONE, 0",
        "{'Status':'done'~'StatusCode':'0'}, DONE, 0",
        "{'Status':'Done'}, DONE, 0",
        "{'StatusCode':0}, DONE, 0",
        "{'Status':'API_RESPONSE_SUCCESS'}, DONE, 0",
        "{'Status':'done'~'StatusCode':'37'}, ANOTHER_CALL_RUNNING, 37",
        "{'Status':'done'~'StatusCode':33}, USER_INFORMATION_NOT_ENABLED, 33",
        "{'Status':'API_RESPONSE_INVALID_AUTH_TOKEN'}, INVALID_AUTH_TOKEN, 7",
        "{'Status':'API_RESPONSE_INVALID_AUTH_TOKEN'~'StatusCode':0}, INVALID_AUTH_TOKEN, 7",
        "{'Status':'failed'~'StatusCode':0}, UNKNOWN, ",
        "{'Status':'pending'}, UNKNOWN, ",
        "{'StatusCode':'API_RESPONSE_INVALID_USER_ID'}, INVALID_USER_ID, 10",
        "{'StatusCode':1234}, UNKNOWN, 1234",
        "{'StatusCode':-1}, UNKNOWN, -1"
    })
    void done_is_believed_only_if_nothing_contradicts_it(String reply, StatusCode code, Integer number) {
        // When
        SaidStatus said = SaidStatus.of(json(reply.replace('~', ','))).orElseThrow();

        // Then
        assertThat(said.code()).isEqualTo(code);
        assertThat(said.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "{'DeviceModel':'F38+'~'LicenseEndDate':'2026-12-31'~'UserCount':'12'}",
        "{'device_model':'F38+'~'Licence Expiry':'31-Dec-2026'~'Users':12}",
        "{'Model':'F38+'~'Subscription':{'StartDate':'2026-01-01'~'ValidUpto':'2026-12-31 23:59:59 GMT +0530'}~'UserCount':12}",
        "{'Model':'F38+'~'License':{'From':'2026-01-01'~'To':'2026-12-31 00:00:00'}~'SupportLicenseExpiry':'2027-06-30'~'TotalUsers':'12'}"
    })
    void model_licence_and_users_are_found_whatever_they_are_called(String information) {
        // When
        DeviceInformation read =
                device.information(json("{'DeviceInformation':" + information.replace('~', ',') + "}"), NOW);

        // Then
        assertThat(read.model()).isEqualTo("F38+");
        assertThat(read.licensedUntil()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(read.users()).isEqualTo(12);
    }

    @Test
    void what_a_device_doesnt_say_is_not_made_up() {
        // When
        DeviceInformation read = device.information(
                json("{'DeviceInformation':{'LicenseEndDate':'03/04/2026','MAC':'00:17:61','Token':'secret'}}"), NOW);

        // Then
        assertThat(read.model()).isNull();
        assertThat(read.licensedUntil()).isNull();
        assertThat(read.users()).isNull();
        assertThat(read.content()).contains("00:17:61").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'UserInfo':[{'UserID':'7','FirstName':'Ada','LastName':'Test','UserType':'Admin','Template':[]}]}",
                "{'UserInfo':{'UserID':7,'FirstName':'Ada','LastName':'Test','UserType':'admin'}}",
                "{'UserInfo':{'User':[{'UserId':'7','FirstName':'Ada','LastName':'Test','UserType':'Admin'}]}}",
                "{'Load':{'UserInfo':[{'UserId':'7','FirstName':'Ada','LastName':'Test','UserType':'Admin'}]}}",
                "{'UserInfo':{'ReturnRowCount':'1','ActualRowCount':'1','OffSet':'1','User':[{'UserId':'7','FirstName':'Ada',"
                        + "'LastName':'Test','UserType':'Admin'}]}}"
            })
    void users_are_read_in_any_shape(String reply) {
        // When
        List<DeviceUser> users = device.users(json(reply));

        // Then
        assertThat(users).containsExactly(new DeviceUser(new UserId("7"), "Ada", "Test", true));
    }

    @ParameterizedTest
    @CsvSource({"Admin, true", "SuperAdmin, true", "User, false", "'', ", "Visitor, "})
    void a_privilege_that_is_not_said_is_unknown(String type, Boolean admin) {
        // Given
        String reply = "{'UserInfo':[{'UserID':'7','UserType':'%s'},{'UserID':'8'}]}".formatted(type);

        // When
        List<DeviceUser> users = device.users(json(reply));

        // Then
        assertThat(users).extracting(DeviceUser::admin).containsExactly(admin, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Status':'done'}",
                "{'UserInfo':[]}",
                "{'UserInfo':{}}",
                "{'UserInfo':''}",
                "{'UserInfo':{'ReturnRowCount':'0'}}",
                "{'UserInfo':[ROW,{'x':1}]}",
                "{'UserInfo':[ROW,null]}",
                "{'UserInfo':{'ReturnRowCount':'2','User':[ROW]}}",
                "{'UserInfo':{'ActualRowCount':'118','User':[ROW]}}",
                "{'UserInfo':[ROW],'ActualRowCount':118}",
                "{'Load':{'UserInfo':[ROW],'ReturnRowCount':'2'}}",
                "{'UserInfo':{'OffSet':'50','User':[ROW]}}",
                "{'UserInfo':[ROW],'OffSet':'50'}"
            })
    void a_list_that_is_empty_cut_or_in_part_unusable_is_no_list_of_users(String reply) {
        // When
        ThrowingCallable reading = () -> device.users(json(reply.replace("ROW", "{'UserID':'7','UserType':'Admin'}")));

        // Then
        assertThatThrownBy(reading).isInstanceOf(UnreadableReply.class);
    }
}
