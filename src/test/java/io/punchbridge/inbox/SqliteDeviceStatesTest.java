package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeviceStatesTest extends DeviceStatesContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }

    @Test
    void counting_reads_the_days_punches_alone() {
        // Given
        String explain = "EXPLAIN QUERY PLAN " + SqlDeviceStates.COUNT.replaceAll(":\\w+", "'x'");

        // When
        List<String> plan = store.read(handle -> handle.createQuery(explain)
                .map((row, context) -> row.getString("detail"))
                .list());

        // Then
        assertThat(plan).contains("SEARCH punch USING PRIMARY KEY (punch_key>? AND punch_key<?)");
    }
}
