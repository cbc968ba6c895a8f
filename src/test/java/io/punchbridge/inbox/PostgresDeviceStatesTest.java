package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.DeviceStates.Kept;
import io.punchbridge.punch.SerialNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresDeviceStatesTest extends DeviceStatesContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @Test
    void counting_reads_the_days_punches_alone() {
        // Given
        store.write(handle -> handle.execute("""
                INSERT INTO punch (punch_key, device, user_id, punched_at, type, source, priority, received_at, state)
                SELECT to_char(timestamp '2024-01-01' + i * interval '1 minute', 'YYYYMMDD"T"HH24MISS"Z"') || '-' || md5(i::text),
                    'SN', i::text, i, 'CHECK_IN', 'CALLBACK', 0, i, 'DELIVERED'
                FROM generate_series(1, 50000) i"""));
        store.read(handle -> handle.execute("ANALYZE punch"));
        String explain = "EXPLAIN "
                + SqlDeviceStates.COUNT
                        .replace(":fromKey", "'20240115T000000Z'")
                        .replace(":untilKey", "'20240116T000000Z'");

        // When
        List<String> plan = store.read(
                handle -> handle.createQuery(explain).mapTo(String.class).list());

        // Then
        assertThat(plan).anyMatch(step -> step.contains("punch_pkey")).noneMatch(step -> step.contains("Seq Scan"));
    }

    @Test
    void replicas_that_write_together_leave_the_latest_of_each_device() throws Exception {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> replicas = new ArrayList<>();

        // When
        for (int replica = 0; replica < 4; replica++) {
            int seconds = replica;
            replicas.add(threads.submit(() -> writeFiftyTimes(seconds)));
        }
        for (Future<?> replica : replicas) {
            replica.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();

        // Then
        assertThat(new SqlDeviceStates(store, clock).all())
                .hasSize(20)
                .allSatisfy(kept -> assertThat(kept.lastCallback()).isEqualTo(NINE.plusSeconds(49 * 4 + 3)));
    }

    /** Each time all devices, in an order of its own. */
    private void writeFiftyTimes(int replica) {
        try (SqlPunchStore mine = open()) {
            DeviceStates states = new SqlDeviceStates(mine, clock);
            for (int time = 0; time < 50; time++) {
                int seconds = time * 4 + replica;
                List<Kept> devices = new ArrayList<>(IntStream.range(0, 20)
                        .mapToObj(i -> new Kept(
                                new SerialNumber("SN-" + i),
                                NINE,
                                NINE.plusSeconds(seconds),
                                null,
                                null,
                                null,
                                null,
                                null))
                        .toList());
                Collections.rotate(devices, replica * 5);
                states.merge(devices);
            }
        }
    }
}
