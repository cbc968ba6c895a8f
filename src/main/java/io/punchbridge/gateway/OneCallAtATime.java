package io.punchbridge.gateway;

import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time go to the account. Threads of this process queue in the order in which they came; the one at
 * the head takes turns with the other replicas through the {@link ClusterLock}, which it asks anew a few times a second.
 */
final class OneCallAtATime {
    private static final Logger LOG = Logger.getLogger(OneCallAtATime.class);
    static final String JOB = "gateway-call";

    private final ReentrantLock queue = new ReentrantLock(true);
    private final ClusterLock cluster;
    private final Duration atMost;
    private final Duration pause;

    /**
     * @param atMost how long a call takes at the very most; a replica that died in the middle of one holds the others up
     *     for no longer
     * @param pause how long to wait, on average, before the other replicas are asked again whether it's our turn
     */
    OneCallAtATime(ClusterLock cluster, Duration atMost, Duration pause) {
        this.cluster = cluster;
        this.atMost = atMost;
        this.pause = pause;
    }

    /**
     * Waits for its turn, and calls.
     *
     * @throws InterruptedException while it waited; nothing was called
     * @throws StorageException if the database that tells whose turn it is can't be asked; nothing was called
     */
    <T> T call(Supplier<T> call) throws InterruptedException {
        queue.lockInterruptibly();
        try {
            AtomicReference<@Nullable T> answer = new AtomicReference<>();
            while (!runIfOurTurn(call, answer)) {
                long most = pause.toNanos() * 2;
                TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
            }
            return Optional.ofNullable(answer.get()).orElseThrow();
        } finally {
            queue.unlock();
        }
    }

    /** How many threads of this process queue behind the one whose turn it is, about. */
    int waiting() {
        return queue.getQueueLength();
    }

    private <T> boolean runIfOurTurn(Supplier<T> call, AtomicReference<@Nullable T> answer) {
        AtomicBoolean interrupted = new AtomicBoolean();
        try {
            return cluster.runExclusively(JOB, atMost, () -> {
                answer.set(call.get());
                // The turn is given back by a statement, which an interrupted thread can't get through.
                interrupted.set(Thread.interrupted());
            });
        } catch (StorageException failed) {
            if (answer.get() == null) {
                throw failed;
            }
            LOG.warnf(
                    "The gateway has answered, but the turn could not be given back; other replicas wait up to %d s: %s",
                    atMost.toSeconds(), failed.getMessage());
            return true;
        } finally {
            if (interrupted.get()) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
