package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.sandbox.Fault;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the packaged jar, each in a process of its own beside the running service. */
class CommandIT {
    private static final Pattern KEY = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{24}");
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");

    @TempDir
    Path directory;

    private record Said(int exitCode, String output) {}

    @Test
    void a_command_asks_the_running_service_and_starts_no_second_one() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .start()) {
            Path tokenFile = directory.resolve("data/punchbridge.token");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(tokenFile));
            List<String> before = files();

            // When
            Said said = command(Map.of(), "load-log", "--device", "nobody-declared-it", "--from", "2026-10-01");

            // Then
            assertThat(said.output())
                    .contains("nobody-declared-it: not loaded. No device of that name is declared.")
                    .contains("head-office")
                    .doesNotContain("Listening on", "in use by another Punchbridge", "Exception");
            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(files()).isEqualTo(before);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                    .isEqualTo("rw-------");
            assertThat(tokenFile)
                    .content()
                    .contains("url=" + service.url("").toString().replace("localhost", "127.0.0.1"));
            assertThat(service.output()).doesNotContain(token(tokenFile));
            assertThat(service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING))
                            .statusCode())
                    .isEqualTo(200);

            // and delivery is paused and resumed by commands
            assertThat(command(Map.of(), "pause", "--why", "ERPNext is upgraded.")
                            .exitCode())
                    .isZero();
            assertThat(command(Map.of(), "summary").output())
                    .contains("Delivery is paused since", "ERPNext is upgraded.");
            assertThat(command(Map.of(), "resume").output()).contains("Delivery is resumed.", "ERPNext is upgraded.");

            // and its file goes with it
            assertThat(service.stop()).isZero();
            assertThat(tokenFile).doesNotExist();
        }
    }

    @Test
    void a_device_s_log_is_loaded_stored_and_delivered() throws Exception {
        // Given
        URI nowhere = URI.create("http://127.0.0.1:9/cams/callback");
        SimulatedDevice device = new SimulatedDevice(
                "head-office", Settings.SERIAL_NUMBER, Settings.TOKEN, ZoneId.of("Africa/Nairobi"), "st-1");
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                SimulatedGateway gateway = new SimulatedGateway(Clock.systemUTC(), nowhere)) {
            gateway.api().latency(Duration.ofMillis(5));
            gateway.addDevice(device);
            for (int i = 0; i < 120; i++) {
                gateway.punchUnnoticed(
                        device,
                        new LoggedPunch(
                                String.valueOf(1 + i % 20),
                                "CheckIn",
                                MORNING.plus(Duration.ofHours(i)),
                                "Fingerprint"));
            }
            gateway.start();
            Map<String, String> environment = new TreeMap<>(Settings.forFrappe(frappe));
            environment.put(
                    "PUNCHBRIDGE_GATEWAY_ENDPOINT", gateway.api().endpoint().toString());
            environment.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_SERVICE_TAG_ID", "st-1");
            environment.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_TIME_ZONE", "Africa/Nairobi");
            environment.put("PUNCHBRIDGE_RECONCILIATION_ENABLED", "false");
            try (ServiceProcess service =
                    new ServiceProcess.Setup(directory).environment(environment).start()) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> Files.exists(directory.resolve("data/punchbridge.token")));

                // When
                Said said =
                        command(Map.of(), "load-log", "--device", "all", "--from", "2026-01-01", "--to", "2026-03-31");

                // Then
                assertThat(said.output())
                        .contains("head-office: stored. 120 rows, 120 new, 0 of them lost by callbacks");
                assertThat(said.exitCode()).isZero();
                await().atMost(Duration.ofSeconds(60)).until(() -> frappe.checkinCount() == 120);
                assertThat(service.output()).doesNotContain("Exception");
            }
        }
    }

    @Test
    void a_refused_punch_is_found_and_arrives_when_it_is_replayed_after_the_site_was_mended() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .start()) {
            Path tokenFile = directory.resolve("data/punchbridge.token");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(tokenFile));
            frappe.faults().always(Fault.poison("HR-EMP-00007", "Jane may not punch here."));
            service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> command(Map.of(), "punches", "--state", "rejected")
                            .output()
                            .contains("Jane may not punch here."));
            Said found = command(Map.of(), "punches", "--user", "7", "--device", "head-office");
            Matcher key = KEY.matcher(found.output());
            assertThat(key.find()).isTrue();
            frappe.faults().clear();

            // When
            Said replayed = command(Map.of(), "replay", key.group(), "--reason", "The site is mended.");

            // Then
            assertThat(replayed.exitCode()).isZero();
            assertThat(replayed.output()).contains("1 punch is pending again.");
            await().atMost(Duration.ofSeconds(60)).until(() -> frappe.checkinCount() == 1);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(
                                    command(Map.of(), "punches", key.group()).output())
                            .contains("delivered", frappe.url() + "/app/employee-checkin/", "The site is mended."));
            assertThat(service.output()).doesNotContain("Jane", "The site is mended", "Exception");
        }
    }

    @Test
    void without_a_running_service_it_says_so_and_leaves_nothing() throws Exception {
        // When
        Said said = command(Map.of(), "load-log", "--device", "head-office", "--from", "2026-10-01");

        // Then
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.output())
                .contains("No running Punchbridge is found", "data/punchbridge.token", "--token-file")
                .doesNotContain("Exception");
        assertThat(files()).isEmpty();
    }

    @Test
    void the_token_file_is_looked_for_where_the_services_settings_say() throws Exception {
        // Given
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/application.yaml"), """
                punchbridge:
                  storage:
                    sqlite:
                      file: store/of-yaml.db
                """);

        // When
        Said byYaml = command(Map.of(), "load-log", "--device", "head-office", "--from", "2026-10-01");
        Said byEnvironment = command(
                Map.of("PUNCHBRIDGE_CONSOLE_TOKEN_FILE", "elsewhere/of-environment"),
                "load-log",
                "--device",
                "head-office",
                "--from",
                "2026-10-01");

        // Then
        assertThat(byYaml.output()).contains("store/of-yaml.token");
        assertThat(byEnvironment.output()).contains("elsewhere/of-environment");
    }

    @Test
    void help_and_version_need_nothing() throws Exception {
        // When
        Said help = command(Map.of(), "--help");
        Said version = command(Map.of(), "--version");
        Said wrong = command(Map.of(), "load-everything");

        // Then
        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("load-log");
        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).matches("Punchbridge \\d+\\.\\d+\\.\\d+\\S*\\s+");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(files()).isEmpty();
    }

    private Said command(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                ServiceProcess.APP.toAbsolutePath().resolve("quarkus-run.jar").toString()));
        line.addAll(List.of(args));
        Path output = Files.createTempFile("command", ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PUNCHBRIDGE_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    private static String token(Path tokenFile) throws IOException {
        return Files.readAllLines(tokenFile).stream()
                .filter(line -> line.startsWith("token="))
                .findFirst()
                .orElseThrow()
                .substring("token=".length());
    }

    /** All but what a test or a write-ahead log adds meanwhile. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.startsWith("output-") && !name.endsWith("-wal") && !name.endsWith("-shm"))
                    .sorted()
                    .toList();
        }
    }
}
