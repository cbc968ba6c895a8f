package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.punch.Connection;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.punchbridge.sandbox.SimulatedDevice.User;
import io.punchbridge.sandbox.SimulatedGateway.Padding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the simulated gateway answers when it is asked, seen by a bare HTTP client. */
class SimulatedGatewayApiTest {
    private static final Instant NOW = Instant.parse("2026-01-20T09:00:00Z");
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String LOG =
            "\"Load\":{\"PunchLog\":{\"Filter\":{\"StartTime\":\"2026-01-01 00:00:00 GMT +0000\","
                    + "\"EndTime\":\"2026-01-20 00:00:00 GMT +0000\"%s}}}";
    private static final String INFORMATION = "\"Load\":{\"DeviceInformation\":\"All\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedGateway gateway =
            new SimulatedGateway(Clock.fixed(NOW, ZoneOffset.UTC), URI.create("http://127.0.0.1:9/unused"));
    private final SimulatedDevice device =
            gateway.addDevice(new SimulatedDevice("Gate", "SN1", "token", ZoneId.of("Africa/Nairobi"), "ST1"));

    @BeforeEach
    void start() {
        gateway.start();
        gateway.api().latency(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String body(String command) {
        return "{" + command
                + ",\"OperationID\":\"op1\",\"AuthToken\":\"token\",\"Time\":\"2026-01-20 09:00:00 GMT +0000\"}";
    }

    private HttpRequest request(String tag, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.api().endpoint() + "?stgid=" + tag))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String send(String tag, String body) throws IOException, InterruptedException {
        return http.send(request(tag, body), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private JsonNode ask(String command) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(send("ST1", body(command)));
    }

    private int statusOf(String command) throws IOException, InterruptedException {
        return ask(command).path("StatusCode").asInt(-2);
    }

    private void recorded(int punches) {
        for (int i = 0; i < punches; i++) {
            gateway.punchUnnoticed(
                    device, new LoggedPunch("7", "CheckIn", Instant.parse("2026-01-05T05:00:00Z"), "Face"));
        }
    }

    @Test
    void gives_its_log_in_pages_of_fifty_with_counts_as_texts() throws Exception {
        // Given
        recorded(118);
        assertThat(ask(LOG.formatted("")).at("/PunchLog/OffSet").asText()).isEqualTo("50");

        // When
        JsonNode last = ask(LOG.formatted(",\"OffSet\":\"100\""));

        // Then
        assertThat(last.path("Status").asText()).isEqualTo("done");
        assertThat(last.path("OperationID").asText()).isEqualTo("op1");
        JsonNode log = last.path("PunchLog");
        assertThat(log.path("ReturnRowCount")).isEqualTo(new ObjectMapper().valueToTree("18"));
        assertThat(log.path("ActualRowCount")).isEqualTo(new ObjectMapper().valueToTree("118"));
        assertThat(log.path("OffSet").asText()).isEmpty();
        assertThat(log.path("Log")).hasSize(18);
        assertThat(log.at("/Log/0").toString())
                .isEqualTo("{\"Type\":\"CheckIn\",\"UserID\":\"7\",\"LogTime\":\"2026-01-05 08:00:00 GMT +0300\","
                        + "\"InputType\":\"Face\",\"Temperature\":36.8,\"FaceMask\":false}");
    }

    @Test
    void leaves_fields_out_that_may_be_absent() throws Exception {
        // Given
        recorded(1);
        gateway.api().leaveOut("StatusCode", "ActualRowCount", "OffSet");

        // When
        JsonNode reply = ask(LOG.formatted(""));

        // Then
        assertThat(reply.has("StatusCode")).isFalse();
        assertThat(reply.path("PunchLog").has("ActualRowCount")).isFalse();
        assertThat(reply.path("PunchLog").has("OffSet")).isFalse();
        assertThat(reply.path("PunchLog").path("Log")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ST9 | token | 2", "'' | token | 2", "ST1 | wrong | 7", "ST1 | '' | 7", "ST1 | token | 0"})
    void refuses_a_wrong_service_tag_or_token(String tag, String token, int code) throws Exception {
        // When
        String reply = send(tag, body(INFORMATION).replace("\"token\"", "\"" + token + "\""));

        // Then
        assertThat(new ObjectMapper().readTree(reply).path("StatusCode").asInt(-2))
                .isEqualTo(code);
    }

    @Test
    void refuses_windows_of_more_than_thirty_days() throws Exception {
        // When
        int code = statusOf(LOG.formatted("").replace("2026-01-01", "2025-12-20"));

        // Then
        assertThat(code).isEqualTo(9);
    }

    @Test
    void refuses_what_its_device_takes_no_requests_for() throws Exception {
        // Given
        device.connection(Connection.DB_PULL);

        // When
        int code = statusOf(INFORMATION);

        // Then
        assertThat(code).isEqualTo(35);
    }

    @Test
    void a_device_is_offline_for_as_long_as_it_was_said_to_be() throws Exception {
        // Given
        device.offline(NOW.minusSeconds(60), NOW, 5);
        assertThat(statusOf(INFORMATION)).isZero();
        device.offline(NOW, NOW.plusSeconds(60), 999);
        assertThat(statusOf(INFORMATION)).isEqualTo(999);
        device.online();

        // When
        int code = statusOf(INFORMATION);

        // Then
        assertThat(code).isZero();
    }

    @Test
    void a_second_call_while_one_runs_is_told_to_come_again() throws Exception {
        // Given
        gateway.api().latency(Duration.ofSeconds(2));
        CompletableFuture<HttpResponse<String>> first =
                http.sendAsync(request("ST1", body(INFORMATION)), HttpResponse.BodyHandlers.ofString());
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> gateway.api().mostAtOnce() == 1);

        // When
        int second = statusOf(INFORMATION);

        // Then
        assertThat(second).isEqualTo(37);
        assertThat(first.get(20, TimeUnit.SECONDS).body()).contains("\"StatusCode\":0");
        assertThat(gateway.api().mostAtOnce()).isEqualTo(2);
        assertThat(gateway.api().calls()).extracting(RecordedCall::statusCode).containsExactly(37, 0);
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void encrypts_and_decrypts_with_either_padding(Padding padding) throws Exception {
        // Given
        BodyCipher cipher = new BodyCipher(KEY, padding);
        gateway.securityKey(KEY, padding);

        // When
        String reply = send("ST1", cipher.encrypt(body(INFORMATION)));

        // Then
        assertThat(cipher.decrypt(reply).orElseThrow())
                .contains("\"StatusCode\":0")
                .contains("DeviceModel");
        assertThat(gateway.api().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.encrypted()).isTrue());
    }

    @Test
    void refuses_what_isnt_encrypted_as_the_account_is() throws Exception {
        // Given
        String byOtherKey =
                new BodyCipher(KEY.toUpperCase(java.util.Locale.ROOT), Padding.PKCS7).encrypt(body(INFORMATION));
        String toPlainAccount = send("ST1", byOtherKey);
        gateway.securityKey(KEY);
        String plain = send("ST1", body(INFORMATION));

        // When
        String wrongKey = send("ST1", byOtherKey);

        // Then
        assertThat(toPlainAccount).contains("\"StatusCode\":4");
        assertThat(plain).contains("\"StatusCode\":19");
        assertThat(wrongKey).contains("\"StatusCode\":13");
    }

    @Test
    void who_is_added_without_privilege_is_demoted() throws Exception {
        // Given
        device.putUser(new User("1", "Ada", "Test", true));

        // When
        int code = statusOf("\"Add\":{\"User\":{\"UserID\":\"1\",\"FirstName\":\"Ada\",\"LastName\":\"New\"}}");

        // Then
        assertThat(code).isZero();
        assertThat(device.users()).containsExactly(new User("1", "Ada", "New", false));
    }

    @Test
    void deletes_one_user_and_on_the_bare_word_all() throws Exception {
        // Given
        device.putUser(new User("1", "Ada", "", true)).putUser(new User("2", "Ben", "", false));
        device.putUser(new User("3", "Cem", "", false));
        assertThat(statusOf("\"Delete\":{\"User\":{\"UserID\":\"2\"}}")).isZero();
        assertThat(statusOf("\"Delete\":{\"User\":{\"UserID\":\"2\"}}")).isEqualTo(10);
        assertThat(device.users()).hasSize(2);

        // When
        int code = statusOf("\"Delete\":{\"User\":\"All\"}");

        // Then
        assertThat(code).isZero();
        assertThat(device.users()).isEmpty();
    }

    @Test
    void gives_its_users_where_that_is_enabled() throws Exception {
        // Given
        device.putUser(new User("1", "Ada", "", true));
        assertThat(ask("\"Load\":{\"UserInfo\":[]}").at("/UserInfo/0/UserType").asText())
                .isEqualTo("Admin");
        device.userInfoEnabled(false);

        // When
        int code = statusOf("\"Load\":{\"UserInfo\":[]}");

        // Then
        assertThat(code).isEqualTo(33);
    }

    @Test
    void faults_come_as_often_as_asked_for_then_the_lasting_one_until_it_recovers() throws Exception {
        // Given
        gateway.api().failNext(GatewayFault.status(5), 1).fail(GatewayFault.status(37));
        assertThat(statusOf(INFORMATION)).isEqualTo(5);
        assertThat(statusOf(INFORMATION)).isEqualTo(37);
        gateway.api().recover();

        // When
        int code = statusOf(INFORMATION);

        // Then
        assertThat(code).isZero();
    }

    @Test
    void an_answer_that_is_lost_was_done() {
        // Given
        gateway.api().failNext(GatewayFault.answerLost(), 1);

        // When
        ThrowingCallable asking =
                () -> ask("\"Add\":{\"User\":{\"UserID\":\"1\",\"FirstName\":\"Ada\",\"UserType\":\"Admin\"}}");

        // Then
        assertThatThrownBy(asking).isInstanceOf(IOException.class);
        assertThat(device.users()).hasSize(1);
    }

    @Test
    void half_an_answer_is_cut_off() {
        // Given
        gateway.api().failNext(GatewayFault.answerHalf(), 1);

        // When
        ThrowingCallable asking = () -> ask(INFORMATION);

        // Then
        assertThatThrownBy(asking).isInstanceOf(IOException.class);
    }

    @Test
    void keeps_what_it_was_asked() throws Exception {
        // Given
        String body = body(INFORMATION);

        // When
        send("ST1", body);

        // Then
        assertThat(gateway.api().calls()).containsExactly(new RecordedCall("ST1", false, body, 0));
    }
}
