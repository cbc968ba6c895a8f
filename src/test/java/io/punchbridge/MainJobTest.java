package io.punchbridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.delivery.Delivery;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.PunchState;
import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job through the whole house: from the gateway's callback to the check-in in Frappe. */
@QuarkusTest
class MainJobTest {
    private static final String PUBLISHED = """
            {"RealTime":{"OperationID":"9nu1wak5616p","LabelName":"Head Office","SerialNumber":"ZHM11xxxxxxxx","PunchLog":{"Type":"CheckIn","Temperature":"36.8","FaceMask":false,"InputType":"Fingerprint","UserId":"2","LogTime":"2024-09-17 07:48:22 GMT +0300"},"AuthToken":"%s","Time":"2024-09-17 04:49:03 GMT +0000"}}""".formatted(TestSettings.TOKEN);

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Inbox inbox;

    @Inject
    Delivery delivery;

    @BeforeEach
    void calm() {
        frappe.faults().clear();
        delivery.resume();
    }

    @Test
    void the_published_payload_becomes_one_check_in() {
        // When
        Response answer =
                given().contentType("application/json").body(PUBLISHED).post("/cams/callback?stgid=x");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().asString()).isEqualTo("{\"status\":\"done\"}");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(checkinsOf("HR-EMP-00002"))
                        .singleElement()
                        .satisfies(checkin -> {
                            assertThat(checkin.time()).isEqualTo(LocalDateTime.of(2024, 9, 17, 7, 48, 22));
                            assertThat(checkin.logType()).isEqualTo("IN");
                            assertThat(checkin.deviceId()).isEqualTo("head-office");
                        }));
        await().untilAsserted(() ->
                assertThat(inbox.counts().getOrDefault(PunchState.PENDING, 0L)).isZero());
    }

    private List<SimulatedCheckin> checkinsOf(String employee) {
        return frappe.checkins().stream()
                .filter(checkin -> checkin.employee().equals(employee))
                .toList();
    }
}
