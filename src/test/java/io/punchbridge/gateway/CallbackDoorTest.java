package io.punchbridge.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StoredEvent;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.RawRequest;
import io.punchbridge.testing.RecordingInbox;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway is answered, and what of its callbacks is kept. */
@QuarkusTest
class CallbackDoorTest {
    private static final String DONE = "{\"status\":\"done\"}";
    /** No employee has it, so that delivery leaves what these tests store alone. */
    private static final String USER = "door-test";

    private static final Instant FIRST = Instant.parse("2025-02-03T04:05:06Z");
    private static final AtomicInteger MINUTES = new AtomicInteger();

    @Inject
    Inbox inbox;

    private final Instant at = FIRST.plusSeconds(60L * MINUTES.incrementAndGet());

    @Test
    void a_punch_is_stored_and_acknowledged() {
        // When
        Response answer = Callbacks.post(punch(TestSettings.TOKEN));

        // Then
        assertDone(answer);
        StoredPunch stored = inbox.find(key(TestSettings.SERIAL_NUMBER)).orElseThrow();
        assertThat(stored.user()).isEqualTo(new UserId(USER));
        assertThat(stored.at()).isEqualTo(at);
    }

    @Test
    void its_repeat_is_acknowledged_and_changes_nothing() {
        // Given
        Callbacks.post(punch(TestSettings.TOKEN));
        Instant received =
                inbox.find(key(TestSettings.SERIAL_NUMBER)).orElseThrow().receivedAt();
        long before = total();

        // When
        Response answer = Callbacks.post(punch(TestSettings.TOKEN).replace("\"op\"", "\"another-attempt\""));

        // Then
        assertDone(answer);
        assertThat(total()).isEqualTo(before);
        StoredPunch stored = inbox.find(key(TestSettings.SERIAL_NUMBER)).orElseThrow();
        assertThat(stored.receivedAt()).isEqualTo(received);
        assertThat(stored.details().operationId()).isEqualTo("op");
    }

    @Test
    void a_changed_user_is_an_event_without_template_and_photo() {
        // Given
        String body = """
                {"RealTime":{"UserUpdated":{"FirstName":"Emp001","LastName":"Test","Template":[{"Type":"Fingerprint","UserID":"%1$s","Index":"0","Data":"THETEMPLATE"}],"Photo":{"Type":"Base64","UserID":"%1$s","Data":"THEPHOTO"}},"OperationID":"%2$s","AuthToken":"%3$s","SerialNumber":"%4$s"}}""".formatted(USER, at, TestSettings.TOKEN, TestSettings.SERIAL_NUMBER);

        // When
        Response answer = Callbacks.post(body);

        // Then
        assertDone(answer);
        StoredEvent stored = event(at.toString());
        assertThat(stored.event().operation()).isEqualTo("UserUpdated");
        assertThat(stored.event().user()).isEqualTo(new UserId(USER));
        assertThat(stored.event().content()).contains("Emp001");
        assertThat(stored.toString()).doesNotContain("THETEMPLATE", "THEPHOTO", TestSettings.TOKEN);
    }

    @Test
    void the_token_is_kept_nowhere_even_where_no_name_tells_that_it_is_one() {
        // Given
        String body = """
                {"RealTime":{"Handshake":{"Proof":"%1$s","Header":"Bearer %1$s","%1$s":1,"Note":"kept"},"OperationID":"%2$s","AuthToken":"%1$s","SerialNumber":"%3$s"}}""".formatted(TestSettings.TOKEN, at, TestSettings.SERIAL_NUMBER);

        // When
        Response answer = Callbacks.post(body);

        // Then
        assertDone(answer);
        assertThat(event(at.toString()).event().content())
                .contains("\"Note\":\"kept\"")
                .doesNotContain(TestSettings.TOKEN);
    }

    @Test
    void what_comes_with_a_punch_is_kept_without_token_and_health_data() {
        // Given
        String body = punch(TestSettings.TOKEN)
                .replace(
                        "\"InputType\"",
                        "\"Temperature\":\"39.9\",\"FaceMask\":true,\"Door\":\"east\",\"Pin\":\"4711\",\"InputType\"");

        // When
        Response answer = Callbacks.post(body);

        // Then
        assertDone(answer);
        StoredPunch stored = inbox.find(key(TestSettings.SERIAL_NUMBER)).orElseThrow();
        assertThat(stored.details().temperature()).isNull();
        assertThat(stored.details().faceMask()).isNull();
        assertThat(stored.details().extra()).isEqualTo("{\"Door\":\"east\",\"Pin\":\"[removed]\"}");
        assertThat(stored.toString()).doesNotContain(TestSettings.TOKEN, "39.9", "4711");
    }

