package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole application with a receiver: what goes wrong at the door reaches a person. */
@QuarkusTest
@TestProfile(AlertWiringTest.WithReceiver.class)
class AlertWiringTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    AlertJobs jobs;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AlertSettings settings;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Scheduler scheduler;

    @Inject
    @SuppressWarnings("NullAway.Init")
    SteppableClock clock;

    public static final class WithReceiver implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "punchbridge.alerts.url",
                    LocalReceiver.url(TestSettings.freePort()).toString(),
                    "punchbridge.alerts.secret",
                    LocalReceiver.secret(),
                    "punchbridge.alerts.name",
                    "Nairobi",
                    "punchbridge.storage.sqlite.file",
                    Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                            .toString());
        }
    }

    @Test
    void refused_callbacks_are_told_by_the_jobs_that_run() {
        // Given
        int port = settings.receiver().orElseThrow().url().getPort();
        try (LocalReceiver receiver = new LocalReceiver(port)) {
            for (int i = 0; i < 6; i++) {
                Callbacks.post(Callbacks.punch(TestSettings.SERIAL_NUMBER, "wrong", "7", "CheckIn", clock.instant()));
            }

            // When
            jobs.round().orElseThrow().look();

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(receiver.take()).anySatisfy(message -> {
                        assertThat(message.alert()).isEqualTo("PunchbridgeCallbacksRefused");
                        assertThat(message.isSigned()).isTrue();
                        assertThat(message.body()).contains("6 callbacks were refused", "Nairobi");
                    }));
        }
        assertThat(scheduler.getScheduledJobs()).extracting(Trigger::getId).contains("alerts", "alerts-sending");
    }
}
