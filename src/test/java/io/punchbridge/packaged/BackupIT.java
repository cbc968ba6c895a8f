package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedDevice;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedGateway;
import io.punchbridge.testing.Callbacks;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is lost, and yesterday's backup put in its place, as docs/operations.md says. */
class BackupIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/cams/callback");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final SimulatedDevice device = new SimulatedDevice(
            "head-office", Settings.SERIAL_NUMBER, Settings.TOKEN, ZoneId.of("Africa/Nairobi"), "st-1");

    @Test
    void after_a_restore_nothing_is_missing_and_nothing_is_there_twice() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                SimulatedGateway gateway = new SimulatedGateway(Clock.systemUTC(), NOWHERE)) {
            gateway.api().latency(Duration.ofMillis(5));
            gateway.addDevice(device);
            gateway.start();
            ServiceProcess.Setup setup = new ServiceProcess.Setup(directory).environment(settings(frappe, gateway));
            try (ServiceProcess first = setup.start()) {
                punch(1, 5, first, gateway);
                awaitCheckins(frappe, 5);
                frappe.refuseConnections();
                punch(6, 6, first, gateway);
                await().atMost(PATIENCE)
                        .until(() -> Http.get(first.managementUrl("/q/health/ready"))
                                .body()
                                .contains("AWAY"));
                backUp();
                frappe.acceptConnections();
                punch(7, 9, first, gateway);
                awaitCheckins(frappe, 9);
                frappe.refuseConnections();
                punch(10, 11, first, gateway);
                first.kill();
            }
            loseTheStoreAndRestore();
            frappe.acceptConnections();
            try (ServiceProcess second = setup.start()) {
                await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("data/punchbridge.token")));

                // When
                String said = loadLog();

                // Then
                assertThat(said).contains("head-office: stored. 11 rows, 5 new");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(Http.get(second.managementUrl("/q/metrics"))
                                        .body())
                                .containsPattern("punchbridge_punches\\{state=\"delivered\",?} 11\\.0")
                                .containsPattern("punchbridge_punches\\{state=\"pending\",?} 0\\.0"));
                assertThat(frappe.checkins())
                        .extracting(SimulatedCheckin::employee)
                        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 11)
                                .mapToObj("HR-EMP-%05d"::formatted)
                                .toList());
            }
        }
    }

    private static Map<String, String> settings(SimulatedFrappe frappe, SimulatedGateway gateway) {
        Map<String, String> settings = new TreeMap<>(Settings.forFrappe(frappe));
        settings.put("PUNCHBRIDGE_GATEWAY_ENDPOINT", gateway.api().endpoint().toString());
        settings.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_SERVICE_TAG_ID", "st-1");
        settings.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_TIME_ZONE", "Africa/Nairobi");
        settings.put("PUNCHBRIDGE_RECONCILIATION_ENABLED", "false");
        return settings;
    }

    /** At the device, which keeps it, and by callback. */
    private void punch(int firstUser, int lastUser, ServiceProcess service, SimulatedGateway gateway) {
        for (int user = firstUser; user <= lastUser; user++) {
            String id = String.valueOf(user);
            Instant at = MORNING.plusSeconds(60L * user);
            gateway.punchUnnoticed(device, new LoggedPunch(id, "CheckIn", at, "Fingerprint"));
            assertThat(service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, id, "CheckIn", at))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static void awaitCheckins(SimulatedFrappe frappe, int count) {
        await().atMost(PATIENCE).until(() -> frappe.checkinCount() == count);
    }

    private Path store() {
        return directory.resolve("data/punchbridge.db");
    }

    private Path backup() {
        return directory.resolve("backup.db");
    }

    /** As sqlite3 does it, beside the running service. */
    private void backUp() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store());
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + backup() + "'");
        }
    }

    private void loseTheStoreAndRestore() throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(store().resolveSibling("punchbridge.db" + suffix));
        }
        Files.copy(backup(), store());
    }

    private String loadLog() throws IOException, InterruptedException {
        Path output = directory.resolve("load-log.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-jar",
                        ServiceProcess.APP
                                .toAbsolutePath()
                                .resolve("quarkus-run.jar")
                                .toString(),
                        "load-log",
                        "--device",
                        "all",
                        "--from",
                        "2026-01-18",
                        "--to",
                        "2026-01-20")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PUNCHBRIDGE_") || name.startsWith("QUARKUS_"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
