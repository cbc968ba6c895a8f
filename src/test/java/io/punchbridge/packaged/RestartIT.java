package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.packaged.PunchingStaff.Expected;
import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.Speed;
import io.punchbridge.testing.Callbacks;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is stopped, and Frappe goes away, while callbacks come. */
class RestartIT {
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
    void a_stop_under_load_ends_well_and_loses_nothing() throws Exception {
        // Given
        frappe.speed(Speed.oneAtATime(Duration.ofMillis(10), Duration.ofMillis(2)));
        ServiceProcess.Setup setup = new ServiceProcess.Setup(directory).environment(Settings.forFrappe(frappe));
        try (PunchingStaff staff =
                        new PunchingStaff(Settings.SERIAL_NUMBER, Settings.TOKEN, MORNING, 4, new Random(1));
                ServiceProcess first = setup.start()) {
            staff.open(first.callback());
            staff.punch(100_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> frappe.checkinCount() > 20);

            // When
            long began = System.nanoTime();
            int exitCode = first.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            // Then
            assertThat(exitCode).isZero();
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(first.output()).contains("punchbridge stopped in").doesNotContain("\tat ");
            staff.shut();
            try (ServiceProcess second = setup.start()) {
                staff.open(second.callback());
                staff.goHome();
                await().atMost(Duration.ofMinutes(2))
                        .until(() ->
                                frappe.checkinCount() >= staff.acknowledged().size());
            }
            assertThat(Expected.in(frappe)).containsExactlyInAnyOrderElementsOf(staff.acknowledged());
            assertThat(staff.surprises()).isEmpty();
        }
    }

    @Test
    void the_door_stays_open_while_frappe_is_away_and_everything_arrives_when_it_is_back() {
        // Given
        frappe.refuseConnections();
        try (ServiceProcess service = new ServiceProcess.Setup(directory)
                .environment(Settings.forFrappe(frappe))
                .start()) {
            HttpResponse<String> first = service.post(callback("1"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ready(service).body().contains("\"AWAY\""));
            HttpResponse<String> whileAway = ready(service);
            frappe.acceptConnections();
            await().atMost(Duration.ofSeconds(30)).until(() -> frappe.checkinCount() == 1);
            frappe.refuseConnections();
            HttpResponse<String> second = service.post(callback("2"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ready(service).body().contains("\"AWAY\""));
            HttpResponse<String> whileAwayAgain = ready(service);

            // When
            frappe.acceptConnections();

            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> frappe.checkinCount() == 2);
            assertThat(List.of(first, second))
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
            assertThat(List.of(whileAway, whileAwayAgain)).allSatisfy(ready -> {
                assertThat(ready.statusCode()).isEqualTo(200);
                assertThat(ready.body()).contains("\"status\": \"UP\"").contains("frappe_reason");
            });
            assertThat(frappe.checkins())
                    .extracting(SimulatedCheckin::employee)
                    .containsExactly("HR-EMP-00001", "HR-EMP-00002");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ready(service).body().contains("\"PROVEN\""));
        }
    }

    private static HttpResponse<String> ready(ServiceProcess service) {
        return Http.get(service.managementUrl("/q/health/ready"));
    }

    private static String callback(String user) {
        return Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, user, "CheckIn", MORNING);
    }
}
