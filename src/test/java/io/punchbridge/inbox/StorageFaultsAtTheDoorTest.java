package io.punchbridge.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same through the whole house: what a gateway and a platform see of a storage that fails and comes back. */
@QuarkusTest
class StorageFaultsAtTheDoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Inbox inbox;

    @Inject
    SteppableClock clock;

    @TestHTTPResource(value = "/health/ready", management = true)
    @SuppressWarnings("NullAway.Init")
    URI readiness;

    @Test
    void fullStorageIsAnswered503AndToldByReadinessUntilThereIsSpace() {
        // Given
        SqlitePunchStore store = (SqlitePunchStore) ((GroupCommitInbox) inbox).punchStore();
        store.onWriteConnection("PRAGMA max_page_count = 1");
        try {
            // Delivery moves punches on and so frees pages of an index now and then: only when none is left are both
            // down.
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> punch() == 503 && ready().statusCode() == 503);
            assertThat(ready().body().asString()).contains("DOWN", "is full", "Free some space");
        } finally {

            // When
            store.onWriteConnection("PRAGMA max_page_count = 1000000");
        }

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(punch()).isEqualTo(200));
        assertThat(ready().statusCode()).isEqualTo(200);
    }

    private int punch() {
        String user = UUID.randomUUID().toString();
        return Callbacks.post(Callbacks.punch(
                        TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, user, "CheckIn", clock.instant()))
                .statusCode();
    }

    private Response ready() {
        return given().get(readiness);
    }
}
