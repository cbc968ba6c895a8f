package io.punchbridge.command;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal. */
interface Asking {
    /** By this process' own terminal. */
    Asking TERMINAL = new Asking() {
        @Override
        public Optional<String> answer(String question) {
            return console().map(console -> console.readLine("%s", question));
        }

        @Override
        public Optional<String> secret(String question) {
            return console()
                    .map(console -> console.readPassword("%s", question))
                    .map(String::new);
        }

        private static Optional<Console> console() {
            return Terminal.isThere() ? Optional.ofNullable(System.console()) : Optional.empty();
        }
    };

    /** A line; empty if nobody is there. */
    Optional<String> answer(String question);

    /** The same, without showing what is typed. */
    Optional<String> secret(String question);
}
