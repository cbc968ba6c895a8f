package io.punchbridge.alerts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.AccessToken;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Inject
    @SuppressWarnings("NullAway.Init")
    Alerts alerts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AccessToken token;

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
    void which_alerts_stand_is_told_without_the_receiver_s_address() {
        // Given
        Instant now = clock.instant();
        alerts.keep(new Alerts.Change(
                List.of(new Alerts.Standing(
                        new Alerts.Alert("PunchbridgeWatermarkHeld", "Night"),
                        now,
                        now,
                        now,
                        "Something holds Night back.")),
                Set.of(),
                List.of()));

        // When
        Response answer =
                given().header("Authorization", "Bearer " + token.secret()).get("/api/v1/alerts");

        // Then
        JsonPath told = answer.then().statusCode(200).extract().jsonPath();
        assertThat(told.getString("receiver.host")).isEqualTo("127.0.0.1");
        assertThat(told.getString("receiver.words")).isNotBlank();
        assertThat(told.getString("note")).isNull();
        Map<String, Object> night = told.getMap("alerts.find { it.alert == 'PunchbridgeWatermarkHeld' }");
        assertThat(night)
                .containsEntry("severity", "warning")
                .containsEntry("about", "shift")
                .containsEntry("subject", "Night")
                .containsEntry("since", now.truncatedTo(ChronoUnit.MILLIS).toString())
                .containsEntry("told", "told")
                .containsEntry("summary", "Something holds Night back.")
                .containsEntry("runbook", "docs/operations.md#punchbridgewatermarkheld");
        assertThat(answer.asString()).doesNotContain("hook", "secret-", LocalReceiver.secret());
        assertThat(given().header("Authorization", "Bearer " + token.secret())
                        .get("/api/v1/summary")
                        .jsonPath()
                        .getList("alerts.alerts.alert"))
                .contains("PunchbridgeWatermarkHeld");
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
