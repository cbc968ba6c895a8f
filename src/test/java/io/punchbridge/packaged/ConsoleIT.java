package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service has the console in it: pages, style, scripts. */
@Timeout(300)
class ConsoleIT {
    /** Of the password below, of the least cost that is taken. */
    private static final String HASH = "$2b$10$waPQVSvKtFamsvzb5wqdiu0xRZLUXyZPDsJ1lBQNH8j8NNxirgOPC";

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("jane:sandbox".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private final SimulatedFrappe frappe = SimulatedFrappe.withEmployees(Clock.systemUTC(), 20);
    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void startFrappe() {
        frappe.start();
    }

    @AfterEach
    void stopFrappe() {
        frappe.close();
    }

    @Test
    void all_that_a_browser_asks_for_is_there() throws Exception {
        // Given
        try (ServiceProcess service = new ServiceProcess.Setup(directory)
                .environment(Settings.forFrappe(frappe))
                .environment("PUNCHBRIDGE_CONSOLE_USERS_JANE_PASSWORD_HASH", HASH)
                .environment("PUNCHBRIDGE_CONSOLE_USERS_JANE_ROLE", "viewer")
                .start()) {
            Map<String, Integer> statuses = new TreeMap<>();

            // When
            for (String path : paths().toList()) {
                statuses.put(path, get(service, path).statusCode());
            }

            // Then
            assertThat(statuses.values()).as("%s", statuses).containsOnly(200);
            assertThat(service.output()).doesNotContain("\tat ");
        }
    }

    private static Stream<String> paths() {
        return Stream.of(
                "/",
                "/punches",
                "/held",
                "/devices",
                "/load-log",
                "/attendance",
                "/set-up-check",
                "/roster",
                "/console/console.css",
                "/console/icon.svg",
                "/webjars/htmx.org/2.0.4/dist/htmx.min.js",
                "/webjars/htmx-ext-sse/2.2.2/sse.js",
                "/q/openapi");
    }

    private HttpResponse<String> get(ServiceProcess service, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(service.url(path))
                        .header("Authorization", CREDENTIALS)
                        .build(),
                BodyHandlers.ofString());
    }
}
