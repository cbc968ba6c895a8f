package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pause} and {@code resume}, as a person meets them. */
class DeliveryCommandTest {
    private static final String PAUSE = "POST /api/v1/delivery/pause";
    private static final String RESUME = "POST /api/v1/delivery/resume";
    private static final String BY_JANE = """
            {"since":"2026-11-02T05:00:00Z","by":"jane","authority":"name and password","reason":"Upgrade\\u001b[31m."}""";

    @TempDir
    Path directory;

    private FakeService service;
    private CommandRun command;

    @BeforeEach
    void start() {
        Path tokenFile = directory.resolve("punchbridge.token");
        service = new FakeService(tokenFile);
        command = new CommandRun(tokenFile);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--reason", "--why"})
    void a_pause_is_asked_for_with_its_reason(String option) {
        // Given
        service.on(PAUSE, 200, "{\"paused\":" + BY_JANE + ",\"note\":\"Punches wait.\"}");

        // When
        command.execute("pause", option, "ERPNext is upgraded");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(service.requests()).containsExactly(PAUSE + " {\"reason\":\"ERPNext is upgraded\"}");
        assertThat(command.out().lines()).containsExactly("Delivery is paused. Punches wait.");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void without_a_reason_nothing_is_asked() {
        // When
        command.execute("pause");

        // Then
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("--reason");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void who_pauses_second_is_told_who_was_first() {
        // Given
        service.on(PAUSE, 409, "{\"detail\":\"Delivery is paused already.\",\"paused\":" + BY_JANE + "}");

        // When
        command.execute("pause", "--reason", "so");

        // Then
        assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_DONE);
        assertThat(command.err().lines())
                .containsExactly(
                        "Delivery is paused already.", "It was paused 2026-11-02T05:00:00Z by jane: Upgrade [31m.");
    }

    @Test
    void to_resume_needs_no_reason_and_says_what_is_over() {
        // Given
        service.on(RESUME, 200, "{\"ended\":" + BY_JANE + ",\"note\":\"Delivery goes on.\"}");

        // When
        command.execute("resume");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(service.requests()).containsExactly(RESUME + " {}");
        assertThat(command.out().lines())
                .containsExactly(
                        "Delivery is resumed. It was paused 2026-11-02T05:00:00Z by jane: Upgrade [31m.",
                        "Delivery goes on.");
    }

    @Test
    void to_resume_what_is_not_paused_is_not_done() {
        // Given
        service.on(RESUME, 409, "{\"detail\":\"Delivery isn't paused.\"}");

        // When
        command.execute("resume", "--why", "It is done.");

        // Then
        assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_DONE);
        assertThat(service.requests()).containsExactly(RESUME + " {\"reason\":\"It is done.\"}");
        assertThat(command.err().lines()).containsExactly("Delivery isn't paused.");
    }

    @Test
    void a_script_gets_the_answer_as_it_is() {
        // Given
        service.on(PAUSE, 200, "{\"paused\":" + BY_JANE + ",\"note\":\"Punches wait.\"}");

        // When
        command.execute("pause", "--reason", "so", "--json");

        // Then
        assertThat(command.out()).startsWith("{").contains("\"by\" : \"jane\"", "\"note\" : \"Punches wait.\"");
    }
}
