package io.punchbridge.command;

import java.util.concurrent.TimeUnit;

/** How the time between two questions passes, and what is said when a person ends it. */
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
    };

    void second() throws InterruptedException;

    /**
     * Has something said if the process is ended meanwhile (Ctrl-C).
     *
     * @return to be run when there is nothing to be said any more
     */
    Runnable onInterrupt(Runnable farewell);
}
