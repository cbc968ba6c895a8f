package io.punchbridge.reconciliation;

import java.time.Duration;

/** How a walk waits before it asks again; tests don't. */
@FunctionalInterface
public interface Waiting {
    void await(Duration duration) throws InterruptedException;
}
