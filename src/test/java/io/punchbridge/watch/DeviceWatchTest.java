package io.punchbridge.watch;

import static io.punchbridge.watch.WatchBench.GATE;
import static io.punchbridge.watch.WatchBench.OFFICE;
import static io.punchbridge.watch.WatchBench.bring;
import static io.punchbridge.watch.WatchBench.punchAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.Stored;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.LogLines;
import io.quarkus.runtime.ShutdownEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State and warnings on a real store, over restarts and among replicas. */
class DeviceWatchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private WatchBench bench;

    @SuppressWarnings("NullAway.Init")
    private DeviceWatch watch;

    private final LogLines log = new LogLines(WarningDesk.class);

    @BeforeEach
    void start() {
        bench = new WatchBench(directory);
        watch = bench.watch();
        watch.run();
        bench.clock.forward(Duration.ofMinutes(30));
    }

    @AfterEach
    void stop() {
        log.close();
        bench.close();
    }

    private static DeviceState of(DeviceWatch watch, Device device) {
        return watch.state(device.serialNumber()).orElseThrow();
    }

    private static @Nullable Duration drift(DeviceWatch watch, Device device) {
        return of(watch, device).clockDrift();
    }

    @Test
    void a_callback_is_the_last_one_and_an_event_the_last_event() {
        // Given
        Instant eventAt = bench.clock.instant();
        bring(watch, OFFICE, bench.event(OFFICE));
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        bring(watch, OFFICE, bench.punch(OFFICE, Duration.ZERO));

        // Then
        assertThat(of(watch, OFFICE).lastEvent()).isEqualTo(eventAt);
        assertThat(watch.lastCallback(OFFICE.serialNumber())).contains(bench.clock.instant());
        assertThat(drift(watch, OFFICE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(watch.lastCallback(GATE.serialNumber())).isEmpty();
    }

    @Test
    void a_device_that_nobody_declared_leaves_no_trace() {
        // Given
        SerialNumber stranger = new SerialNumber("SN-STRANGER");

        // When
        watch.arrived(stranger, bench.event(OFFICE), new Stored(0, 0, 1));

        // Then
        assertThat(watch.state(stranger)).isEmpty();
        assertThat(watch.states()).extracting(DeviceState::lastCallback).containsOnlyNulls();
    }

    @Test
    void all_of_it_survives_a_restart() {
        // Given
        Instant watchedSince = of(watch, OFFICE).watchedSince();
        bench.calls.keep(new GatewayCall(
                "op-1",
                OFFICE.serialNumber(),
                "Load.PunchLog",
                bench.clock.instant(),
                Duration.ofSeconds(15),
                0,
                "Done."));
        bring(watch, OFFICE, bench.event(OFFICE));
        bench.punchesOfAClockThatIs(Duration.ofHours(1), watch, OFFICE);
        watch.run();
        DeviceState before = of(watch, OFFICE);
        bench.clock.forward(Duration.ofMinutes(5));

        // When
        DeviceWatch restarted = bench.watch();
        restarted.run();

        // Then
        assertThat(of(restarted, OFFICE)).isEqualTo(before);
        assertThat(before.watchedSince()).isEqualTo(watchedSince);
        assertThat(before.clockDrift()).isEqualTo(Duration.ofHours(1).plusSeconds(1));
        assertThat(before.warnings()).containsExactly(Warning.CLOCK_DRIFT);
        assertThat(before.lastAnswer()).isNotNull();
    }

    @Test
    void what_came_since_the_last_write_is_written_at_the_end() {
        // Given
        bring(watch, OFFICE, bench.event(OFFICE));
        watch.stop(new ShutdownEvent());

        // When
        DeviceWatch restarted = bench.watch();
        restarted.run();

        // Then
        assertThat(restarted.lastCallback(OFFICE.serialNumber())).contains(bench.clock.instant());
    }

    @Test
    void what_a_failing_storage_did_not_take_is_written_when_it_is_back() {
        // Given
        bring(watch, OFFICE, bench.event(OFFICE));
        bench.store.readOnly(true);
        watch.run();
        bench.store.readOnly(false);

        // When
        watch.run();

        // Then
        DeviceWatch restarted = bench.watch();
        restarted.run();
        assertThat(restarted.lastCallback(OFFICE.serialNumber())).contains(bench.clock.instant());
    }

    @Test
    void replicas_learn_from_each_other_whatever_is_later() {
        // Given
        DeviceWatch other = bench.watch();
        bring(watch, OFFICE, bench.event(OFFICE));
        bench.punchesOfAClockThatIs(Duration.ofHours(1), other, OFFICE);
        other.run();

        // When
        watch.run();

        // Then
        assertThat(of(watch, OFFICE).lastCallback())
                .isEqualTo(of(other, OFFICE).lastCallback())
                .isEqualTo(bench.clock.instant());
        assertThat(drift(watch, OFFICE)).isEqualTo(drift(other, OFFICE)).isNotNull();
    }

    @Test
    void the_last_answer_is_the_newest_call_that_got_one() {
        // Given
        Instant sentAt = bench.clock.instant();
        bench.calls.keep(call("op-1", sentAt, 33));
        bench.calls.keep(call("op-2", sentAt.plusSeconds(60), null));

        // When
        watch.run();

        // Then
        assertThat(of(watch, GATE).lastAnswer()).isEqualTo(new Answer(sentAt.plusSeconds(15), 33, "words"));
        assertThat(of(watch, OFFICE).lastAnswer()).isNull();
    }

    private static GatewayCall call(String operationId, Instant sentAt, @Nullable Integer statusCode) {
        return new GatewayCall(
                operationId, GATE.serialNumber(), "Load.UserInfo", sentAt, Duration.ofSeconds(15), statusCode, "words");
    }

    @Test
    void rows_of_a_log_and_repeats_say_nothing_of_the_clock() {
        // Given
        Instant now = bench.clock.instant();
        Punch ahead = punchAt(OFFICE, now.plus(Duration.ofHours(1)), now);
        Punch another = punchAt(OFFICE, now.plus(Duration.ofHours(2)), now);

        // When
        bring(watch, OFFICE, bench.arrival(Source.LOAD_LOG, ahead));
        bring(watch, OFFICE, bench.arrival(Source.CALLBACK, ahead, another));
        watch.arrived(OFFICE.serialNumber(), bench.arrival(Source.CALLBACK, ahead), new Stored(0, 1, 0));

        // Then
        assertThat(drift(watch, OFFICE)).isNull();
    }

    @Test
    void todays_punches_are_those_of_the_devices_own_day() {
        // Given
        Instant midnightInNairobi = Instant.parse("2026-11-23T21:00:00Z");
        Punch yesterday = punchAt(OFFICE, midnightInNairobi.minusSeconds(1), midnightInNairobi);
        Punch first = punchAt(OFFICE, midnightInNairobi, midnightInNairobi);
        Punch later = punchAt(OFFICE, midnightInNairobi.plusSeconds(3600), midnightInNairobi);
        bench.store
                .inbox()
                .store(bench.arrival(Source.CALLBACK, yesterday, first, later))
                .toCompletableFuture()
                .join();
        List<WaitingPunch> claimed = bench.store.inbox().claim(2);
        bench.store
                .inbox()
                .settle(claimed.stream()
                        .map(one -> Settlement.delivered(one.punch().key(), "HR-EMP-00001", "EMP-CKIN-1"))
                        .toList());

        // When
        watch.run();

        // Then
        assertThat(of(watch, OFFICE).today())
                .isEqualTo(new DeviceState.Today(LocalDate.of(2026, 11, 24), new Counted(2, 1)));
        assertThat(of(watch, GATE).today())
                .isEqualTo(new DeviceState.Today(LocalDate.of(2026, 11, 24), new Counted(0, 0)));
    }

    @Test
    void a_warning_is_told_once_over_rounds_restarts_and_replicas() {
        // Given
        bench.punchesOfAClockThatIs(Duration.ofHours(1), watch, OFFICE);
        watch.run();
        List<String> first = log.take();

        // When
        watch.run();
        bench.watch().run();
        bench.watch().run();

        // Then
        assertThat(first)
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("The clock of the device head-office is about 60 minutes behind");
        assertThat(log.take()).isEmpty();
        assertThat(of(watch, OFFICE).warnings()).containsExactly(Warning.CLOCK_DRIFT);
    }

    @Test
    void a_warning_that_stands_is_told_once_a_day() {
        // Given
        bring(watch, OFFICE, bench.event(OFFICE));
        bench.clock.forward(Duration.ofHours(25));
        watch.run();
        int silentAtFirst = log.take().size();
        bench.clock.forward(Duration.ofHours(23));
        watch.run();
        int anHourTooSoon = log.take().size();
        bench.clock.forward(Duration.ofHours(1));

        // When
        watch.run();

        // Then
        assertThat(silentAtFirst).isEqualTo(3);
        assertThat(anHourTooSoon).isZero();
        assertThat(log.take()).hasSize(3).allMatch(line -> line.contains("(So since "));
    }

    @Test
    void the_end_of_a_warning_is_told_once() {
        // Given
        bench.punchesOfAClockThatIs(Duration.ofHours(1), watch, OFFICE);
        watch.run();
        log.take();
        bench.clock.forward(Duration.ofMinutes(6));
        bring(watch, OFFICE, bench.punch(OFFICE, Duration.ZERO));

        // When
        watch.run();
        watch.run();

        // Then
        assertThat(log.take())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("A warning of the device head-office is over after 6 minutes");
        assertThat(of(watch, OFFICE).warnings()).isEmpty();
    }

    @Test
    void a_replica_that_finds_the_judging_taken_shows_the_warnings_and_tells_none() {
        // Given
        DeviceWatch other = bench.watch((name, atMost, job) -> false);
        bench.punchesOfAClockThatIs(Duration.ofHours(1), watch, OFFICE);
        watch.run();
        log.take();

        // When
        other.run();

        // Then
        assertThat(log.take()).isEmpty();
        assertThat(of(other, OFFICE).warnings()).containsExactly(Warning.CLOCK_DRIFT);
    }

    @Test
    void a_warning_that_could_not_be_kept_is_not_told_either() {
        // Given
        bench.clock.forward(Duration.ofHours(25));
        bench.store.readOnly(true);
        watch.run();
        List<String> whileFailing = log.take();
        bench.store.readOnly(false);

        // When
        watch.run();

        // Then
        assertThat(whileFailing).isEmpty();
        assertThat(log.take()).hasSize(3);
    }

    @Test
    void no_line_names_a_user() {
        // Given
        Instant now = bench.clock.instant();
        Arrival arrival = bench.arrival(
                Source.CALLBACK,
                Punch.of(
                        OFFICE.serialNumber(),
                        new UserId("user-4711"),
                        now.plus(Duration.ofHours(1)),
                        "CheckIn",
                        punchAt(OFFICE, now, now).details()));

        // When
        bring(watch, OFFICE, arrival);
        watch.run();

        // Then
        assertThat(log.take()).hasSize(1).noneMatch(line -> line.contains("4711"));
    }
}
