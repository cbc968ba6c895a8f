package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.RawRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One running service, set up by a YAML file in its working directory: what goes in and what can be seen. */
class PackagedServiceIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final Instant MORNING = Instant.parse("2024-09-18T05:00:00Z");

    /** From the vendor's reference, with our token. */
    private static final String PUBLISHED = """
            {"RealTime":{"OperationID":"9nu1wak5616p","LabelName":"Head Office","SerialNumber":"ZHM11xxxxxxxx","PunchLog":{"Type":"CheckIn","Temperature":"36.8","FaceMask":false,"InputType":"Fingerprint","UserId":"2","LogTime":"2024-09-17 07:48:22 GMT +0300"},"AuthToken":"COJJ7eiiPBGUfmIQPvh2PJWWDLX7OuKs","Time":"2024-09-17 04:49:03 GMT +0000"}}""";

    @TempDir
    static Path directory;

    private static final SimulatedFrappe FRAPPE = SimulatedFrappe.withEmployees(Clock.systemUTC());
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        FRAPPE.start();
        service = new ServiceProcess.Setup(directory)
                .yaml("""
                        punchbridge:
                          frappe:
                            url: "%s"
                            api-key: simulated-key
                            api-secret: simulated-secret
                          devices:
                            head-office:
                              serial-number: ZHM11xxxxxxxx
                              auth-token: COJJ7eiiPBGUfmIQPvh2PJWWDLX7OuKs
                          check-in:
                            oldest: 3650d
                          storage:
                            sqlite:
                              file: store/punches.db
                        """.formatted(FRAPPE.url()))
                .start();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        FRAPPE.close();
    }

    @Test
    void the_published_callback_becomes_one_check_in() {
        // When
        HttpResponse<String> answer = service.post(PUBLISHED);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"done\"}");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(FRAPPE.checkins())
                        .filteredOn(checkin -> checkin.employee().equals("HR-EMP-00002"))
                        .singleElement()
                        .satisfies(checkin -> {
                            assertThat(checkin.time()).isEqualTo(LocalDateTime.of(2024, 9, 17, 7, 48, 22));
                            assertThat(checkin.logType()).isEqualTo("IN");
                            assertThat(checkin.deviceId()).isEqualTo("head-office");
                        }));
    }

    @Test
    void the_punches_are_kept_where_the_configuration_says() {
        // When
        Path store = directory.resolve("store/punches.db");

        // Then
        assertThat(store).isNotEmptyFile();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready", "/q/health/started"})
    void probes_answer_on_the_management_port(String probe) {
        // When
        HttpResponse<String> answer = Http.get(service.managementUrl(probe));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q"})
    void the_public_port_shows_neither_probes_nor_metrics(String path) {
        // When
        HttpResponse<String> answer = Http.get(service.url(path));

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void the_management_port_takes_no_callbacks() {
        // When
        HttpResponse<String> answer = Http.post(service.managementUrl("/cams/callback"), PUBLISHED);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void metrics_are_named_as_documented() {
        // Given
        punch(3);

        // When
        HttpResponse<String> metrics = Http.get(service.managementUrl("/q/metrics"));

        // Then
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body().lines())
                .anyMatch(line -> line.startsWith("punchbridge_callbacks_total{outcome=\"stored\""))
                .anyMatch(line -> line.startsWith("punchbridge_ack_seconds_count"))
                .anyMatch(line -> line.startsWith("punchbridge_ack_seconds_bucket{le=\"0.02\""))
                .anyMatch(line -> line.startsWith("punchbridge_punches{state=\"pending\""))
                .anyMatch(line -> line.startsWith("punchbridge_punches{state=\"delivered\""))
                .anyMatch(line -> line.startsWith("punchbridge_backlog_age_seconds"))
                .anyMatch(line -> line.startsWith("punchbridge_deliveries_total{outcome=\"delivered\""))
                .anyMatch(line ->
                        line.matches("punchbridge_device_last_seen_seconds\\{device=\"head-office\",?} [0-9.eE+-]+"));
    }

    @Test
    void a_body_of_exactly_one_mebibyte_is_taken() {
        // When
        HttpResponse<String> answer = service.post(paddedTo(MEBIBYTE, callback(4)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_of_one_byte_more_is_refused() throws IOException {
        // When
        int status = RawRequest.claiming(service.callback().getPort(), MEBIBYTE + 1);

        // Then
        assertThat(status).isEqualTo(413);
    }

    @Test
    void a_body_of_untold_length_is_refused_as_soon_as_it_is_too_large() throws IOException {
        // When
        int status = RawRequest.streaming(service.callback().getPort(), MEBIBYTE + 1);

        // Then
        assertThat(status).isEqualTo(413);
    }

    @Test
    void nothing_but_post_is_taken() {
        // When
        HttpResponse<String> answer = Http.get(service.callback());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    private static void punch(int user) {
        assertThat(service.post(callback(user)).statusCode()).isEqualTo(200);
    }

    private static String callback(int user) {
        return Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, String.valueOf(user), "CheckIn", MORNING);
    }

    private static String paddedTo(int bytes, String json) {
        return json + " ".repeat(bytes - json.getBytes(StandardCharsets.UTF_8).length);
    }
}
