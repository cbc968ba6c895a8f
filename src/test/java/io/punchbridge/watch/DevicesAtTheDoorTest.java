package io.punchbridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.gateway.CallbackDoor.FallbackZone;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.DeviceStates;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the gateway posts shows in the state and the metrics of its device, also after a restart. */
@QuarkusTest
class DevicesAtTheDoorTest {
    private static final SerialNumber GATE = new SerialNumber("SN-GATE");
    private static final String TOKEN = "gate-token";

    @Inject
    DeviceWatch watch;

    @Inject
    DeviceStates store;

    @Inject
    Devices devices;

    @Inject
    WatchSettings settings;

    @Inject
    ClusterLock clusterLock;

    @Inject
    FallbackZone fallbackZone;

    @Inject
    SteppableClock clock;

    @Inject
    MeterRegistry metrics;

    @Test
    void callbacks_show_in_state_and_metrics_and_survive_a_restart() {
        // Given
        Instant before = clock.instant();
        Instant sentAt = before.truncatedTo(ChronoUnit.SECONDS);
        Duration ahead = Duration.ofMinutes(30);
        Callbacks.post(deletedUser(sentAt));

        // When
        int status = Callbacks.post(punch(sentAt.plus(ahead), sentAt)).statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        watch.run();
        DeviceState state = watch.state(GATE).orElseThrow();
        assertThat(state.lastCallback()).isAfterOrEqualTo(before);
        assertThat(state.lastEvent()).isBetween(before, state.lastCallback());
        assertThat(state.clockDrift()).isEqualTo(ahead.negated());
        assertThat(state.warnings()).contains(Warning.CLOCK_DRIFT);
        assertThat(state.today()).isNotNull();
        assertThat(gauge("last.seen")).isBetween(0.0, 600.0);
        assertThat(gauge("clock.drift")).isEqualTo(-1800.0);
        assertThat(gauge("licence.days")).isNaN();
        assertThat(gauge("warnings", "warning", "clock-drift")).isEqualTo(1);
        assertThat(gauge("warnings", "warning", "silent")).isZero();
        assertThat(gauge("punches.today", "state", "stored")).isNotNegative();
        DeviceWatch restarted =
                new DeviceWatch(devices, store, new FakeCalls(), settings, clusterLock, fallbackZone, clock);
        restarted.run();
        assertThat(restarted.lastCallback(GATE))
                .contains(Objects.requireNonNull(state.lastCallback()).truncatedTo(ChronoUnit.MILLIS));
        assertThat(restarted.state(GATE).orElseThrow().clockDrift()).isEqualTo(ahead.negated());
        assertThat(restarted.state(GATE).orElseThrow().warnings()).contains(Warning.CLOCK_DRIFT);
    }

    /** No employee has this user. */
    private static String punch(Instant at, Instant sentAt) {
        return """
                {"RealTime":{"OperationID":"op","SerialNumber":"%s","PunchLog":{"Type":"CheckIn","UserId":"watch-test","LogTime":"%s"},"AuthToken":"%s","Time":"%s"}}""".formatted(GATE, at, TOKEN, sentAt);
    }

    private static String deletedUser(Instant at) {
        return """
                {"RealTime":{"UserDeleted":{"UserID":"watch-test"},"OperationID":"%s","AuthToken":"%s","SerialNumber":"%s"}}""".formatted(at, TOKEN, GATE);
    }

    private double gauge(String name, String... tags) {
        return metrics.get("punchbridge.device." + name)
                .tags(tags)
                .tag("device", "gate")
                .gauge()
                .value();
    }
}
