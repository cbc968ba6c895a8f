package io.punchbridge.inbox;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One process owns a SQLite file ({@link DatabaseLock}), so that only its own threads can meet. */
final class SqliteClusterLock implements ClusterLock {
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    @Override
    public boolean runExclusively(String name, Duration atMost, Runnable job) {
        if (!running.add(name)) {
            return false;
        }
        try {
            job.run();
            return true;
        } finally {
            running.remove(name);
        }
    }
}
