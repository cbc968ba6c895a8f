package io.punchbridge.inbox;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAlertsTest extends SqlAlertsContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore openStore() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }
}
