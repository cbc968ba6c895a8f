package io.punchbridge.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process off a database file: a lock on a file beside it, which the operating system takes back when the
 * process ends, however it ends. SQLite itself would let both in, and each would deliver the other's punches.
 */
final class DatabaseLock implements AutoCloseable {

    /**
     * Files locked by this process. Asked before the lock file is opened, since to close a second channel on it would
     * give up the first one's lock.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final FileChannel channel;

    private DatabaseLock(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** @param database a file, which need not exist, in a directory that does */
    static DatabaseLock acquire(Path database) {
        try {
            Path real = realPath(database.toAbsolutePath().normalize());
            Path lockFile = real.resolveSibling(real.getFileName() + ".lock");
            if (!OWN.add(lockFile)) {
                throw taken(database);
            }
            return lock(database, lockFile);
        } catch (IOException e) {
            throw new StorageException(
                    "The directory of the punch database " + database
                            + " can't be written to, so no punch can be stored. Give this user write access to it, or"
                            + " set punchbridge.storage.sqlite.file to a place where it has.",
                    e);
        }
    }

    /** Two names of one file, by a symbolic link, must meet at one lock. */
    private static Path realPath(Path database) throws IOException {
        Path directory = database.getParent();
        if (directory == null || Files.exists(database)) {
            return database.toRealPath();
        }
        return directory.toRealPath().resolve(database.getFileName());
    }

    private static DatabaseLock lock(Path database, Path lockFile) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                throw taken(database);
            }
            return new DatabaseLock(lockFile, channel);
        } finally {
            if (lock == null) {
                OWN.remove(lockFile);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static StorageException taken(Path database) {
        return new StorageException("The punch database " + database
                + " is in use by another Punchbridge, and one process owns it. Stop the other one, give this one a file of"
                + " its own in punchbridge.storage.sqlite.file, or share a database between replicas with"
                + " punchbridge.storage.engine=postgresql.");
    }

    /** Gives the lock up; the lock file stays, as removing it would race with the next owner. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("The lock file " + lockFile + " could not be closed.", e);
        } finally {
            OWN.remove(lockFile);
        }
    }
}
