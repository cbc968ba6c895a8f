package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code load-log} as a person meets it: what it asks, says and returns. */
class LoadLogTest {
    private static final String[] OCTOBER = {
        "load-log", "--device", "head-office", "--from", "2026-10-01", "--to", "2026-10-31"
    };

    @TempDir
    Path directory;

    private Path tokenFile;
    private FakeService service;
    private CommandRun command;

    @BeforeEach
    void start() {
        tokenFile = directory.resolve("punchbridge.token");
        service = new FakeService(tokenFile);
        command = new CommandRun(tokenFile);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void it_asks_for_the_range_and_ends_when_it_is_stored() {
        // Given
        service.accepts("r1")
                .shows("r1", "head-office", "running", 1, null)
                .shows("r1", "head-office", "done", 4, null);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(service.requests())
                .first()
                .asString()
                .isEqualTo("POST /api/v1/reconciliation/runs"
                        + " {\"device\":\"head-office\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}");
        assertThat(command.out().lines())
                .containsExactly(
                        "head-office: loading the log from 2026-10-01 to 2026-10-31, run r1.",
                        "head-office: 1 of 4 windows, 3 pages, 150 rows, 2 new",
                        "head-office: stored. 600 rows, 8 new, 4 of them lost by callbacks, 0 unreadable.");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void plain_lines_come_when_something_changed_and_at_most_every_five_seconds() {
        // Given
        service.accepts("r1")
                .shows("r1", "head-office", "running", 0, null)
                .shows("r1", "head-office", "running", 1, null)
                .shows("r1", "head-office", "running", 2, null)
                .shows("r1", "head-office", "running", 2, null)
                .shows("r1", "head-office", "running", 2, null)
                .shows("r1", "head-office", "running", 3, null)
                .shows("r1", "head-office", "running", 3, null)
                .shows("r1", "head-office", "done", 4, null);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.out().lines().filter(line -> line.contains("windows")))
                .containsExactly(
                        "head-office: 0 of 4 windows, 0 pages, 0 rows, 0 new",
                        "head-office: 3 of 4 windows, 9 pages, 450 rows, 6 new");
        assertThat(command.out()).doesNotContain("\r");
    }

    @Test
    void a_terminal_shows_a_bar_that_is_written_over() {
        // Given
        service.accepts("r1")
                .shows("r1", "head-office", "running", 1, null)
                .shows("r1", "head-office", "running", 2, null)
                .shows("r1", "head-office", "done", 4, null);

        // When
        command.onTerminal().execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out())
                .contains("\r[#####...............]  25 %  0:00  head-office: 1/4 windows, 150 rows, 2 new")
                .contains("\r[##########..........]  50 %  0:01  head-office: 2/4 windows, 300 rows, 4 new")
                .endsWith("\r" + " ".repeat(77)
                        + "\rhead-office: stored. 600 rows, 8 new, 4 of them lost by callbacks, 0 unreadable."
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "failed, The device is offline., The device is offline.",
        "cancelled, , Somebody cancelled it.",
        "interrupted, , load the range again",
    })
    void a_run_that_does_not_store_the_range_is_a_failure_with_its_reason(String state, String reason, String told) {
        // Given
        service.accepts("r1").shows("r1", "head-office", state, 2, reason);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err())
                .contains(state, told, "not stored whole", "Complete until 2026-10-15T21:00:00Z", "300 rows");
    }

    @Test
    void what_a_run_waits_for_is_told_once() {
        // Given
        service.accepts("r1")
                .shows("r1", "head-office", "running", 1, "The gateway is busy; asked again in a minute.")
                .shows("r1", "head-office", "running", 1, "The gateway is busy; asked again in a minute.")
                .shows("r1", "head-office", "done", 4, null);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).containsOnlyOnce("The gateway is busy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "409|{\"detail\":\"Another run of this device is under way.\",\"run\":\"r0\"}|under way. Its run is r0.",
                "422|{\"detail\":\"The device is connected by DB pull.\"}|The device is connected by DB pull.",
                "400|no JSON at all|the service answered with status 400",
            })
    void what_the_service_refuses_to_start_is_told_in_its_words(int status, String body, String told) {
        // Given
        service.on("POST /api/v1/reconciliation/runs", status, body);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).startsWith("head-office: not loaded.").contains(told);
    }

    @Test
    void several_devices_are_all_started_and_one_failure_stops_no_other() {
        // Given
        service.accepts("r1")
                .on("POST /api/v1/reconciliation/runs", 422, "{\"detail\":\"Nobody knows it.\"}")
                .accepts("r3")
                .shows("r1", "head-office", "failed", 1, "The device is offline.")
                .shows("r3", "gate", "done", 4, null);

        // When
        command.execute(
                "load-log", "--device", "head-office", "--device", "nowhere", "--device", "gate", "--from=2026-10-01");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("The device is offline.", "nowhere: not loaded. Nobody knows it.");
        assertThat(command.out())
                .contains("gate: loading the log from 2026-10-01 to today, run r3.")
                .contains("gate: stored.")
                .contains("In all: 1 of 2 devices stored; 750 rows, 10 new, 5 of them lost by callbacks.");
    }

    @Test
    void all_means_every_device_that_can_be_asked() {
        // Given
        service.on("GET /api/v1/devices", 200, """
                        {"devices":[{"name":"head-office","unaskable":null},
                         {"name":"canteen","unaskable":"its connection is db-pull, and the gateway reaches no such device"}]}""").accepts("r1").shows("r1", "head-office", "done", 4, null);

        // When
        command.execute("load-log", "--device", "all", "--from", "2026-10-31", "--to", "2026-10-31");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out())
                .contains("canteen: left out, its connection is db-pull")
                .contains("head-office: loading the log of 2026-10-31, run r1.")
                .contains("head-office: stored.");
        assertThat(service.requests())
                .filteredOn(request -> request.startsWith("POST"))
                .hasSize(1);
    }

    @Test
    void all_without_any_device_that_can_be_asked_is_a_failure() {
        // Given
        service.on("GET /api/v1/devices", 200, """
                {"devices":[{"name":"head-office","unaskable":"punchbridge.gateway.endpoint isn't set"}]}""");

        // When
        command.execute("load-log", "--device", "all", "--from", "2026-10-01");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out()).contains("punchbridge.gateway.endpoint isn't set");
        assertThat(command.err()).contains("nothing is loaded");
    }

    @Test
    void without_a_token_file_it_says_what_to_do() {
        // When
        command.execute("load-log", "--device=gate", "--from=2026-10-01", "--token-file=" + directory.resolve("none"));

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err()).contains("No running Punchbridge is found", "none", "--token-file");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void a_token_of_another_start_is_refused_and_never_shown() throws IOException {
        // Given
        Files.writeString(tokenFile, Files.readString(tokenFile).replace("first-token", "token-of-yesterday"));

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err()).contains("doesn't accept the token").doesNotContain("token-of-yesterday");
    }

    @Test
    void a_service_that_does_not_run_is_told_from_one_that_refuses() {
        // Given
        service.stop();

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err()).contains("doesn't answer", "Start it").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=http://192.0.2.1:8080\ntoken=secret",
                "url=ftp://127.0.0.1/\ntoken=secret",
                "url=nonsense\ntoken=secret",
                "token=secret",
                "SQLite format 3",
                "",
            })
    void the_token_goes_to_no_other_host(String content) throws IOException {
        // Given
        Files.writeString(tokenFile, content);

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err())
                .contains("is no token file of a Punchbridge on this host")
                .doesNotContain("secret");
    }

    @Test
    void a_restart_of_the_service_is_waited_for_and_its_new_token_taken() {
        // Given
        service.accepts("r1")
                .shows("r1", "head-office", "running", 1, null)
                .shows("r1", "head-office", "interrupted", 1, null);
        command.meanwhile(second -> {
            if (second == 1) {
                service.stop();
            } else if (second == 10) {
                service.start("second-token");
            }
        });

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.seconds()).isEqualTo(10);
        assertThat(command.err()).contains("interrupted", "load the range again");
    }

    @Test
    void a_service_that_stays_away_is_given_up() {
        // Given
        service.accepts("r1").shows("r1", "head-office", "running", 1, null);
        command.meanwhile(second -> service.stop());

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.seconds()).isEqualTo(31);
        assertThat(command.err()).contains("gone away while it loaded the log of head-office", "load the range again");
    }

    @Test
    void whoever_stops_waiting_hears_that_the_service_goes_on() {
        // Given
        AtomicBoolean told = new AtomicBoolean();
        service.accepts("r1")
                .shows("r1", "head-office", "running", 1, null)
                .shows("r1", "head-office", "done", 4, null);
        command.meanwhile(second -> told.set(command.interrupt()));

        // When
        command.execute(OCTOBER);

        // Then
        assertThat(told).isTrue();
        assertThat(command.out()).contains("The service goes on loading");
        assertThat(command.interrupt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load-log",
                "load-log --device gate",
                "load-log --from 2026-10-01",
                "load-log --device gate --from yesterday",
                "load-log --device gate --from 2026-02-30",
                "load-log --device gate --from 2026-10-02 --to 2026-10-01",
                "load-log --device gate --from 2026-10-01 --until 2026-10-02",
                "load-logs",
                "--serve",
            })
    void a_wrong_command_line_asks_nobody(String line) {
        // When
        command.execute(line.split(" ", -1));

        // Then
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).isNotBlank().doesNotContain("Exception");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void help_and_version_are_told() {
        // When
        CommandRun help = new CommandRun(tokenFile).execute("--help");
        CommandRun version = new CommandRun(tokenFile).execute("--version");
        CommandRun helpOfCommand = new CommandRun(tokenFile).execute("load-log", "--help");

        // Then
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("load-log", "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).isEqualTo("Punchbridge 1.2.3" + System.lineSeparator());
        assertThat(helpOfCommand.exitCode()).isZero();
        assertThat(helpOfCommand.out()).contains("--device", "--from", "--to", "--token-file", "Exit codes");
    }
}
