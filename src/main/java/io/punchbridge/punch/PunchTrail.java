package io.punchbridge.punch;

import org.jboss.logging.MDC;

/**
 * Marks log lines about one punch with its key as a field of their own, {@code punch}. A punch has one key from callback
 * to check-in, so all that was said of it is found by this field where logs are collected as JSON. Lines of text already
 * say the key in their sentence.
 */
public final class PunchTrail {
    private static final String FIELD = "punch";

    private PunchTrail() {}

    /** What {@code line} logs, on this thread, bears the key. */
    public static void mark(PunchKey key, Runnable line) {
        MDC.put(FIELD, key.value());
        try {
            line.run();
        } finally {
            MDC.remove(FIELD);
        }
    }
}
