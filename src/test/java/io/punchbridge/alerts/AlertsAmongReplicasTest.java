package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.alerts.LocalReceiver.Received;
import io.punchbridge.inbox.PostgresServer;
import io.punchbridge.inbox.PostgresSettings;
import io.punchbridge.inbox.Replica;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL, each at its own pace. */
class AlertsAmongReplicasTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T09:00:00Z"));

    @Test
    void whoever_looks_first_tells_and_nobody_after_it() throws InterruptedException {
        // Given
        PostgresSettings database = PostgresServer.newDatabase();
        try (LocalReceiver receiver = new LocalReceiver();
                Replica one = Replica.on(database);
                Replica other = Replica.on(database)) {
            List<AlertBench> processes = Stream.of(one, other)
                    .map(replica -> new AlertBench(receiver, replica.alerts(), replica.clusterLock(), clock))
                    .toList();
            processes.forEach(process -> process.gateIsSilent(true));

            // When
            for (int round = 0; round < 10; round++) {
                inParallel(processes);
                clock.forward(Duration.ofMinutes(1));
            }
            processes.forEach(process -> process.gateIsSilent(false));
            for (int round = 0; round < 10; round++) {
                inParallel(processes);
                clock.forward(Duration.ofMinutes(1));
            }

            // Then
            assertThat(receiver.take()).extracting(Received::type).containsExactly("alert.raised", "alert.over");
        }
    }

    private static void inParallel(List<AlertBench> processes) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (AlertBench process : processes) {
            Thread thread = new Thread(() -> {
                process.round.look();
                process.round.send();
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
