package io.punchbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.tracing.CollectedSpans;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole application with a gateway that can be asked: what a device recorded alone finds its way to delivery. */
@QuarkusTest
@TestProfile(ReconciliationWiringTest.WithGateway.class)
class ReconciliationWiringTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SerialNumber GATE = new SerialNumber("SN-GATE");

    @Inject
    @SuppressWarnings("NullAway.Init")
    Reconciler reconciler;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Reconciliation reconciliation;

    @Inject
    @SuppressWarnings("NullAway.Init")
    History history;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Inbox inbox;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Devices devices;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SteppableClock clock;

    public static final class WithGateway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "punchbridge.gateway.endpoint",
                    "http://127.0.0.1:1/external/api3.0/biometric",
                    "punchbridge.devices.gate.time-zone",
                    "Africa/Nairobi",
                    "punchbridge.storage.sqlite.file",
                    Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                            .toString());
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(OnePunch.class);
        }
    }

    /** A gateway whose only record is one punch of the gate's, an hour old when it was asked first. */
    @Alternative
    @ApplicationScoped
    static class OnePunch implements Gateway {
        private final SteppableClock clock;
        private @Nullable Punch punch;

        OnePunch(SteppableClock clock) {
            this.clock = clock;
        }

        synchronized Punch punch() {
            Punch known = punch;
            if (known == null) {
                Instant at = clock.instant().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
                known = Punch.of(GATE, new UserId("nobody"), at, "CheckIn", io.punchbridge.punch.PunchDetails.NONE);
                punch = known;
            }
            return known;
        }

        @Override
        public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
            List<Punch> rows = device.serialNumber().equals(GATE) ? List.of(punch()) : List.of();
            Arrival arrival = new Arrival(Source.LOAD_LOG, clock.instant(), rows, List.of(), List.of());
            return new GatewayAnswer.Success<>(new LogPage(arrival, rows.size(), rows.size(), null));
        }

        @Override
        public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
            throw new UnsupportedOperationException("only logs are loaded here");
        }

        @Override
        public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
            throw new UnsupportedOperationException("only logs are loaded here");
        }

        @Override
        public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
            throw new UnsupportedOperationException("only logs are loaded here");
        }

        @Override
        public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
            throw new UnsupportedOperationException("only logs are loaded here");
        }
    }

    @Inject
    @SuppressWarnings("NullAway.Init")
    Gateway gateway;

    private Device gate() {
        return devices.bySerialNumber(GATE).orElseThrow();
    }

    private PunchState stateOf(PunchKey key) {
        return inbox.find(key).map(StoredPunch::state).orElse(PunchState.PENDING);
    }

    @Test
    void what_only_the_device_recorded_reaches_delivery_and_verifies_the_device() {
        // Given
        await().atMost(PATIENCE).until(() -> history.watchedSince(GATE).isPresent());

        // When
        reconciler.tick();

        // Then
        await().atMost(PATIENCE).until(() -> history.verified(GATE).isPresent());
        // By whichever run came first.
        long newPunches =
                history.recent(GATE, 50).stream().mapToLong(Run::newPunches).sum();
        assertThat(newPunches).isEqualTo(1);
        GatewayAnswer<LogPage> log = gateway.loadLog(gate(), clock.instant(), clock.instant(), null);
        PunchKey key = ((GatewayAnswer.Success<LogPage>) log)
                .value()
                .arrival()
                .punches()
                .get(0)
                .key();
        await().atMost(PATIENCE).until(() -> stateOf(key) != PunchState.PENDING);
    }

    @Test
    void a_run_is_a_span_that_names_its_device() {
        // Given
        LocalDate today = LocalDate.ofInstant(clock.instant(), java.util.Objects.requireNonNull(gate().timeZone()));
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            await().atMost(PATIENCE)
                    .until(() -> reconciliation.start(gate(), today, today) instanceof Reconciliation.Started.Accepted);

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(collected.named("reconciliation run"))
                            .anySatisfy(span -> assertThat(CollectedSpans.attributes(span))
                                    .containsEntry("punch.device", "gate")
                                    .containsEntry("outcome", "done")));
        }
    }

    @Test
    void a_person_can_have_days_loaded() {
        // Given
        LocalDate today = LocalDate.ofInstant(clock.instant(), java.util.Objects.requireNonNull(gate().timeZone()));

        // When
        await().atMost(PATIENCE)
                .until(() -> reconciliation.start(gate(), today.minusDays(1), today)
                        instanceof Reconciliation.Started.Accepted);

        // Then
        await().atMost(PATIENCE)
                .until(() -> reconciliation.recent(50).stream()
                        .anyMatch(run -> run.trigger() == Run.Trigger.PERSON && run.state() == Run.State.DONE));
    }
}
