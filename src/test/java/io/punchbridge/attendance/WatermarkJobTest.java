package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.WatermarkStore;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.punch.Devices;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One turn of the periodic job. */
class WatermarkJobTest {
    private static final LocalDateTime BEFORE = LocalDateTime.parse("2026-02-02T06:00:00");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-02-02T20:00:00Z"));
    private final FakeAttendanceSite site = new FakeAttendanceSite();
    private final WatermarkWatch watch = new WatermarkWatch(new SimpleMeterRegistry(), clock);

    @SuppressWarnings("NullAway.Init")
    private WatermarkStore store;

    @BeforeEach
    void openStore() {
        store = WatermarkStore.open(directory, clock);
        site.has(Given.dayShift(BEFORE));
        store.verify(
                Given.OFFICE.serialNumber(),
                Instant.parse("2026-01-20T00:00:00Z"),
                Instant.parse("2026-02-02T19:45:00Z"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private WatermarkTurn turn() {
        WatermarkRound round = new WatermarkRound(
                site,
                () -> new Success<>(ZoneOffset.UTC),
                new Devices(List.of(Given.OFFICE)),
                store.history(),
                store.openPunches(),
                store.watermarks(),
                Given.settings(Mode.ADVANCE),
                watch,
                "replica-1",
                clock);
        return new WatermarkTurn(round, store.watermarks(), store.clusterLock(), watch, clock);
    }

    @Test
    void while_one_replica_is_at_it_another_does_nothing() throws Exception {
        // Given
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        site.nextWrite((asRead, to) -> {
            writing.countDown();
            try {
                goOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return site.write(asRead, to);
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> first = thread.submit(() -> turn().run());
        writing.await(60, TimeUnit.SECONDS);

        // When
        turn().run();

        // Then
        assertThat(store.watermarks().moves(null, 10)).hasSize(1);
        goOn.countDown();
        first.get(60, TimeUnit.SECONDS);
        thread.shutdown();
        assertThat(site.written()).hasSize(1);
    }

    @Test
    void moves_are_kept_for_over_a_year_and_purged_then() {
        // Given
        for (String id : List.of("old", "young")) {
            Instant at = clock.instant().minus(Duration.ofDays(id.equals("old") ? 401 : 399));
            store.watermarks()
                    .intend(new Move(
                            id,
                            "Gone Shift",
                            null,
                            BEFORE,
                            at,
                            List.of(),
                            "replica-1",
                            at,
                            MoveState.INTENDED,
                            null,
                            null));
            store.watermarks().settle(id, MoveState.WRITTEN, "Written.", at);
        }

        // When
        turn().run();

        // Then
        assertThat(store.watermarks().moves("Gone Shift", 10))
                .extracting(Move::id)
                .containsExactly("young");
    }

    @Test
    void a_storage_that_fails_is_told_and_ends_the_turn_alone() {
        // Given
        WatermarkTurn turn = turn();
        site.nextWrite((asRead, to) -> {
            throw new StorageException("The storage is away.");
        });

        // When
        turn.run();

        // Then
        turn.run();
        assertThat(site.written()).hasSize(1);
    }
}
