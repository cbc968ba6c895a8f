package io.punchbridge.inbox;

import java.time.Duration;

/** Lets a periodic job run once at a time among all processes that share a database. */
public interface ClusterLock {

    /**
     * Runs a job here and now, unless it runs already, in this process or at another replica. What it throws comes
     * through.
     *
     * @param name of the job, the same at all replicas
     * @param atMost how long the job takes at the very most: a replica that holds it longer counts as dead, and another
     *     may begin. By the clock of the database. A job must therefore stand being run twice at once; this keeps that
     *     from being the rule.
     * @return whether it ran
     * @throws StorageException if the database that is to tell can't be asked
     */
    boolean runExclusively(String name, Duration atMost, Runnable job);
}
