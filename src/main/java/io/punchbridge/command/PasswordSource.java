package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Where a password comes from. Never from the command line, which other users of the host see. */
interface PasswordSource {
    /** What is typed without being shown; null if there is no terminal, or it is closed. */
    @Nullable String typed(String prompt);

    /** The first line of the standard input, in UTF-8; null if it is empty. */
    @Nullable String piped();

    PasswordSource REAL = new PasswordSource() {
        @Override
        @SuppressWarnings("SystemConsoleNull") // null again, with the console that Terminal chooses
        public @Nullable String typed(String prompt) {
            Terminal.isThere();
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("%s", prompt);
            return typed == null ? null : new String(typed);
        }

        @Override
        public @Nullable String piped() {
            try {
                return new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    };
}
