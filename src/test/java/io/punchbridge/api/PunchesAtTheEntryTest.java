package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.AccessToken;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Punches and actions over HTTP, with a real store and delivery behind. */
@QuarkusTest
class PunchesAtTheEntryTest {
    private static final String PUNCHES = "/api/v1/punches";
    private static final SerialNumber DEVICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final AtomicInteger STRANGERS = new AtomicInteger(880_000);

    @Inject
    AccessToken token;

    @Inject
    Inbox inbox;

    @Inject
    Delivery delivery;

    @Inject
    SimulatedFrappe frappe;

    @Inject
    FrappeSettings settings;

    @Inject
    Clock clock;

    /** Nobody has this device id, so that the punch is held; no other test has it, either. */
    private final String stranger = Integer.toString(STRANGERS.incrementAndGet());

    @BeforeEach
    void calm() {
        frappe.faults().clear();
        delivery.resume();
    }

    private RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + token.secret()).header("X-Punchbridge-User", "jo");
    }

    private Response post(String path, String body) {
        return authorized().contentType("application/json").body(body).post(PUNCHES + path);
    }

    private void stored(Punch... punches) {
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punches), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    private Punch held() {
        Punch punch = punch(stranger, "9");
        stored(punch);
        awaitState(punch, PunchState.HELD);
        return punch;
    }

    private Punch punch(String user, String operation) {
        Instant at = clock.instant().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        return Punch.of(
                DEVICE,
                new UserId(user),
                at,
                "CheckIn",
                new PunchDetails("as sent +0300", at, operation, "Fingerprint", "36.8", false, null));
    }

    private void awaitState(Punch punch, PunchState state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(inbox.find(punch.key()).orElseThrow().state())
                                .isEqualTo(state));
    }

    private static void assertProblem(Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({"user", "employee", "reason", "serialNumber", "device", "state", "source", "from", "cursor"})
    void control_characters_are_looked_for_nowhere(String member) {
        // When
        Response answer = post("/search", "{\"" + member + "\": \"4\\u00007\"}");

        // Then
        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/actions?before=20260101%00, 400",
        "/api/v1/watermarks/moves?shift-type=Day%00, 400",
        "/api/v1/late-punches?state=found%0A, 400",
        "/api/v1/reconciliation/runs/r%00, 404",
        "/api/v1/punches/2026%00, 404",
    })
    void control_characters_in_an_address_are_the_askers_mistake(String address, int status) {
        // When
        Response answer = authorized().urlEncodingEnabled(false).get(address);

        // Then
        assertProblem(answer, status);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/actions?before=&limit=50", "/api/v1/late-punches?state=&from=&to=&cursor="})
    void addresses_answer_as_they_stand_in_the_readme(String address) {
        // When
        Response answer = authorized().get(address);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void the_newest_actions_are_listed_where_before_is_blank() {
        // Given
        post("/dismiss", "{\"keys\": [\"" + held().key().value() + "\"], \"why\": \"a visitor\"}");

        // When
        Response answer = authorized().get("/api/v1/actions?before=&limit=");

        // Then
        assertThat(answer.jsonPath().getList("actions")).isNotEmpty();
    }

    @Test
    void a_held_punch_is_found_with_its_reason_and_its_local_time() {
        // Given
        Punch punch = held();

        // When
        Response answer =
                post("/search", "{\"user\":\"" + stranger + "\",\"state\":\"held\",\"device\":\"head-office\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("punches.key", String.class))
                .containsExactly(punch.key().value());
        assertThat(answer.jsonPath().getString("next")).isNull();
        assertThat(answer.jsonPath().<String, Object>getMap("punches[0]"))
                .containsEntry("device", "head-office")
                .containsEntry("user", stranger)
                .containsEntry("at", punch.at().toString())
                .containsEntry("type", "CheckIn")
                .containsEntry("source", "callback")
                .containsEntry("state", "held")
                .containsEntry("checkin", null)
                .doesNotContainEntry("reason", null);
        assertThat(Instant.parse(answer.jsonPath().getString("punches[0].at")))
                .isEqualTo(OffsetDateTime.parse(answer.jsonPath().getString("punches[0].localTime"))
                        .toInstant());
    }

    @Test
    void the_story_of_a_delivered_punch_leads_to_its_check_in() {
        // Given
        Punch punch = punch("3", "story-of-3");
        stored(punch);
        awaitState(punch, PunchState.DELIVERED);
        String checkin = inbox.find(punch.key()).orElseThrow().checkin();

        // When
        Response answer = authorized().get(PUNCHES + "/" + punch.key());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("checkinUrl"))
                .isEqualTo(settings.url() + "/app/employee-checkin/" + checkin);
        assertThat(answer.jsonPath().<String, Object>getMap("sent"))
                .containsEntry("logTime", "as sent +0300")
                .containsEntry("inputType", "Fingerprint");
        assertThat(answer.jsonPath().getString("punch.employee")).isEqualTo("HR-EMP-00003");
        assertThat(answer.jsonPath().getList("actions")).isEmpty();
        assertThat(answer.jsonPath().getString("attempts[0].outcome")).isEqualTo("delivered");
        assertThat(answer.jsonPath().getInt("attempts[0].status")).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("attempts[0].punches")).isPositive();
        assertThat(answer.jsonPath().getLong("attempts[0].tookMillis")).isNotNegative();
        assertThat(answer.jsonPath().getString("attempts[0].checkin")).isEqualTo(checkin);
        assertThat(answer.asString()).doesNotContainPattern("36\\.8(?!\\d)");
    }

    @Test
    void pages_go_on_where_the_last_one_ended() {
        // Given
        Instant at = clock.instant().minusSeconds(7200).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            stored(Punch.of(DEVICE, new UserId(stranger), at.plusSeconds(i), "CheckIn", PunchDetails.NONE));
        }
        String first = "{\"user\":\"" + stranger + "\",\"limit\":2}";
        String cursor = post("/search", first).jsonPath().getString("next");

        // When
        Response answer = post("/search", "{\"user\":\"" + stranger + "\",\"limit\":2,\"cursor\":\"" + cursor + "\"}");

        // Then
        assertThat(answer.jsonPath().getList("punches.at", String.class)).containsExactly(at.toString());
        assertThat(answer.jsonPath().getString("next")).isNull();
    }

    @Test
    void a_filter_is_counted_first_and_carried_out_when_its_number_is_confirmed() {
        // Given
        Punch punch = held();
        String filter = "{\"user\":\"" + stranger + "\",\"state\":\"held\"";

        // When
        Response counted = post("/replay", filter + "}");
        Response wrong = post("/replay", filter + ",\"confirm\":2}");
        PunchState before = inbox.find(punch.key()).orElseThrow().state();
        Response done = post("/replay", filter + ",\"confirm\":1,\"why\":\"just so\"}");

        // Then
        assertThat(counted.statusCode()).isEqualTo(200);
        assertThat(counted.jsonPath().getInt("matching")).isEqualTo(1);
        assertThat(counted.jsonPath().getString("action")).isNull();
        assertProblem(wrong, 409);
        assertThat(wrong.jsonPath().getInt("matching")).isEqualTo(1);
        assertThat(before).isEqualTo(PunchState.HELD);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.jsonPath().getInt("changed")).isEqualTo(1);
        String id = done.jsonPath().getString("action");
        Response actions = authorized().get("/api/v1/actions?limit=200");
        assertThat(actions.jsonPath().<Object>getList("actions.findAll { it.id == '" + id + "' }"))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("kind", "replay")
                .containsEntry("who", "jo")
                .containsEntry("authority", "token file on this host")
                .containsEntry("what", "state=held user=" + stranger)
                .containsEntry("why", "just so")
                .containsEntry("changed", 1);
        assertThat(authorized()
                        .get(PUNCHES + "/" + punch.key())
                        .jsonPath()
                        .getList("actions.stateBefore", String.class))
                .containsExactly("held");
    }

    @Test
    void a_punch_is_dismissed_once_and_for_a_reason() {
        // Given
        Punch punch = held();
        String keys = "{\"keys\":[\"" + punch.key() + "\"]";

        // When
        Response without = post("/dismiss", keys + "}");
        Response done = post("/dismiss", keys + ",\"why\":\"A visitor's card.\"}");
        Response again = post("/dismiss", keys + ",\"why\":\"A visitor's card.\"}");

        // Then
        assertProblem(without, 400);
        assertThat(done.jsonPath().getInt("changed")).isEqualTo(1);
        assertThat(done.jsonPath().getString("words")).contains("watermark");
        assertThat(again.jsonPath().getInt("changed")).isZero();
        assertThat(again.jsonPath().getString("left[0].state")).isEqualTo("ignored");
        Response story = authorized().get(PUNCHES + "/" + punch.key());
        assertThat(story.jsonPath().getString("punch.state")).isEqualTo("ignored");
        assertThat(story.jsonPath().getString("punch.reason")).endsWith("A visitor's card.");
    }

    @Test
    void what_can_not_be_sent_is_left_and_told() {
        // Given
        UnreadablePunch unreadable =
                UnreadablePunch.of(DEVICE, new UserId(stranger), null, "no time", "{\"of\":" + stranger + "}");
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(), List.of(unreadable), List.of()))
                .toCompletableFuture()
                .join();

        // When
        Response answer = post("/replay", "{\"keys\":[\"" + unreadable.key() + "\"]}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("changed")).isZero();
        assertThat(answer.jsonPath().getString("left[0].why")).contains("by hand");
        assertThat(authorized().get(PUNCHES + "/" + unreadable.key()).jsonPath().getString("content"))
                .contains(stranger);
    }

    @Test
    void those_for_whom_punches_are_held_are_listed() {
        // Given
        held();

        // When
        Response answer = authorized().get("/api/v1/held");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("users.user", String.class)).contains(stranger);
        assertThat(answer.jsonPath().getBoolean("complete")).isTrue();
    }

    @Test
    void the_summary_tells_how_things_stand() {
        // Given
        held();

        // When
        Response answer = authorized().get("/api/v1/summary");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("punches.held")).isPositive();
        assertThat(answer.jsonPath().<String, Object>getMap("punches"))
                .containsOnlyKeys("pending", "delivered", "held", "rejected", "ignored", "quarantined");
        assertThat(answer.jsonPath().getString("delivery.condition"))
                .isIn("proven", "unproven", "away", "set-up-wrong");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|/search|[]",
                "400|/search|",
                "400|/search|{\"usr\":\"7\"}",
                "400|/search|{\"user\":7}",
                "400|/search|{\"limit\":0}",
                "400|/search|{\"limit\":201}",
                "400|/search|{\"cursor\":\"x\"}",
                "422|/search|{\"device\":\"back-office\"}",
                "400|/replay|{}",
                "400|/replay|{\"keys\":[]}",
                "400|/replay|{\"keys\":[\"'; DROP TABLE punch\"]}",
                "400|/replay|{\"keys\":[\"20240917T044822Z-1f\"],\"state\":\"held\"}",
                "422|/replay|{\"user\":\"7\"}",
                "422|/replay|{\"state\":[\"held\",\"delivered\"],\"confirm\":0}",
                "422|/replay|{\"state\":\"pending\"}",
                "400|/replay|{\"state\":\"held\",\"confirm\":-1}",
                "400|/dismiss|{\"why\":\"so\"}",
                "400|/dismiss|{\"keys\":[\"20240917T044822Z-1f\"],\"why\":\" \"}",
                "400|/dismiss|{\"state\":\"held\",\"why\":\"so\"}",
            })
    void what_is_no_request_is_a_problem_and_changes_nothing(int status, String path, String body) {
        // When
        Response answer = post(path, body == null ? "" : body);

        // Then
        assertProblem(answer, status);
        assertThat(answer.asString()).doesNotContain("DROP", "back-office", "jackson");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/punches/20240917T044822Z-1f, 404",
        "GET, /api/v1/punches/replay, 405",
        "GET, /api/v1/actions?limit=0, 400",
        "GET, /api/v1/actions?limit=many, 400",
        "DELETE, /api/v1/held, 405",
    })
    void every_error_is_a_problem(String method, String path, int status) {
        // When
        Response answer = authorized().request(method, path);

        // Then
        assertProblem(answer, status);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/punches/search",
        "POST, /api/v1/punches/replay",
        "POST, /api/v1/punches/dismiss",
        "GET, /api/v1/punches/20240917T044822Z-1f",
        "GET, /api/v1/actions",
        "GET, /api/v1/held",
        "GET, /api/v1/summary",
    })
    void nobody_is_told_anything_without_the_token(String method, String path) {
        // When
        Response answer = given().contentType("application/json").body("{}").request(method, path);

        // Then
        assertProblem(answer, 401);
    }
}