    @Test
    void a_punch_that_can_not_be_read_is_quarantined_and_acknowledged() {
        // Given
        String body = """
                {"RealTime":{"PunchLog":{"Type":"CheckIn","UserId":"%s","LogTime":"no time, %s"},"AuthToken":"%s","SerialNumber":"%s"}}""".formatted(USER, at, TestSettings.TOKEN, TestSettings.SERIAL_NUMBER);
        long before = inbox.counts().getOrDefault(PunchState.QUARANTINED, 0L);

        // When
        Response answer = Callbacks.post(body);

        // Then
        assertDone(answer);
        assertThat(inbox.counts().getOrDefault(PunchState.QUARANTINED, 0L)).isEqualTo(before + 1);
        String content = "{\"Type\":\"CheckIn\",\"UserId\":\"" + USER + "\",\"LogTime\":\"no time, " + at + "\"}";
        StoredPunch stored = inbox.find(PunchKey.ofUnreadable(new SerialNumber(TestSettings.SERIAL_NUMBER), content))
                .orElseThrow();
        assertThat(stored.reason()).contains("time");
    }

    @Test
    void a_device_that_nobody_declared_is_kept_under_its_serial_number() {
        // When
        Response answer = Callbacks.post(Callbacks.punch("SN-NOBODYS", TestSettings.TOKEN, USER, "CheckIn", at));

        // Then
        assertDone(answer);
        assertThat(inbox.find(key("SN-NOBODYS")).orElseThrow().device()).isEqualTo(new SerialNumber("SN-NOBODYS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate-token", "no-token-of-ours", "", " ", "head-office-toke", "Head-Office-Token"})
    void a_token_that_is_not_this_devices_is_refused_and_nothing_is_stored(String token) {
        // Given
        long before = total();

        // When
        Response answer = Callbacks.post(punch(token));

        // Then
        assertRefused(answer, 403);
        assertThat(total()).isEqualTo(before);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))).isEmpty();
    }

    @Test
    void a_callback_without_a_token_is_refused() {
        // When
        Response answer = Callbacks.post(punch(TestSettings.TOKEN).replace("AuthToken", "NoToken"));

        // Then
        assertRefused(answer, 403);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        TestSettings.SECURITY_KEY + ",AES/ECB/PKCS5Padding",
        TestSettings.SECURITY_KEY + ",zeros",
        TestSettings.PREVIOUS_SECURITY_KEY + ",AES/ECB/PKCS5Padding",
        TestSettings.PREVIOUS_SECURITY_KEY + ",zeros"
    })
    void an_encrypted_punch_is_stored_and_acknowledged(String key, String padding) {
        // When
        Response answer = Callbacks.post(encrypted(punch(TestSettings.TOKEN), key, padding));

        // Then
        assertDone(answer);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))).isPresent();
    }

    @Test
    void what_none_of_the_keys_opens_is_refused() {
        // When
        Response answer = Callbacks.post(
                encrypted(punch(TestSettings.TOKEN), "another-key-another-key-another!", "AES/ECB/PKCS5Padding"));

        // Then
        assertRefused(answer, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "<punch/>", "{\"RealTime\":", "null"})
    void what_is_not_json_is_a_bad_request(String body) {
        // When
        Response answer = Callbacks.post(body);

        // Then
        assertRefused(answer, 400);
    }

    @Test
    void a_body_over_the_limit_is_refused_before_any_of_it_is_read() throws IOException {
        // When
        int status = RawRequest.claiming(RestAssured.port, (1 << 20) + 1);

        // Then
        assertThat(status).isEqualTo(413);
    }

    @Test
    void a_body_just_below_the_limit_is_taken() {
        // When
        Response answer =
                Callbacks.post(punch(TestSettings.TOKEN).replace("\"op\"", "\"" + "x".repeat((1 << 20) - 1000) + "\""));

        // Then
        assertDone(answer);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))
                        .orElseThrow()
                        .details()
                        .operationId())
                .hasSize(140);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"utf-8\"",
                "text/plain",
                "text/html; charset=iso-8859-1",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/octet-stream",
                "application/vnd.nobody.knows",
                "json",
                "*/*"
            })
    void the_content_type_is_not_looked_at(String contentType) {
        // When
        Response answer = RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(contentType, io.restassured.http.ContentType.TEXT)))
                .header("Content-Type", contentType)
                .body(punch(TestSettings.TOKEN).getBytes(UTF_8))
                .post("/cams/callback");

        // Then
        assertDone(answer);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?stgid=ST1",
                "?stgid=ST1&direction=in&db=x",
                "?stgid=",
                "?stgid",
                "?stgid=a&stgid=b",
                "?stgid=%F0%9F%98%80",
                "?x=%00",
                "?&&=&"
            })
    void any_query_is_fine(String query) throws Exception {
        // When
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + RestAssured.port + "/cams/callback" + query))
                                .POST(BodyPublishers.ofString(punch(TestSettings.TOKEN)))
                                .build(),
                        BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(DONE);
        assertThat(inbox.find(key(TestSettings.SERIAL_NUMBER))).isPresent();
    }

    @Test
    void any_accept_header_is_answered_in_json() {
        // When
        Response answer = RestAssured.given()
                .accept("text/html")
                .contentType("application/json")
                .body(punch(TestSettings.TOKEN))
                .post("/cams/callback");

        // Then
        assertDone(answer);
    }

    @Test
    void the_previous_token_works_beside_the_current_one() {
        // Given
        RecordingInbox recording = new RecordingInbox();
        CallbackResource resource = resource(recording);

        // When
        int status = post(resource, punch(TestDoor.PREVIOUS_TOKEN));

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(recording.take()).isPresent();
    }

    @Test
    void what_could_not_be_stored_is_not_acknowledged_until_it_can() {
        // Given
        RecordingInbox recording = new RecordingInbox();
        CallbackResource resource = resource(recording);
        recording.failing(true);
        int whileFailing = post(resource, punch(TestSettings.TOKEN));
        recording.failing(false);

        // When
        int afterwards = post(resource, punch(TestSettings.TOKEN));

        // Then
        assertThat(whileFailing).isEqualTo(503);
        assertThat(afterwards).isEqualTo(200);
        assertThat(recording.take()).isPresent();
    }

    private static CallbackResource resource(RecordingInbox recording) {
        return new CallbackResource(TestDoor.open(recording, ZoneId.of("Africa/Nairobi")), new SimpleMeterRegistry());
    }

    private static int post(CallbackResource resource, String body) {
        return resource.callback(body.getBytes(UTF_8), null)
                .await()
                .indefinitely()
                .getStatus();
    }

    private String punch(String token) {
        return Callbacks.punch(TestSettings.SERIAL_NUMBER, token, USER, "CheckIn", at);
    }

    private PunchKey key(String serialNumber) {
        return Punch.of(new SerialNumber(serialNumber), new UserId(USER), at, "CheckIn", PunchDetails.NONE)
                .key();
    }

    private StoredEvent event(String operationId) {
        List<StoredEvent> events = inbox.recentEvents(100).stream()
                .filter(stored -> operationId.equals(stored.event().operationId()))
                .toList();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** Of punches in whatever state; none is ever removed. */
    private long total() {
        Map<PunchState, Long> counts = inbox.counts();
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void assertDone(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.body().asString()).isEqualTo(DONE);
    }

    private static void assertRefused(Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.jsonPath().getString("status")).isEqualTo("error");
        assertThat(answer.jsonPath().getString("message")).isNotBlank();
    }

    @SuppressWarnings("InsecureCryptoUsage") // the vendor's wire format
    private static String encrypted(String json, String key, String padding) {
        try {
            byte[] plain = json.getBytes(UTF_8);
            boolean zeros = padding.equals("zeros");
            Cipher aes = Cipher.getInstance(zeros ? "AES/ECB/NoPadding" : padding);
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(UTF_8), "AES"));
            byte[] padded = zeros ? Arrays.copyOf(plain, (plain.length + 15) / 16 * 16) : plain;
            return Base64.getEncoder().encodeToString(aes.doFinal(padded));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }
}
