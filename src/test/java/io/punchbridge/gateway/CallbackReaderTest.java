package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchType;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReaderTest {
    private static final SerialNumber DEVICE = new SerialNumber("ZHM11xxxxxxxx");
    private static final Instant NOW = Instant.parse("2024-09-17T04:49:03.200Z");
    /** Navari's manual, 4.3. */
    private static final String PUBLISHED = """
            {"RealTime":{"OperationID":"9nu1wak5616p","LabelName":"Head Office","SerialNumber":"ZHM11xxxxxxxx","PunchLog":{"Type":"CheckIn","Temperature":"36.8","FaceMask":false,"InputType":"Fingerprint","UserId":"2","LogTime":"2024-09-17 07:48:22 GMT +0300"},"AuthToken":"secret-token","Time":"2024-09-17 04:49:03 GMT +0000"}}""";

    private final CallbackReader reader = new CallbackReader(false);

    @Test
    void the_published_payload_is_a_punch() {
        // When
        Arrival arrival = read(PUBLISHED);

        // Then
        Punch punch = onlyPunch(arrival);
        assertThat(punch.user()).isEqualTo(new UserId("2"));
        assertThat(punch.at()).isEqualTo("2024-09-17T04:48:22Z");
        assertThat(punch.type()).isEqualTo(PunchType.CHECK_IN);
        assertThat(punch.device()).isEqualTo(DEVICE);
        assertThat(punch.details().inputType()).isEqualTo("Fingerprint");
        assertThat(punch.details().gatewayTime()).isEqualTo("2024-09-17T04:49:03Z");
        assertThat(punch.details().logTime()).isEqualTo("2024-09-17 07:48:22 GMT +0300");
        assertThat(punch.details().operationId()).isEqualTo("9nu1wak5616p");
    }

    @Test
    void its_envelope_names_token_and_device() {
        // When
        CallbackReader.Envelope envelope = reader.envelope(json(PUBLISHED));

        // Then
        assertThat(envelope.authToken()).isEqualTo("secret-token");
        assertThat(envelope.serialNumber()).isEqualTo(DEVICE);
    }

    @Test
    void health_data_is_dropped_unless_kept() {
        // When
        Punch dropped = onlyPunch(read(PUBLISHED));

        // Then
        assertThat(dropped.details().temperature()).isNull();
        assertThat(dropped.details().faceMask()).isNull();
        assertThat(dropped.toString()).doesNotContain("36.8");
    }

    @Test
    void health_data_is_kept_where_the_configuration_says_so() {
        // Given
        CallbackReader keeping = new CallbackReader(true);

        // When
        Punch punch = onlyPunch(keeping.read(json(PUBLISHED), DEVICE, null, NOW));

        // Then
        assertThat(punch.details().temperature()).isEqualTo("36.8");
        assertThat(punch.details().faceMask()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'RealTime':{'PunchLog':{'UserID':'0042','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'CheckOut'}}}",
                "{'RealTime':{'PunchLog':{'UserId':' 0042 ','LogTime':'2024-09-17T04:48:22Z','AttendanceType':'CheckOut'}},'AuthToken':'t'}",
                "{'RealTime':{'PunchLog':[{'UserId':'0042','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'checkout'}]}}",
                "{'PunchLog':{'ReturnRowCount':'1','Log':[{'UserID':'0042','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'CheckOut'}]},'AuthToken':'t'}",
                "{'PunchLog':{'ReturnRowCount':'1','Log':{'UserID':'0042','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'CheckOut'}}}",
                "{'Load':{'PunchLog':[{'UserID':'0042','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'CheckOut','Temperature':null}]},'AuthToken':'t','SerialNumber':'s'}",
                "{'RealTime':{'PunchLog':{'userid':'0042','logtime':'2024-09-17 07:48:22 GMT +0300','TYPE':'CheckOut'},'UserUpdated':null}}",
            })
    void each_shape_of_one_punch_has_the_same_key(String body) {
        // When
        Arrival arrival = read(body);

        // Then
        Punch expected = Punch.of(
                DEVICE,
                new UserId("0042"),
                Instant.parse("2024-09-17T04:48:22Z"),
                "CheckOut",
                io.punchbridge.punch.PunchDetails.NONE);
        assertThat(onlyPunch(arrival).key()).isEqualTo(expected.key());
        assertThat(arrival.events()).isEmpty();
        assertThat(arrival.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "12345678901, 12345678901", "007, 007", "true, true"})
    void a_user_id_may_be_a_number(String sent, String expected) {
        // Given
        String literal = sent.startsWith("0") ? "'" + sent + "'" : sent;

        // When
        Arrival arrival =
                read("{'RealTime':{'PunchLog':{'UserId':" + literal + ",'LogTime':'2024-09-17 07:48:22 GMT +0300'}}}");

        // Then
        assertThat(onlyPunch(arrival).user()).isEqualTo(new UserId(expected));
    }

    @Test
    void all_rows_of_a_resend_are_read() {
        // When
        Arrival arrival = read("{'PunchLog':{'ReturnRowCount':'3','Log':["
                + "{'UserID':'1','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'CheckIn'},"
                + "{'UserID':'1','LogTime':'2024-09-17 12:00:00 GMT +0300','Type':'MealStart'},"
                + "{'UserID':'','LogTime':'2024-09-17 12:00:00 GMT +0300','Type':'None'}]}}");

        // Then
        assertThat(arrival.punches()).extracting(Punch::type).containsExactly(PunchType.CHECK_IN, PunchType.MEAL_IN);
        assertThat(arrival.unreadable()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'LogTime':'2024-09-17 07:48:22 GMT +0300'} | user",
                "{'UserId':null,'LogTime':'2024-09-17 07:48:22 GMT +0300'} | user",
                "{'UserId':{'a':1},'LogTime':'2024-09-17 07:48:22 GMT +0300'} | user",
                "{'UserId':1e400,'LogTime':'2024-09-17 07:48:22 GMT +0300'} | user",
                "{'UserId':'2'} | no time",
                "{'UserId':'2','LogTime':'yesterday'} | no form",
                "{'UserId':'2','LogTime':'2024-09-17 07:48:22'} | no zone",
                "'''a text''' | no JSON object",
                "17 | no JSON object",
            })
    void a_punch_that_can_not_be_read_is_kept_with_the_reason(String row, String reason) {
        // When
        Arrival arrival = read("{'RealTime':{'PunchLog':" + row + "}}");

        // Then
        assertThat(arrival.punches()).isEmpty();
        UnreadablePunch unreadable = arrival.unreadable().get(0);
        assertThat(unreadable.reason()).contains(reason);
        assertThat(unreadable.content()).isNotBlank();
    }

    @Test
    void a_device_that_can_not_be_told_makes_no_usable_punch() {
        // When
        Arrival arrival = reader.read(json(PUBLISHED), SerialNumber.UNKNOWN, null, NOW);

        // Then
        assertThat(arrival.unreadable().get(0).reason()).contains("share this token");
    }

    @Test
    void an_unknown_type_is_a_punch_without_direction_that_keeps_the_word() {
        // When
        Punch punch = onlyPunch(
                read(
                        "{'RealTime':{'PunchLog':{'UserId':'2','LogTime':'2024-09-17 07:48:22 GMT +0300','Type':'Teleport'}}}"));

        // Then
        assertThat(punch.type()).isEqualTo(PunchType.OTHER);
        assertThat(punch.sentType()).isEqualTo("Teleport");
    }

    @Test
    void unknown_fields_of_a_punch_are_kept_without_what_must_not_be() {
        // When
        Punch punch = onlyPunch(
                read(
                        "{'RealTime':{'PunchLog':{'UserId':'2','LogTime':'2024-09-17 07:48:22 GMT +0300','Shift':'Night','Photo':'aGk=','BodyTemperature':'36'}}}"));

        // Then
        assertThat(punch.details().extra())
                .contains("\"Shift\":\"Night\"")
                .doesNotContain("aGk=")
                .doesNotContain("36");
    }

    @Test
    void a_user_update_is_an_event_without_its_credentials() {
        // When
        Arrival arrival = read(
                "{'RealTime':{'OperationID':'op1','UserUpdated':{'UserID':'7','FirstName':'Emp007','UserType':'User','Template':[{'Type':'Face','UserID':'7','Size':'3','Index':'0','Data':'QUJD'}],'Photo':{'Type':'Base64','UserID':'7','Size':'3','Data':'REVG'}},'AuthToken':'secret-token'}}");

        // Then
        DeviceEvent event = onlyEvent(arrival);
        assertThat(event.operation()).isEqualTo("UserUpdated");
        assertThat(event.user()).isEqualTo(new UserId("7"));
        assertThat(event.content())
                .contains("Emp007")
                .doesNotContain("QUJD")
                .doesNotContain("REVG")
                .doesNotContain("secret-token");
    }

    @Test
    void after_an_enrolment_the_user_is_found_in_the_template() {
        // When
        Arrival arrival = read(
                "{'RealTime':{'UserUpdated':{'OperationTime':'2024-09-17 07:48:22 GMT +0300','Template':[{'Type':'Finger','UserID':'9','Data':'QUJD'}]}}}");

        // Then
        assertThat(onlyEvent(arrival).user()).isEqualTo(new UserId("9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'RealTime':{'DoorOpened':{'Door':'1'},'AuthToken':'t'}}",
                "{'Ping':{'a':1},'AuthToken':'t'}",
                "{'AuthToken':'t'}",
                "{'RealTime':{'AuthToken':'t'}}",
                "{'RealTime':{'PunchLog':null,'AuthToken':'t'}}",
                "{'RealTime':'x','AuthToken':'t'}",
                "{'RealTime':[],'AuthToken':'t'}",
                "{'RealTime':[3],'AuthToken':'t'}",
                "{'Load':{'UserInfo':[{'UserID':'1'}]},'AuthToken':'t'}",
            })
    void whatever_else_comes_is_kept_as_an_event(String body) {
        // When
        Arrival arrival = read(body);

        // Then
        assertThat(arrival.punches()).isEmpty();
        assertThat(arrival.unreadable()).isEmpty();
        assertThat(arrival.events()).isNotEmpty();
        assertThat(arrival.events().toString()).doesNotContain("'t'");
    }

    @Test
    void tens_of_thousands_of_fields_become_few_rows_and_none_is_lost() {
        // Given
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            fields.append("\"F").append(i).append("\":").append(i).append(',');
        }

        // When
        Arrival arrival = read("{\"RealTime\":{" + fields + "\"PunchLog\":"
                + "{\"UserId\":\"2\",\"LogTime\":\"2024-09-17 07:48:22 GMT +0300\"}}}");

        // Then
        onlyPunch(arrival);
        assertThat(arrival.events()).hasSize(CallbackReader.MOST_EVENTS + 1);
        assertThat(arrival.events().get(0).operation()).isEqualTo("F0");
        assertThat(arrival.events().get(CallbackReader.MOST_EVENTS).content())
                .startsWith("[{\"F100\":100}")
                .endsWith("{\"F19999\":19999}]");
    }

    @Test
    void a_time_without_offset_is_in_the_zone_of_the_device() {
        // When
        Arrival arrival = reader.read(
                json("{'RealTime':{'PunchLog':{'UserId':'2','LogTime':'2024-09-17 07:48:22'}}}"),
                DEVICE,
                ZoneId.of("Africa/Nairobi"),
                NOW);

        // Then
        assertThat(onlyPunch(arrival).at()).isEqualTo("2024-09-17T04:48:22Z");
    }

    @Test
    void bytes_that_no_database_keeps_are_replaced() {
        // When
        Arrival arrival = read(
                "{'RealTime':{'PunchLog':{'UserId':'a\\u0000b\\ud800','LogTime':'2024-09-17 07:48:22 GMT +0300'},'Odd\\u0000':{'x\\udfff':'\\u0000'}}}");

        // Then
        assertThat(onlyPunch(arrival).user()).isEqualTo(new UserId("a\uFFFDb\uFFFD"));
        assertThat(onlyEvent(arrival).operation()).isEqualTo("Odd\uFFFD");
        assertThat(onlyEvent(arrival).content()).doesNotContain("\u0000").doesNotContain("\udfff");
    }

    private Arrival read(String body) {
        return reader.read(json(body), DEVICE, null, NOW);
    }

    private static ObjectNode json(String body) {
        try {
            return (ObjectNode) new JsonMapper().readTree(body.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Punch onlyPunch(Arrival arrival) {
        assertThat(arrival.punches()).hasSize(1);
        return arrival.punches().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Temperature':'4711'",
                "'Face_Mask':4711",
                "'Password':'4711'",
                "'SecurityKey':{'Value':'4711'}",
                "'Card':'4711'",
                "'Photo':['4711']",
                "'Pin':4711",
            })
    void an_unknown_field_of_the_frame_is_redacted_by_its_own_name(String field) {
        // When
        Arrival arrival = read("{'RealTime':{" + field + ",'AuthToken':'t'}}");

        // Then
        assertThat(onlyEvent(arrival).content()).contains("[removed]").doesNotContain("4711");
    }

    @Test
    void an_operation_that_is_called_after_photos_keeps_whose_they_are() {
        // When
        Arrival arrival =
                read("{'RealTime':{'PhotoUpdated':[{'UserID':'7','Type':'Base64','Data':'AAAA'}],'AuthToken':'t'}}");

        // Then
        assertThat(onlyEvent(arrival).content())
                .isEqualTo("[{\"UserID\":\"7\",\"Type\":\"Base64\",\"Data\":\"[removed]\"}]");
    }

    private static DeviceEvent onlyEvent(Arrival arrival) {
        assertThat(arrival.events()).hasSize(1);
        return arrival.events().get(0);
    }
}
