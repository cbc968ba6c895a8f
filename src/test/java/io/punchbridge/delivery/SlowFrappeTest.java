package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round sends while each request takes as long as the claim's time for sending: real storage, a clock that is set. */
class SlowFrappeTest {
    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    private static final int PUNCHES = 8;

    private final SettableClock clock = new SettableClock(NINE);
    private final ScriptedSite site = new ScriptedSite()
            .employs(PUNCHES)
            .beforeEachWrite(() -> clock.forward(Duration.ofMinutes(4).plusSeconds(31)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @BeforeEach
    void storePunches() throws Exception {
        store = TestStore.open(directory.resolve("punchbridge.db"), clock);
        List<Punch> punches = IntStream.rangeClosed(1, PUNCHES)
                .mapToObj(user -> Punch.of(
                        new SerialNumber("SN"),
                        new UserId(Integer.toString(user)),
                        NINE.minusSeconds(60),
                        "CheckIn",
                        PunchDetails.NONE))
                .toList();
        store.inbox()
                .store(new Arrival(Source.CALLBACK, NINE, punches, List.of(), List.of()))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void no_request_begins_that_could_outlast_the_claim() {
        // Given
        DeliveryRound round = round();

        // When
        DeliveryRound.Next next = round.deliver();

        // Then
        assertThat(next).isInstanceOf(DeliveryRound.Next.GoOn.class);
        assertThat(site.asked()).containsExactly("insert");
        assertThat(store.inbox().counts())
                .containsEntry(PunchState.DELIVERED, 1L)
                .containsEntry(PunchState.PENDING, PUNCHES - 1L);
    }

    @Test
    void the_next_round_takes_up_half_as_many_so_that_each_comes_further() {
        // Given
        DeliveryRound round = round();
        round.deliver();

        // When
        round.deliver();

        // Then
        assertThat(store.inbox().counts()).containsEntry(PunchState.DELIVERED, 1L + PUNCHES / 2);
        round.deliver();
        assertThat(store.inbox().counts()).containsEntry(PunchState.DELIVERED, (long) PUNCHES);
        assertThat(site.rows()).hasSize(PUNCHES);
    }

    private DeliveryRound round() {
        Devices devices = new Devices(List.of());
        DeliverySettings settings = new DeliverySettings(
                PUNCHES,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(125),
                Duration.ofMinutes(1),
                Duration.ofSeconds(59));
        return new DeliveryRound(
                store.inbox(),
                site,
                new Directory(site, clock),
                new SiteZone(site, clock),
                new CheckinFields(site, clock),
                devices,
                new CheckInPolicy(CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(15), Duration.ofDays(31)),
                settings,
                new DeliveryWatch(devices, new SimpleMeterRegistry(), clock),
                new HistoryLookUp(site, questions -> List.of(), devices, settings, clock),
                clock,
                new Random(1));
    }
}
