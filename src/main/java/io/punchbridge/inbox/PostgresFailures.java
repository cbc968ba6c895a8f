package io.punchbridge.inbox;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's SQL states, in words for the person who runs this. */
final class PostgresFailures {
    private static final String KEPT = " Until then callbacks are answered 503, and the gateway keeps their punches.";

    private final String name;
    private final String username;

    PostgresFailures(PostgresSettings settings) {
        this.name = "The PostgreSQL database " + settings.place();
        this.username = settings.username();
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
        String state = state(cause);
        return switch (state) {
            case "53100" -> name + " has no disk space left. Free some; Punchbridge then goes on by itself." + KEPT;
            case "53300" ->
                name + " has no connection to spare. Raise its max_connections, or run fewer replicas;"
                        + " Punchbridge goes on by itself." + KEPT;
            case "25006" ->
                name + " is read-only, as a standby is. Let punchbridge.storage.postgresql.url name the"
                        + " primary (targetServerType=primary with several hosts)." + KEPT;
            case "3D000" -> name + " does not exist. Create it, or correct punchbridge.storage.postgresql.url.";
            case "42501" ->
                name + " denies user " + username
                        + " what Punchbridge needs. Let that user own the database or its schema." + KEPT;
            case "40001", "40P01", "55P03", "57014" ->
                name + " was too busy with other transactions and ended this one. The gateway sends the punches again.";
            case "XX001", "XX002" ->
                name + " reports damaged data. Check its log, and restore a backup if need be." + KEPT;
            default -> messageOfClass(state, cause);
        };
    }

    private String messageOfClass(String state, SQLException cause) {
        if (state.startsWith("28")) {
            return name + " does not let user " + username
                    + " in. Check punchbridge.storage.postgresql.username and password." + KEPT;
        }
        if (isUnreachable(state)) {
            return name + " can't be reached. Check that it runs, and punchbridge.storage.postgresql.url; Punchbridge"
                    + " then goes on by itself." + KEPT;
        }
        return name + " failed: " + cause.getMessage() + KEPT;
    }

    /** Whether the server was away, and other connections to it may be cut too. */
    static boolean isUnreachable(Exception failure) {
        SQLException cause = sqlException(failure);
        return cause != null && isUnreachable(state(cause));
    }

    private static boolean isUnreachable(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    /** The innermost that has a state: a pool or a batch only wraps what the server said. */
    private static @Nullable SQLException sqlException(Throwable failure) {
        SQLException found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException candidate) {
                SQLException next = candidate.getNextException();
                SQLException best = next != null && next.getSQLState() != null ? next : candidate;
                if (found == null || best.getSQLState() != null) {
                    found = best;
                }
            }
        }
        return found;
    }
}
