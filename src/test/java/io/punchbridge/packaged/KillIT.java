package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.packaged.Engine.Store;
import io.punchbridge.packaged.PunchingStaff.Expected;
import io.punchbridge.sandbox.Fault;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.Speed;
import io.punchbridge.testing.Callbacks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process dies without warning, again and again, and goes on with the same store. What was acknowledged must stand
 * in Frappe exactly once, and nothing else.
 *
 * <p>The engines die at the same time, as each waits more than it computes.
 *
 * <p>{@code -Dchaos.seed=…} repeats a run's moments of death.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KillIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");
    private static final int CONNECTIONS = 6;
    private static final int PUNCHES_A_LIFE = 300;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    /** Well above Frappe's longest request here, as the default of 125 s is above Frappe's own limit. */
    private static final Duration DOUBT_QUIET = Duration.ofSeconds(6);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofSeconds(2);

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

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void three_deaths_lose_nothing_and_double_nothing(Engine engine) throws Exception {
        surviveDeaths(3, engine);
    }

    @Tag("chaos")
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void twenty_deaths_in_a_row_lose_nothing_and_double_nothing(Engine engine) throws Exception {
        surviveDeaths(20, engine);
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void a_request_that_outlives_its_sender_is_not_sent_again_while_frappe_works_on_it(Engine engine) {
        // Given
        Store store = engine.newStore();
        CompletableFuture<Void> release = new CompletableFuture<>();
        ServiceProcess.Setup setup = setup(store);
        try (ServiceProcess first = setup.start()) {
            frappe.faults().next(1, "/api/resource/Employee Checkin", Fault.heldUntil(release));
            assertThat(first.post(callback("1", "CheckIn", MORNING)).statusCode())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(30)).until(() -> frappe.faults().isEmpty());

            // When
            first.kill();

            // Then
            store.endLeases();
            try (ServiceProcess second = setup.start()) {
                await().atMost(Duration.ofSeconds(60)).until(this::isLookedUp);
                nothingIsSentSoon(0);
                release.complete(null);
                await().atMost(Duration.ofSeconds(60)).until(() -> isSettled(second, 1));
            }
            assertThat(frappe.checkins()).hasSize(1);
        }
    }

    @Tag("chaos")
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void a_request_that_was_sent_long_after_its_claim_is_waited_for_as_long(Engine engine) {
        // Given
        Store store = engine.newStore();
        frappe.refuseConnections();
        CompletableFuture<Void> release = new CompletableFuture<>();
        ServiceProcess.Setup setup = setup(store);
        try (ServiceProcess first = setup.start()) {
            for (String user : List.of("1", "2")) {
                assertThat(first.post(callback(user, "CheckIn", MORNING)).statusCode())
                        .isEqualTo(200);
            }
            frappe.speed(Speed.parallel(LONGEST_REQUEST));
            frappe.faults().next(1, "/api/resource/Employee Checkin", arrival());
            frappe.acceptConnections();
            await().atMost(Duration.ofSeconds(60)).until(() -> frappe.faults().isEmpty());
            // The one that follows, when the first has been answered.
            frappe.faults().next(1, "/api/resource/Employee Checkin", Fault.heldUntil(release));
            await().atMost(Duration.ofSeconds(60)).until(() -> frappe.faults().isEmpty());

            // When
            first.kill();

            // Then
            frappe.speed(Speed.INSTANT);
            store.endLeases();
            // When the next one looks, the claim is older than the quiet time.
            await().pollDelay(DOUBT_QUIET.minus(LONGEST_REQUEST))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> true);
            try (ServiceProcess second = setup.start()) {
                await().atMost(Duration.ofSeconds(60)).until(this::isLookedUp);
                nothingIsSentSoon(1);
                release.complete(null);
                await().atMost(Duration.ofSeconds(60)).until(() -> isSettled(second, 2));
            }
            assertThat(frappe.checkins()).hasSize(2);
        }
    }

    /** Whether Frappe was asked for check-ins. */
    private boolean isLookedUp() {
        return frappe.requests().stream()
                .anyMatch(request ->
                        request.path().contains("get_list") && request.body().contains("\"Employee Checkin\""));
    }

    /** What is not waited with is sent right after the look-up. */
    private void nothingIsSentSoon(int checkinsBefore) {
        await().during(SOON).atMost(SOON.multipliedBy(10)).until(() -> frappe.checkinCount() == checkinsBefore);
    }

    private void surviveDeaths(int deaths, Engine engine) throws Exception {
        // Given
        Random random = seeded();
        frappe.speed(Speed.oneAtATime(Duration.ofMillis(14), Duration.ofMillis(3)));
        Store store = engine.newStore();
        ServiceProcess.Setup setup = setup(store);
        try (PunchingStaff staff =
                new PunchingStaff(Settings.SERIAL_NUMBER, Settings.TOKEN, MORNING, CONNECTIONS, random)) {
            // When
            for (int death = 1; death <= deaths; death++) {
                liveAndDie(setup, staff, random);
                store.endLeases();
            }

            // Then
            try (ServiceProcess survivor = setup.start()) {
                staff.open(survivor.callback());
                staff.goHome();
                int acknowledged = staff.acknowledged().size();
                await().atMost(Duration.ofMinutes(3)).until(() -> isSettled(survivor, acknowledged));
                // Three lives may all end at their start; over twenty, most do not.
                assertThat(acknowledged).isGreaterThanOrEqualTo(deaths < 20 ? 1 : deaths * CONNECTIONS);
            }
            assertThat(Expected.in(frappe)).containsExactlyInAnyOrderElementsOf(staff.acknowledged());
            assertThat(staff.surprises()).isEmpty();
        }
    }

    @Tag("chaos")
    @Test
    void deaths_among_replicas_lose_nothing_and_double_nothing() throws Exception {
        // Given
        Random random = seeded();
        frappe.speed(Speed.oneAtATime(Duration.ofMillis(14), Duration.ofMillis(3)));
        Store store = Engine.POSTGRESQL.newStore();
        ServiceProcess.Setup setup = setup(store);
        try (PunchingStaff staff =
                        new PunchingStaff(Settings.SERIAL_NUMBER, Settings.TOKEN, MORNING, CONNECTIONS, random);
                ServiceProcess steady = setup.start()) {
            // When
            for (int death = 1; death <= 6; death++) {
                try (ServiceProcess mortal = setup.start()) {
                    staff.open(mortal.callback());
                    staff.punch(PUNCHES_A_LIFE);
                    assertThat(mortal.runFor(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS))))
                            .isTrue();
                    staff.open(steady.callback());
                }
            }

            // Then
            staff.goHome();
            assertThat(steady.stop()).isZero();
            store.endLeases();
            int acknowledged = staff.acknowledged().size();
            try (ServiceProcess survivor = setup.start()) {
                await().atMost(Duration.ofMinutes(3)).until(() -> isSettled(survivor, acknowledged));
            }
            assertThat(Expected.in(frappe)).containsExactlyInAnyOrderElementsOf(staff.acknowledged());
            assertThat(staff.surprises()).isEmpty();
        }
    }

    private static Random seeded() {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("Moments of death come from -Dchaos.seed=" + seed);
        return new Random(seed);
    }

    /** One life in four ends before the service is ready: while it opens its store, or takes up its work. */
    private void liveAndDie(ServiceProcess.Setup setup, PunchingStaff staff, Random random) {
        Duration life = Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS));
        try (ServiceProcess service = setup.launch()) {
            if (random.nextInt(4) == 0) {
                assertThat(service.runFor(life.plusMillis(500))).isTrue();
                return;
            }
            service.awaitReady();
            int before = staff.acknowledged().size();
            staff.open(service.callback());
            staff.punch(PUNCHES_A_LIFE);
            // A machine under load may take longer than a life for the first answer: a death before it proves little.
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> staff.acknowledged().size() > before);
            assertThat(service.runFor(life)).isTrue();
        } finally {
            staff.shut();
        }
    }

    private ServiceProcess.Setup setup(Store store) {
        return new ServiceProcess.Setup(directory)
                .environment(Settings.forFrappe(frappe))
                .environment("PUNCHBRIDGE_DELIVERY_DOUBT_QUIET", DOUBT_QUIET.toMillis() + "ms")
                .environment(store.settings());
    }

    /** Changes nothing, and is used up when a request arrives. */
    private static Fault arrival() {
        return Fault.answerLate(Duration.ZERO);
    }

    private static String callback(String user, String type, Instant at) {
        return Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, user, type, at);
    }

    /** Whether the service itself says that so many are delivered, and none waits. */
    private static boolean isSettled(ServiceProcess service, int delivered) {
        List<String> metrics =
                Http.get(service.managementUrl("/q/metrics")).body().lines().toList();
        return gauge(metrics, "delivered") == delivered && gauge(metrics, "pending") == 0;
    }

    private static double gauge(List<String> metrics, String state) {
        return metrics.stream()
                .filter(line -> line.startsWith("punchbridge_punches{state=\"" + state + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
