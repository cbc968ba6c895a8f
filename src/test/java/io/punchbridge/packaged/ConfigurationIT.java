package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged service is configured, and what it says when it can't start. */
class ConfigurationIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");

    @TempDir
    Path directory;

    private final SimulatedFrappe frappe = SimulatedFrappe.withEmployees(Clock.systemUTC(), 20);

    @BeforeEach
    void startFrappe() {
        frappe.start();
    }

    @AfterEach
    void stopFrappe() {
        frappe.close();
    }

    @Test
    void the_environment_alone_is_enough() {
        // Given
        try (ServiceProcess service = new ServiceProcess.Setup(directory)
                .environment(Settings.forFrappe(frappe))
                .start()) {
            // When
            HttpResponse<String> answer =
                    service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckOut", MORNING));

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            awaitOneCheckinFrom("head-office");
            assertThat(directory.resolve("data/punchbridge.db")).isNotEmptyFile();
        }
    }

    @Test
    void a_device_in_yaml_takes_its_token_from_the_environment() {
        // Given
        try (ServiceProcess service = new ServiceProcess.Setup(directory)
                .yaml("""
                        punchbridge:
                          frappe:
                            url: "%s"
                            api-key: simulated-key
                          devices:
                            head-office:
                              serial-number: ZHM11xxxxxxxx
                          check-in:
                            oldest: 3650d
                        """.formatted(frappe.url()))
                .environment("PUNCHBRIDGE_FRAPPE_API_SECRET", "simulated-secret")
                .environment("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN", Settings.TOKEN)
                .start()) {
            // When
            HttpResponse<String> answer =
                    service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING));

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            awaitOneCheckinFrom("head-office");
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_nothing_is_begun() {
        // Given
        ServiceProcess.Setup setup = new ServiceProcess.Setup(directory)
                .yaml("""
                        punchbridge:
                          frappe:
                            api-key: the-api-key-in-use
                            time-zone: Mars/Base
                          gateway:
                            security-key: much-too-short-a-security-key
                          devices:
                            head-office:
                              serial-number: ZHM11xxxxxxxx
                              auth-tokn: token-behind-a-typo
                        """)
                .environment("PUNCHBRIDGE_FRAPPE_API_SECRETS", "secret-behind-a-typo");

        // When
        try (ServiceProcess service = setup.launch()) {
            int exitCode = service.awaitExit();

            // Then
            assertThat(exitCode).isNotZero();
            assertThat(service.output())
                    .contains("7 things")
                    .contains("punchbridge.frappe.url  (environment: PUNCHBRIDGE_FRAPPE_URL)")
                    .contains("punchbridge.frappe.api-secret  (environment: PUNCHBRIDGE_FRAPPE_API_SECRET)")
                    .contains("punchbridge.frappe.time-zone  (environment: PUNCHBRIDGE_FRAPPE_TIME_ZONE)")
                    .contains("Mars/Base")
                    .contains("punchbridge.gateway.security-key  (environment: PUNCHBRIDGE_GATEWAY_SECURITY_KEY)")
                    .contains("punchbridge.devices.head-office.auth-token"
                            + "  (environment: PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN)")
                    .contains("punchbridge.devices.head-office.auth-tokn")
                    .contains("Is punchbridge.devices.head-office.auth-token meant?")
                    .contains("PUNCHBRIDGE_FRAPPE_API_SECRETS")
                    .contains("Is PUNCHBRIDGE_FRAPPE_API_SECRET meant?")
                    .doesNotContain("\tat ", "Exception", "Caused by")
                    .doesNotContain(
                            "the-api-key-in-use", "much-too-short", "token-behind-a-typo", "secret-behind-a-typo");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void a_second_process_on_the_same_file_is_refused_and_the_first_goes_on() {
        // Given
        ServiceProcess.Setup setup = new ServiceProcess.Setup(directory).environment(Settings.forFrappe(frappe));
        try (ServiceProcess first = setup.start();
                // When
                ServiceProcess second = setup.launch()) {
            int exitCode = second.awaitExit();

            // Then
            assertThat(exitCode).isNotZero();
            assertThat(second.output())
                    .contains("punchbridge.db is in use by another Punchbridge")
                    .contains("punchbridge.storage.sqlite.file")
                    .doesNotContain("\tat ", "Caused by");
            assertThat(first.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING))
                            .statusCode())
                    .isEqualTo(200);
            awaitOneCheckinFrom("head-office");
        }
    }

    private void awaitOneCheckinFrom(String device) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(frappe.checkins())
                        .singleElement()
                        .satisfies(checkin -> {
                            assertThat(checkin.employee()).isEqualTo("HR-EMP-00007");
                            assertThat(checkin.deviceId()).isEqualTo(device);
                        }));
    }
}
