package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PunchbridgeCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void a_wrong_configuration_is_told_and_the_service_is_not_asked() {
        // Given
        CommandLine line = commandLine(new ConfigurationException("punchbridge.storage.engine is wrong."));

        // When
        int exitCode = line.execute("load-log", "--device", "all", "--from", "2026-10-01");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
        assertThat(err.toString().strip()).isEqualTo("punchbridge.storage.engine is wrong.");
    }

    @Test
    void a_surprise_says_what_to_do_with_it() {
        // Given
        CommandLine line = commandLine(new IllegalStateException("something else"));

        // When
        int exitCode = line.execute("load-log", "--device", "all", "--from", "2026-10-01");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_DONE);
        assertThat(err.toString())
                .startsWith("The command failed in a way that nobody planned; please report it:")
                .contains("something else");
    }

    private CommandLine commandLine(RuntimeException thrown) {
        PunchbridgeCommand command = new PunchbridgeCommand(
                () -> {
                    throw thrown;
                },
                Clock.systemUTC(),
                "1.0");
        return command.commandLine(false, Waiting.REAL).setErr(new PrintWriter(err, true));
    }
}
