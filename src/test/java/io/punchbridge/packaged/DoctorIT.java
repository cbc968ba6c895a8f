package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedUser;
import io.punchbridge.testing.Callbacks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar's set-up check, in a process of its own. */
class DoctorIT {
    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");

    @TempDir
    Path directory;

    private record Said(int exitCode, String output) {}

    @Test
    void without_a_service_it_checks_and_leaves_nothing() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start()) {

            // When
            Said said = doctor(Settings.forFrappe(frappe));

            // Then
            assertThat(said.output())
                    .contains("+ passed      Configuration", "+ passed      Storage", "+ passed      Address")
                    .contains("+ passed      Token", "cams@hr.localhost", "! WARNING     Punch key")
                    .contains("There is nothing stored yet")
                    .doesNotContain("Exception", "Listening on", SimulatedFrappe.API_KEY, SimulatedFrappe.API_SECRET);
            assertThat(said.exitCode()).isIn(0, 1);
            assertThat(files()).isEmpty();
            assertThat(frappe.checkins()).isEmpty();
        }
    }

    @Test
    void beside_a_service_it_disturbs_nothing() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                        SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start();
                ServiceProcess service = new ServiceProcess.Setup(directory)
                        .environment(Settings.forFrappe(frappe))
                        .start()) {

            // When
            Said said = doctor(Settings.forFrappe(frappe));

            // Then
            // lines are wrapped where the path of the store ends
            assertThat(said.output().replaceAll("\\s+", " "))
                    .contains("+ passed Storage", "as this version wants it", "SQLite's quick check finds no damage")
                    .doesNotContain("in use by another Punchbridge", "Listening on", "Exception");
            assertThat(service.post(Callbacks.punch(Settings.SERIAL_NUMBER, Settings.TOKEN, "7", "CheckIn", MORNING))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.output()).doesNotContain("Exception", "locked by another program");
            assertThat(service.stop()).isZero();
        }
    }

    @Test
    void the_fix_is_made_once_with_the_token_of_that_command() throws Exception {
        // Given
        try (SimulatedFrappe frappe =
                SimulatedFrappe.withEmployees(Clock.systemUTC(), 20).start()) {
            frappe.addUser(SimulatedUser.systemManager("sysmgr@hr.localhost", "manager-key", "manager-secret"));
            Map<String, String> environment = new TreeMap<>(Settings.forFrappe(frappe));
            environment.put("PUNCHBRIDGE_FIX_TOKEN", "manager-key:manager-secret");

            // When
            Said first = doctor(environment, "--fix", "--yes");
            Said again = doctor(environment, "--fix", "--yes");

            // Then
            assertThat(first.output())
                    .contains("custom_cams_punch_key made.", "- not checked Punch key")
                    .doesNotContain("manager-key", "manager-secret", "Exception");
            assertThat(again.output())
                    .contains("- not checked Punch key")
                    .doesNotContain("custom_cams_punch_key made.", "manager-secret");
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void a_wrong_configuration_is_told_whole() throws Exception {
        // When
        Said said = doctor(Map.of("PUNCHBRIDGE_FRAPPE_URL", "no address", "PUNCHBRIDGE_FRAPPE_API_KEI", "x"));

        // Then
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.output())
                .contains("The set-up can't be checked", "punchbridge.frappe.url", "PUNCHBRIDGE_FRAPPE_API_KEI")
                .contains("punchbridge.frappe.api-secret", "declare at least one device")
                .doesNotContain("Exception");
        assertThat(files()).isEmpty();
    }

    @Test
    void scripts_get_json_alone_and_an_exit_code() throws Exception {
        // Given
        Map<String, String> environment;
        try (SimulatedFrappe frappe =
                SimulatedFrappe.withEmployees(Clock.systemUTC(), 1).start()) {
            environment = Settings.forFrappe(frappe);
        }

        // When
        Said said = doctor(environment, "--json");

        // Then
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.output().strip()).startsWith("{").endsWith("}").contains("\"failed\" : true", "Can't connect");
    }

    private Said doctor(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                ServiceProcess.APP.toAbsolutePath().resolve("quarkus-run.jar").toString(),
                "doctor"));
        line.addAll(List.of(options));
        Path output = Files.createTempFile("doctor", ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PUNCHBRIDGE_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .toList();
        }
    }
}
