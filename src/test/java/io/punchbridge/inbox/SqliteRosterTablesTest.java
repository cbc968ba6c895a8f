package io.punchbridge.inbox;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class SqliteRosterTablesTest extends RosterTablesContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    PunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, Duration.ofMinutes(10));
    }
}
