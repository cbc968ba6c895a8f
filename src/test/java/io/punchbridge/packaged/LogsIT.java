package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs name devices and punches, at every level; secrets and people never. */
class LogsIT {
    private static final String USER = "77012345";
    private static final String STRANGER = "88012345";
    private static final String LEAVER = "99012345";
    private static final String SECURITY_KEY = "0123456789abcdef0123456789ABCDEF";
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");

    @TempDir
    Path directory;

    @Test
    void no_line_of_the_log_holds_a_secret_or_a_person() throws Exception {
        // Given
        try (SimulatedFrappe frappe = new SimulatedFrappe(Clock.systemUTC())
                        .addEmployee("HR-EMP-77001", "Emp777 Test", USER)
                        .addEmployee("HR-EMP-99001", "Emp999 Test", LEAVER)
                        .start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .environment("PUNCHBRIDGE_GATEWAY_SECURITY_KEY", SECURITY_KEY)
                        .environment("QUARKUS_LOG_CATEGORY__IO_PUNCHBRIDGE__LEVEL", "DEBUG")
                        .start()) {
            assertThat(service.post(punch(USER, Settings.TOKEN, MORNING)).statusCode())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(30)).until(() -> frappe.checkinCount() == 1);
            // Frappe knows of it before our list of employees does.
            frappe.changeStatus("HR-EMP-99001", "Inactive", null);

            // When
            List<Integer> answers = Stream.of(
                            punch(LEAVER, Settings.TOKEN, MORNING),
                            punch(STRANGER, Settings.TOKEN, MORNING),
                            inTheFuture(),
                            punch(USER, Settings.TOKEN, MORNING),
                            encrypted(punch(USER, Settings.TOKEN, MORNING.plusSeconds(60)), SECURITY_KEY),
                            userUpdated(),
                            unreadable(),
                            punch(USER, "a-token-that-is-wrong", MORNING),
                            encrypted(punch(USER, Settings.TOKEN, MORNING), "ffffffffffffffffffffffffffffffff"),
                            "{\"UserId\":\"" + USER + "\",\"AuthToken\":\"" + Settings.TOKEN + "\"",
                            "[]")
                    .map(service::post)
                    .map(HttpResponse::statusCode)
                    .toList();

            // Then
            assertThat(answers).containsExactly(200, 200, 200, 200, 200, 200, 200, 403, 403, 400, 400);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(service.output())
                            .contains("kept as rejected")
                            .contains("(held)")
                            .contains("(quarantined)")
                            .contains("UserUpdated")
                            .contains("head-office"));
            service.stop();
            assertThat(service.output())
                    .doesNotContain(Settings.TOKEN, "a-token-that-is-wrong", SECURITY_KEY)
                    .doesNotContain(SimulatedFrappe.API_SECRET, SimulatedFrappe.API_KEY)
                    .doesNotContain(USER, STRANGER, LEAVER)
                    .doesNotContain("Emp777", "Emp999", "HR-EMP-77001", "HR-EMP-99001")
                    .doesNotContain("Emp888", "VGVtcGxhdGU")
                    .doesNotContain("\tat ");
        }
    }

    private static String punch(String user, String token, Instant at) {
        return Callbacks.punch(Settings.SERIAL_NUMBER, token, user, "CheckIn", at);
    }

    private static String inTheFuture() {
        return """
                {"RealTime":{"SerialNumber":"%s","PunchLog":{"Type":"CheckIn","UserId":"%s","LogTime":"2126-01-19 08:00:00 GMT +0300"},"AuthToken":"%s","Time":"2026-01-19 05:00:01 GMT +0000"}}""".formatted(Settings.SERIAL_NUMBER, USER, Settings.TOKEN);
    }

    private static String userUpdated() {
        return """
                {"RealTime":{"OperationID":"op","SerialNumber":"%s","UserUpdated":{"UserID":"%s","FirstName":"Emp888","LastName":"Test","UserType":"User","OperationTime":"2026-01-19 08:00:00 GMT +0300","Template":[{"Type":"Face","UserID":"%s","Size":"8","Index":"0","Data":"VGVtcGxhdGU="}]},"AuthToken":"%s","Time":"2026-01-19 05:00:00 GMT +0000"}}""".formatted(Settings.SERIAL_NUMBER, STRANGER, STRANGER, Settings.TOKEN);
    }

    private static String unreadable() {
        return """
                {"RealTime":{"SerialNumber":"%s","PunchLog":{"Type":"CheckIn","UserId":"%s","LogTime":"yesterday"},"AuthToken":"%s"}}""".formatted(Settings.SERIAL_NUMBER, USER, Settings.TOKEN);
    }

    @SuppressWarnings("InsecureCipherMode") // the vendor's wire format
    private static String encrypted(String json, String key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"));
        return Base64.getEncoder().encodeToString(cipher.doFinal(json.getBytes(StandardCharsets.UTF_8)));
    }
}
