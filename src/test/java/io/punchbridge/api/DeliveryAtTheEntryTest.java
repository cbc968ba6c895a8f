package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.AccessToken;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pausing and resuming over HTTP, with a real store and delivery behind. */
@QuarkusTest
class DeliveryAtTheEntryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SerialNumber DEVICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final Request END = new Request("a test", null, "delivery", null);
    private static final String REASON = "{\"reason\": \"Frappe is being\\nupgraded.\"}";
    private static final AtomicInteger MINUTES = new AtomicInteger();

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init")
    String metrics;

    @TestHTTPResource(value = "/health", management = true)
    @SuppressWarnings("NullAway.Init")
    String health;

    @Inject
    AccessToken token;

    @Inject
    Inbox inbox;

    @Inject
    Delivery delivery;

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Clock clock;

    @BeforeEach
    void calm() {
        frappe.faults().clear();
        delivery.resume();
    }

    @AfterEach
    void goOn() {
        delivery.resume(END);
    }

    private RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + token.secret()).header("X-Punchbridge-User", "jo");
    }

    private Response post(String what, String body) {
        return authorized().contentType("application/json").body(body).post("/api/v1/delivery/" + what);
    }

    private JsonPath summary() {
        return authorized().get("/api/v1/summary").jsonPath();
    }

    private double gauge() {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> line.startsWith("punchbridge_delivery_paused "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private PunchState state(Punch punch) {
        return inbox.find(punch.key()).orElseThrow().state();
    }

    private static Punch nextPunch() {
        Instant at = Instant.parse("2026-03-02T05:00:00Z").plus(Duration.ofMinutes(MINUTES.incrementAndGet()));
        return Punch.of(DEVICE, new UserId("1"), at, "CheckIn", PunchDetails.NONE);
    }

    @Test
    void a_pause_is_shown_with_who_since_when_and_why() {
        // When
        Response answer = post("pause", REASON);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonPath summary = summary();
        assertThat(summary.getString("delivery.paused.by")).isEqualTo("jo");
        assertThat(summary.getString("delivery.paused.reason")).isEqualTo("Frappe is being upgraded.");
        assertThat(summary.getString("delivery.paused.since"))
                .isEqualTo(answer.jsonPath().getString("paused.since"));
        assertThat(gauge()).isEqualTo(1);
    }

    @Test
    void a_paused_service_takes_punches_and_is_ready_and_live() {
        // Given
        post("pause", REASON);
        Instant at = clock.instant().minus(Duration.ofHours(3 + MINUTES.incrementAndGet()));
        int before = frappe.checkinCount();

        // When
        Response acknowledged =
                Callbacks.post(Callbacks.punch(TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, "1", "CheckIn", at));

        // Then
        assertThat(acknowledged.statusCode()).isEqualTo(200);
        assertThat(inbox.claim(10)).isEmpty();
        assertThat(inbox.counts().get(PunchState.PENDING)).isPositive();
        assertThat(frappe.checkinCount()).isEqualTo(before);
        assertThat(given().get(health + "/ready").statusCode()).isEqualTo(200);
        assertThat(given().get(health + "/live").statusCode()).isEqualTo(200);
    }

    @Test
    void what_came_in_a_pause_is_delivered_after_it() {
        // Given
        post("pause", REASON);
        Punch punch = nextPunch();
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punch), List.of(), List.of()))
                .toCompletableFuture()
                .join();

        // When
        Response answer = post("resume", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("ended.by")).isEqualTo("jo");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(punch)).isEqualTo(PunchState.DELIVERED));
        assertThat(summary().getMap("delivery")).doesNotContainKey("by").containsEntry("paused", null);
        assertThat(gauge()).isZero();
    }

    @Test
    void to_pause_twice_is_refused_with_who_was_first() {
        // Given
        String since = post("pause", REASON).jsonPath().getString("paused.since");

        // When
        Response second = post("pause", "{\"reason\": \"Another one.\"}");

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.contentType()).startsWith("application/problem+json");
        assertThat(second.jsonPath().getString("paused.by")).isEqualTo("jo");
        assertThat(second.jsonPath().getString("paused.since")).isEqualTo(since);
        assertThat(second.jsonPath().getString("paused.reason")).isEqualTo("Frappe is being upgraded.");
    }

    @Test
    void to_resume_what_is_not_paused_is_refused() {
        // When
        Response answer = post("resume", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.jsonPath().getString("detail")).contains("isn't paused");
    }

    @Test
    void a_pause_without_a_reason_is_refused() {
        // When
        Response answer = post("pause", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(summary().getString("delivery.paused")).isNull();
    }

    @Test
    void a_pause_and_its_end_are_among_the_recorded_actions() {
        // Given
        post("pause", REASON);

        // When
        post("resume", "{\"reason\": \"It is done.\"}");

        // Then
        JsonPath actions = authorized().get("/api/v1/actions?limit=2").jsonPath();
        assertThat(actions.getList("actions.kind")).containsExactly("resume", "pause");
        assertThat(actions.getList("actions.what")).containsOnly("delivery");
        assertThat(actions.getList("actions.why")).containsExactly("It is done.", "Frappe is being upgraded.");
        assertThat(actions.getList("actions.who")).containsOnly("jo");
    }
}
