package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresOpenPunchesTest extends OpenPunchesContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_range_is_read_along_an_index_that_leaves_delivered_punches_out(String query) {
        // Given
        store.write(handle -> handle.execute("""
                INSERT INTO punch (punch_key, device, user_id, punched_at, type, source, priority, received_at, state)
                SELECT to_char(timestamp '2024-01-01' + i * interval '1 minute', 'YYYYMMDD"T"HH24MISS"Z"') || '-' || md5(i::text),
                    'SN', i::text, i, 'CHECK_IN', 'CALLBACK', i % 2, i,
                    CASE WHEN i % 500 = 0 THEN 'PENDING' WHEN i % 500 = 1 THEN 'HELD' WHEN i % 500 = 2 THEN 'REJECTED'
                        ELSE 'DELIVERED' END
                FROM generate_series(1, 50000) i"""));
        store.read(handle -> handle.execute("ANALYZE punch"));
        String explain = "EXPLAIN "
                + query.replace(":fromKey", "'20240102T000000Z'")
                        .replace(":untilKey", "'20240201T000000Z'")
                        .replaceAll(":(from|patientSince|limit)\\b", "10");

        // When
        List<String> plan = store.read(
                handle -> handle.createQuery(explain).mapTo(String.class).list());

        // Then
        assertThat(plan)
                .anyMatch(step -> step.matches(".*(using|on) punch_(pending|pending_age|set_aside) .*"))
                .noneMatch(step -> step.contains("Seq Scan") || step.contains("punch_pkey"));
    }
}
