package io.punchbridge.watch;

import static io.punchbridge.watch.WatchBench.DEVICES;
import static io.punchbridge.watch.WatchBench.GATE;
import static io.punchbridge.watch.WatchBench.OFFICE;
import static io.punchbridge.watch.WatchBench.POLLED;
import static io.punchbridge.watch.WatchBench.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.punch.Device;
import io.punchbridge.testing.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceInformationRoundTest {
    private static final LocalDate LICENSED_UNTIL = LocalDate.of(2026, 12, 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private WatchBench bench;

    @SuppressWarnings("NullAway.Init")
    private DeviceWatch watch;

    @SuppressWarnings("NullAway.Init")
    private DeviceInformationRound round;

    private final FakeGateway gateway = new FakeGateway(this::success);
    private final LogLines log = new LogLines(DeviceInformationRound.class);

    @BeforeEach
    void start() {
        bench = new WatchBench(directory);
        watch = bench.watch();
        watch.run();
        round = round(watch, SETTINGS, bench.store.clusterLock());
    }

    @AfterEach
    void stop() {
        log.close();
        bench.close();
    }

    private DeviceInformationRound round(DeviceWatch of, WatchSettings settings, ClusterLock lock) {
        return new DeviceInformationRound(gateway, DEVICES, of, settings, lock, bench.clock);
    }

    private GatewayAnswer<DeviceInformation> success(Device device) {
        return new Success<>(new DeviceInformation("F22", LICENSED_UNTIL, 512, "{}", bench.clock.instant()));
    }

    private static GatewayAnswer<DeviceInformation> failure(StatusCode code) {
        return new Failure<>(
                new GatewayFailure(Kind.SAID_BY_GATEWAY, code, code.whoActs(), code.words(), Duration.ofMinutes(1)));
    }

    /** The job's rounds of so much time, one a minute. Returns who was asked. */
    private List<Device> asked(Duration during) {
        List<Device> asked = new ArrayList<>();
        for (long minute = 0; minute < during.toMinutes(); minute++) {
            round.run();
            asked.addAll(gateway.takeAsked());
            bench.clock.forward(Duration.ofMinutes(1));
        }
        return asked;
    }

    @Test
    void each_device_that_can_be_asked_is_asked_once_a_day_one_a_minute() {
        // Given
        round.run();
        List<Device> firstMinute = gateway.takeAsked();
        bench.clock.forward(Duration.ofMinutes(1));

        // When
        List<Device> rest = asked(Duration.ofDays(2).minusMinutes(1));

        // Then
        assertThat(firstMinute).containsExactly(OFFICE);
        assertThat(rest).containsExactly(GATE, OFFICE, GATE).doesNotContain(POLLED);
    }

    @Test
    void what_a_device_says_is_known_and_its_licence_warned_of() {
        // When
        round.run();

        // Then
        watch.run();
        DeviceState state = watch.state(OFFICE.serialNumber()).orElseThrow();
        assertThat(state.information()).isEqualTo(new Information(bench.clock.instant(), "F22", LICENSED_UNTIL, 512));
        assertThat(state.warnings()).containsExactly(Warning.LICENCE_ENDS);
    }

    @Test
    void a_restart_asks_nobody_again() {
        // Given
        asked(Duration.ofMinutes(2));
        DeviceWatch restarted = bench.watch();
        restarted.run();
        round = round(restarted, SETTINGS, bench.store.clusterLock());

        // When
        List<Device> asked = asked(Duration.ofHours(20));

        // Then
        assertThat(asked).isEmpty();
    }

    @Test
    void a_device_that_is_offline_is_asked_again_in_an_hour_and_told_of_once() {
        // Given
        gateway.answers(
                device -> device.equals(OFFICE) ? failure(StatusCode.OFFLINE_OR_NO_SUBSCRIPTION) : success(device));

        // When
        List<Device> asked = asked(Duration.ofHours(3));

        // Then
        assertThat(asked).containsExactly(OFFICE, GATE, OFFICE, OFFICE);
        assertThat(log.take())
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("head-office did not tell its information", "offline");
    }

    @Test
    void a_device_that_a_person_has_to_see_to_is_asked_again_the_next_day() {
        // Given
        gateway.answers(device -> device.equals(OFFICE) ? failure(StatusCode.NOT_ALLOWED_FOR_DEVICE) : success(device));

        // When
        List<Device> asked = asked(Duration.ofHours(25));

        // Then
        assertThat(asked).containsExactly(OFFICE, GATE, OFFICE, GATE);
        assertThat(log.take()).hasSize(1);
    }

    @Test
    void the_next_success_is_told() {
        // Given
        gateway.answers(device -> failure(StatusCode.NO_ANSWER_FROM_DEVICE));
        asked(Duration.ofMinutes(1));
        log.take();
        gateway.answers(this::success);

        // When
        asked(Duration.ofHours(2));

        // Then
        assertThat(log.take()).singleElement().asString().contains("head-office tells its information again");
    }

    @Test
    void nobody_is_asked_without_an_endpoint() {
        // Given
        WatchSettings callbacksOnly = new WatchSettings(
                SETTINGS.clockDrift(),
                SETTINGS.licenceEndsWithin(),
                SETTINGS.silentFor(),
                SETTINGS.silentForOf(),
                SETTINGS.informationEvery(),
                false);
        round = round(watch, callbacksOnly, bench.store.clusterLock());

        // When
        List<Device> asked = asked(Duration.ofMinutes(5));

        // Then
        assertThat(asked).isEmpty();
    }

    @Test
    void a_replica_that_finds_the_round_taken_asks_nobody() {
        // Given
        round = round(watch, SETTINGS, (name, atMost, job) -> false);

        // When
        List<Device> asked = asked(Duration.ofMinutes(5));

        // Then
        assertThat(asked).isEmpty();
    }

    @Test
    void nobody_is_asked_before_it_is_kept_that_he_is() {
        // Given
        bench.store.readOnly(true);

        // When
        List<Device> asked = asked(Duration.ofMinutes(1));

        // Then
        bench.store.readOnly(false);
        assertThat(asked).isEmpty();
    }
}
