package io.punchbridge.longrun;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions, ten thousands of times and mostly for a moment, which is too often for Awaitility. */
final class Patience {
    /** Real time; far beyond what a busy machine needs. */
    static final Duration ENDLESS = Duration.ofSeconds(90);

    private static final long LOOK_EVERY_NANOS = 300_000;

    private Patience() {}

    /** Fails if it doesn't come true. */
    static void until(Callable<Boolean> condition, Supplier<String> otherwise) throws Exception {
        if (!comesTrue(ENDLESS, condition)) {
            throw new AssertionError(otherwise.get());
        }
    }

    static boolean comesTrue(Duration patience, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }
}
