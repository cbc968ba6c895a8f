package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteOpenPunchesTest extends OpenPunchesContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_range_is_read_along_an_index_that_leaves_delivered_punches_out(String query) {
        // Given
        String explain = "EXPLAIN QUERY PLAN "
                + query.replaceAll(":(fromKey|untilKey)\\b", "'x'").replaceAll(":(from|patientSince|limit)\\b", "1");

        // When
        List<String> plan = store.read(handle -> handle.createQuery(explain)
                .map((row, context) -> row.getString("detail"))
                .list());

        // Then
        assertThat(plan)
                .filteredOn(step -> step.contains(" punch"))
                .hasSize(7)
                .allMatch(step -> step.matches("SEARCH punch USING INDEX punch_(pending|set_aside) .*"))
                .filteredOn(step -> step.matches(".*punch_key>\\? AND punch_key<\\?\\)"))
                .hasSize(5);
    }
}
