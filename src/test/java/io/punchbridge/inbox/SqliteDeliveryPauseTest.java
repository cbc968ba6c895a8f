package io.punchbridge.inbox;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeliveryPauseTest extends DeliveryPauseContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }
}
