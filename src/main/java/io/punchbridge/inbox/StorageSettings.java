package io.punchbridge.inbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where punches are kept.
 *
 * @param sqliteFile database file of {@link Engine#SQLITE}; its directory is made if it is missing
 * @param postgresql must be given for {@link Engine#POSTGRESQL}
 */
public record StorageSettings(
        Engine engine, Path sqliteFile, @Nullable PostgresSettings postgresql) {

    public enum Engine {
        /** A file of this process alone. */
        SQLITE,
        /** A database that any number of replicas share. */
        POSTGRESQL
    }
}
