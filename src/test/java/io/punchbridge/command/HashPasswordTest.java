package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;
import picocli.CommandLine;

/** {@code hash-password}: what it prints, and what it refuses. */
class HashPasswordTest {
    private static final String PASSWORD = "four words of mine";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Deque<String> typed = new ArrayDeque<>();
    private @Nullable String piped;

    @Test
    void a_password_that_is_typed_twice_is_hashed_and_only_the_hash_is_printed() {
        // Given
        typed.addAll(List.of(PASSWORD, PASSWORD));

        // When
        int exitCode = execute();

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().strip()).matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}");
        assertThat(BCrypt.checkpw(PASSWORD, out.toString().strip())).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_was_mistyped_is_asked_for_again() {
        // Given
        typed.addAll(List.of(PASSWORD, "four words of mien", PASSWORD, PASSWORD));

        // When
        int exitCode = execute();

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(BCrypt.checkpw(PASSWORD, out.toString().strip())).isTrue();
        assertThat(err.toString()).contains("differ").doesNotContain("words");
    }

    @Test
    void a_password_can_be_piped_in() {
        // Given
        piped = "mein Paßwort, zwölf";

        // When
        int exitCode = execute("--stdin");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(BCrypt.checkpw("mein Paßwort, zwölf", out.toString().strip()))
                .isTrue();
    }

    @Test
    void a_short_one_is_refused_and_taken_where_one_insists() {
        // Given
        piped = "elevenchars";

        // When
        int refused = execute("--stdin");
        String printed = out.toString();
        int taken = execute("--stdin", "--allow-short");

        // Then
        assertThat(refused).isEqualTo(ExitCode.NOT_DONE);
        assertThat(printed).isEmpty();
        assertThat(err.toString()).contains("12 characters").doesNotContain("elevenchars");
        assertThat(taken).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Paßwörter, die länger sind als bcrypt liest, sind gefährlich: ähnliche öffnen"})
    void an_empty_one_and_one_that_bcrypt_would_cut_are_refused(String password) {
        // Given
        piped = password;

        // When
        int exitCode = execute("--stdin", "--allow-short");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_DONE);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void without_a_terminal_it_says_how_else() {
        // When
        int typedNothing = execute();
        int pipedNothing = execute("--stdin");

        // Then
        assertThat(List.of(typedNothing, pipedNothing)).containsOnly(ExitCode.NOT_DONE);
        assertThat(err.toString()).contains("--stdin");
    }

    @Test
    void no_password_is_taken_from_the_command_line() {
        // Given
        StringWriter said = new StringWriter();
        CommandLine line = new PunchbridgeCommand(() -> Path.of("none"), Clock.systemUTC(), "1.2.3")
                .commandLine(false, Waiting.REAL)
                .setErr(new PrintWriter(said, true));

        // When
        int exitCode = line.execute("hash-password", PASSWORD);

        // Then
        assertThat(exitCode).isEqualTo(2);
    }

    private int execute(String... args) {
        HashPasswordCommand command = new HashPasswordCommand(new PasswordSource() {
            @Override
            public @Nullable String typed(String prompt) {
                return typed.poll();
            }

            @Override
            public @Nullable String piped() {
                return piped;
            }
        });
        CommandLine line = new CommandLine(command.spec());
        return command.run(
                line.parseArgs(args),
                new Shell(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Waiting.REAL,
                        Clock.systemUTC()));
    }
}
