package io.punchbridge.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.sandbox.SimulatedDevice;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.punchbridge.sandbox.SimulatedGateway;
import io.punchbridge.sandbox.SimulatedGatewayApi;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simulated gateway with one device, and ours that asks it. */
final class GatewayUnderTest implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-20T09:00:00Z");
    static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    static final String TOKEN = "token-of-head-office-4711";
    static final String TAG = "ST01";
    static final Device HEAD_OFFICE = device(Connection.NATIVE_PUSH);
    static final ClusterLock ALONE = (name, atMost, job) -> {
        job.run();
        return true;
    };

    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final SimulatedGateway simulated = new SimulatedGateway(clock, URI.create("http://127.0.0.1:9/unused"));
    final SimulatedDevice device = simulated.addDevice(
            new SimulatedDevice("Head Office", HEAD_OFFICE.serialNumber().value(), TOKEN, NAIROBI, TAG));
    final RecordingCalls calls = new RecordingCalls();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    GatewayUnderTest() {
        simulated.start();
        simulated.api().latency(Duration.ZERO);
    }

    static Device device(Connection connection) {
        return new Device("head-office", new SerialNumber("ZHM11A"), connection, Direction.AS_SENT, NAIROBI);
    }

    SimulatedGatewayApi api() {
        return simulated.api();
    }

    /** Recorded, and told to nobody. One punch a minute from new year on. */
    void recorded(int punches) {
        for (int i = 0; i < punches; i++) {
            simulated.punchUnnoticed(
                    device,
                    new LoggedPunch(
                            Integer.toString(i), "CheckIn", NEW_YEAR.plus(Duration.ofMinutes(i)), "Fingerprint"));
        }
    }

    RestGateway gateway() {
        return gateway(TOKEN, null, List.of());
    }

    RestGateway gateway(String token, @Nullable String previousToken, List<SecurityKey> keys) {
        return gateway(settings(token, previousToken, keys, Duration.ofSeconds(60)), calls, ALONE);
    }

    RestGateway impatient() {
        return gateway(settings(TOKEN, null, List.of(), Duration.ofSeconds(1)), calls, ALONE);
    }

    RestGateway gateway(GatewayCalls keeper, ClusterLock lock) {
        return gateway(settings(TOKEN, null, List.of(), Duration.ofSeconds(60)), keeper, lock);
    }

    RestGateway gateway(GatewaySettings settings, GatewayCalls keeper, ClusterLock lock) {
        return new RestGateway(settings, keeper, lock, () -> null, metrics, clock);
    }

    GatewaySettings settings(
            String token, @Nullable String previousToken, List<SecurityKey> keys, Duration requestTimeout) {
        return new GatewaySettings(
                api().endpoint(),
                keys,
                List.of(new Credentials(HEAD_OFFICE, TAG, token, previousToken)),
                requestTimeout,
                false);
    }

    static GatewayAnswer<LogPage> january(Gateway gateway) {
        return gateway.loadLog(HEAD_OFFICE, NEW_YEAR, NEW_YEAR.plus(Duration.ofDays(19)), null);
    }

    static <T> T value(GatewayAnswer<T> answer) {
        if (answer instanceof Success<T> success) {
            return success.value();
        }
        throw new AssertionError("expected an answer, got " + answer);
    }

    static GatewayFailure failure(GatewayAnswer<?> answer) {
        if (answer instanceof Failure<?> failure) {
            return failure.failure();
        }
        throw new AssertionError("expected a failure, got " + answer);
    }

    @Override
    public void close() {
        simulated.close();
    }
}
