package io.punchbridge.inbox;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** SQLite's result codes, in words for the person who runs this. */
final class SqliteFailures {
    private static final String KEPT = " Until then callbacks are answered 503, and the gateway keeps their punches.";

    private final Path file;

    SqliteFailures(Path file) {
        this.file = file;
    }

    /** The exception itself if no database failed. Jdbi's are left out of the chain: they quote values. */
    RuntimeException explain(Exception failure) {
        SQLException cause = sqlException(failure);
        if (cause != null) {
            return new StorageException(message(cause), cause);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private String message(SQLException cause) {
        return switch (code(cause)) {
            case SQLITE_FULL ->
                "The disk of the punch database " + file
                        + " is full, nothing new can be stored. Free some space; Punchbridge then goes on by itself."
                        + KEPT;
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "The punch database " + file
                        + " is locked by another program (a sqlite3 shell, a backup). End it, or its transaction;"
                        + " Punchbridge then goes on by itself." + KEPT;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                "The punch database " + file
                        + " is read-only for this user or its file system is. Make the file and its directory writable;"
                        + " Punchbridge then goes on by itself." + KEPT;
            case SQLITE_CANTOPEN ->
                "The punch database " + file
                        + " can't be opened: it is missing, or this user may not read it and write into its directory."
                        + " Check path and access rights." + KEPT;
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "The punch database " + file
                        + " is damaged or is not a database of Punchbridge. Stop Punchbridge, keep a copy of the file and"
                        + " its -wal, then restore a backup or save what is readable with: sqlite3 "
                        + file.getFileName()
                        + " .recover" + KEPT;
            case SQLITE_IOERR ->
                "The disk of the punch database " + file
                        + " failed to read or write. Check that it has free space, then the system log." + KEPT;
            default -> "The punch database " + file + " failed: " + cause.getMessage() + KEPT;
        };
    }

    /** Whether a connection that failed so is better replaced. */
    static boolean isConnectionSuspect(Exception failure) {
        SQLException cause = sqlException(failure);
        return cause != null
                && switch (code(cause)) {
                    case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CONSTRAINT -> false;
                    default -> true;
                };
    }

    static boolean isFull(Exception failure) {
        SQLException cause = sqlException(failure);
        return cause != null && code(cause) == SQLiteErrorCode.SQLITE_FULL;
    }

    private static SQLiteErrorCode code(SQLException failure) {
        // The low byte is the primary code; extended ones only refine it.
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff);
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException) {
                return sqlException;
            }
        }
        return null;
    }
}
