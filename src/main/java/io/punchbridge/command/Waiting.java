package io.punchbridge.command;

import java.io.Console;
import java.util.concurrent.TimeUnit;

/** What comes from outside while a command runs: time, an interrupt, what a person types. */
interface Waiting {
    Waiting REAL = new Waiting() {
        @Override
        public void second() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }

        @Override
        public Runnable onInterrupt(Runnable farewell) {
            Thread hook = new Thread(farewell, "farewell");
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException ending) {
                    // the farewell is being said
                }
            };
        }

        @Override
        @SuppressWarnings("SystemConsoleNull") // asked only where a person watches
        public String answer(String question) {
            Console console = System.console();
            String typed = console == null ? null : console.readLine("%s", question);
            return typed == null ? "" : typed.strip();
        }
    };

    void second() throws InterruptedException;

    /**
     * Has something said if the process is ended meanwhile (Ctrl-C).
     *
     * @return to be run when there is nothing to be said any more
     */
    Runnable onInterrupt(Runnable farewell);

    /** What a person types at the terminal; empty if nothing, or if there is none. */
    String answer(String question);
}
