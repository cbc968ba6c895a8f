package io.punchbridge.access;

import static io.punchbridge.testing.FakeReconciliation.run;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.reconciliation.Reconciliation.Started;
import io.punchbridge.testing.FakeReconciliation;
import io.punchbridge.testing.FakeReconciliation.Asked;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loopback entry over HTTP: who is let in, what is answered, and in which form. */
@QuarkusTest
@TestProfile(FakeReconciliation.Profile.class)
class EntryTest {
    private static final String RUNS = "/api/v1/reconciliation/runs";
    private static final String DEVICES = "/api/v1/devices";
    private static final String OCTOBER = "{\"device\":\"head-office\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}";

    @Inject
    FakeReconciliation reconciliation;

    @Inject
    Actions actions;

    @Inject
    AccessToken token;

    @Inject
    AccessSettings settings;

    @Inject
    Clock clock;

    @BeforeEach
    void forget() {
        reconciliation.reset();
    }

    @Test
    void the_token_file_tells_the_real_address_and_the_token_to_its_owner_alone() throws IOException {
        // When
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(settings.tokenFile()));

        // Then
        assertThat(Files.readAllLines(settings.tokenFile()))
                .contains("url=http://127.0.0.1:" + RestAssured.port, "token=" + token.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.tokenFile())))
                .isEqualTo("rw-------");
        assertThat(settings.tokenFile().toString())
                .endsWith("/punchbridge.token")
                .contains("test-data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Basic dXNlcjpwYXNz"})
    void whoever_has_no_token_hears_the_same_and_no_more(String authorization) {
        // When
        Response answer = given().header("Authorization", authorization).get(DEVICES);

        // Then
        assertProblem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.asString())
                .isEqualTo(given().get(DEVICES).asString())
                .doesNotContain("head-office", token.secret());
    }

    @Test
    void without_the_token_nothing_is_started() {
        // When
        Response answer = given().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertProblem(answer, 401);
        assertThat(reconciliation.asked()).isEmpty();
    }

    @Test
    void what_claims_to_come_from_loopback_through_a_proxy_is_refused() {
        // When
        Response answer = authorized().header("X-Forwarded-For", "127.0.0.1").get(DEVICES);

        // Then
        assertProblem(answer, 403);
    }

    @Test
    void the_devices_are_listed_with_what_keeps_them_from_being_asked() {
        // When
        Response answer = authorized().get(DEVICES);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("devices.name", String.class)).contains("head-office", "gate", "entrance");
        assertThat(answer.jsonPath().getString("devices[0].connection")).isEqualTo("native-push");
        assertThat(answer.jsonPath().getMap("devices[0]")).containsKey("unaskable");
    }

    @Test
    void a_run_is_started_and_found_where_the_answer_says() {
        // Given
        reconciliation.answers(new Started.Accepted("run-1")).shows(run("run-1", State.RUNNING, 2, null));

        // When
        Response answer =
                authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.jsonPath().getString("id")).isEqualTo("run-1");
        assertThat(reconciliation.asked())
                .containsExactly(new Asked("head-office", LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31)));
        Response run = authorized().get(answer.header("Location"));
        assertThat(run.statusCode()).isEqualTo(200);
        assertThat(run.jsonPath().<String, Object>getMap(""))
                .containsAllEntriesOf(Map.of(
                        "id",
                        "run-1",
                        "device",
                        "head-office",
                        "trigger",
                        "person",
                        "state",
                        "running",
                        "from",
                        "2026-10-01T00:00:00Z",
                        "windows",
                        6,
                        "windowsDone",
                        2,
                        "rows",
                        400,
                        "newPunches",
                        4,
                        "lostPunches",
                        2))
                .containsEntry("foundNear", 0)
                .containsEntry("endedAt", null)
                .containsEntry("reason", null);
    }

    @Test
    void what_stood_near_a_runs_punches_is_told_page_by_page() {
        // Given
        reconciliation.shows(run("run-1", State.DONE, 6, null));

        // When
        Response answer = authorized().get(RUNS + "/run-1/found-near?limit=10");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("punches")).isEmpty();
        assertThat(answer.jsonPath().getString("next")).isNull();
        assertProblem(authorized().get(RUNS + "/run-1/found-near?limit=0"), 400);
        assertProblem(authorized().get(RUNS + "/run-2/found-near"), 404);
    }

    @Test
    void a_range_without_an_end_goes_to_today() {
        // Given
        reconciliation.answers(new Started.Accepted("run-1"));

        // When
        authorized()
                .contentType("application/json")
                .body("{\"device\":\"gate\",\"from\":\"2026-01-01\"}")
                .post(RUNS);

        // Then
        assertThat(reconciliation.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.to())
                        .isBetween(
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.MIN),
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.MAX)));
    }

    @Test
    void a_second_run_of_a_device_is_refused_with_the_first_one_named() {
        // Given
        reconciliation.answers(new Started.Busy("run-0"));

        // When
        Response answer =
                authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertProblem(answer, 409);
        assertThat(answer.jsonPath().getString("run")).isEqualTo("run-0");
    }

    @Test
    void what_can_not_be_done_is_refused_in_the_words_of_who_knows_why() {
        // Given
        reconciliation.answers(new Started.Refused("The device is connected by DB pull."));

        // When
        Response answer =
                authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertProblem(answer, 422);
        assertThat(answer.jsonPath().getString("detail")).isEqualTo("The device is connected by DB pull.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|",
                "400|{",
                "400|null",
                "400|[]",
                "400|\"head-office\"",
                "400|{}",
                "400|{\"device\":\"head-office\"}",
                "400|{\"device\":{\"name\":\"gate\"},\"from\":\"2026-10-01\"}",
                "400|{\"device\":\"head-office\",\"from\":\"2026-10-01\",\"to\":\"tomorrow\"}",
                "400|{\"device\":\"head-office\",\"from\":\"2026-02-30\",\"to\":\"2026-03-01\"}",
                "422|{\"device\":\"head-office\",\"from\":\"2026-10-02\",\"to\":\"2026-10-01\"}",
                "422|{\"device\":\"back-office\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}",
            })
    void what_is_no_request_starts_nothing_and_is_told_as_a_problem(int status, String body) {
        // When
        Response answer = authorized()
                .contentType("application/json")
                .body(body == null ? "" : body)
                .post(RUNS);

        // Then
        assertProblem(answer, status);
        assertThat(answer.asString()).doesNotContain("tomorrow", "back-office", "jackson");
        assertThat(reconciliation.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/reconciliation/runs/unknown, 404",
        "POST, /api/v1/reconciliation/runs/unknown/cancel, 404",
        "GET, /api/v1/reconciliation/runs?limit=0, 400",
        "GET, /api/v1/reconciliation/runs?limit=201, 400",
        "GET, /api/v1/reconciliation/runs?limit=many, 400",
        "GET, /api/v1/reconciliation/runs?cursor=1793588400000, 400",
        "GET, /api/v1/reconciliation/runs?device=nobody, 422",
        "GET, /api/v1/nothing, 404",
        "GET, /api/v2/devices, 404",
        "DELETE, /api/v1/devices, 405",
        "POST, /api/v1/reconciliation/runs, 415",
    })
    void every_error_is_a_problem(String method, String path, int status) {
        // Given
        RequestSpecification request = authorized();
        if (status == 415) {
            request.config(RestAssured.config()
                            .encoderConfig(EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                    .contentType("text/plain")
                    .body("device=head-office");
        }

        // When
        Response answer = request.request(method, path);

        // Then
        assertProblem(answer, status);
    }

    @Test
    void runs_are_listed_page_by_page_to_the_last_one() {
        // Given
        reconciliation.showsWaiting(5);
        List<String> listed = new ArrayList<>();
        String cursor = "";

        // When
        for (int page = 0; page < 3; page++) {
            JsonPath answer = authorized()
                    .queryParam("limit", 2)
                    .queryParam("cursor", cursor)
                    .get(RUNS)
                    .jsonPath();
            listed.addAll(answer.getList("runs.id", String.class));
            cursor = answer.getString("next");
        }

        // Then
        assertThat(listed).containsExactly("many-4", "many-3", "many-2", "many-1", "many-0");
        assertThat(cursor).isNull();
    }

    @Test
    void runs_of_one_device_are_listed_alone() {
        // Given
        reconciliation.showsWaiting(2);

        // When
        JsonPath gate = authorized().queryParam("device", "gate").get(RUNS).jsonPath();

        // Then
        assertThat(gate.getList("runs")).isEmpty();
        assertThat(gate.getString("next")).isNull();
        assertThat(authorized()
                        .queryParam("device", "head-office")
                        .get(RUNS)
                        .jsonPath()
                        .getList("runs"))
                .hasSize(2);
    }

    @Test
    void the_summary_has_the_run_that_moves_however_many_wait_behind_it() {
        // Given
        reconciliation.showsWaiting(250);

        // When
        List<String> runs = authorized().get("/api/v1/summary").jsonPath().getList("runs.id", String.class);

        // Then
        assertThat(runs).hasSize(250).startsWith("many-0");
    }

    @Test
    void an_answer_that_the_asker_would_not_take_is_a_problem() {
        // When
        Response answer = authorized().accept("text/html").get(DEVICES);

        // Then
        assertProblem(answer, 406);
    }

    @Test
    void a_failure_of_ours_is_told_without_its_inner_parts() {
        // Given
        reconciliation.fails(new IllegalStateException("column secret_things is missing"));

        // When
        Response answer =
                authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertProblem(answer, 500);
        assertThat(answer.asString()).doesNotContain("secret_things", "IllegalState", "\tat ");
    }

    @Test
    void the_newest_runs_are_listed() {
        // Given
        reconciliation
                .shows(run("older", State.DONE, 6, null))
                .shows(run("newer", State.FAILED, 3, "The device is offline."));

        // When
        Response answer = authorized().get(RUNS + "?limit=2");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("runs.id", String.class)).containsExactlyInAnyOrder("older", "newer");
        assertThat(answer.jsonPath().getList("runs.reason", String.class)).contains("The device is offline.");
    }

    @Test
    void a_run_is_cancelled() {
        // Given
        reconciliation.shows(run("run-1", State.RUNNING, 2, null));

        // When
        Response answer = authorized().post(RUNS + "/run-1/cancel");

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(reconciliation.cancelled()).containsExactly("run-1");
    }

    @Test
    void who_starts_and_cancels_a_run_is_recorded() {
        // Given
        reconciliation.answers(new Started.Accepted("run-1")).shows(run("run-1", State.RUNNING, 2, null));
        authorized()
                .contentType("application/json")
                .body(
                        "{\"device\":\"head-office\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\",\"why\":\"The line was cut.\"}")
                .post(RUNS);

        // When
        authorized().header("X-Punchbridge-User", "jo").post(RUNS + "/run-1/cancel");

        // Then
        JsonPath actions = authorized().get("/api/v1/actions?limit=2").jsonPath();
        assertThat(actions.getList("actions.kind", String.class)).containsExactly("cancel", "reconcile");
        assertThat(actions.getString("actions[0].who")).isEqualTo("jo");
        assertThat(actions.getString("actions[0].what")).isEqualTo("run run-1 of head-office: it ends");
        assertThat(actions.getString("actions[1].what"))
                .isEqualTo("the log of head-office from 2026-10-01 to 2026-10-31: run run-1");
        assertThat(actions.getString("actions[1].why")).isEqualTo("The line was cut.");
    }

    @Test
    void what_somebody_wants_of_a_run_is_on_record_before_it_is_done() {
        // Given
        List<String> recorded = new ArrayList<>();
        reconciliation
                .answers(new Started.Accepted("run-1"))
                .shows(run("run-1", State.RUNNING, 2, null))
                .whenAsked(() ->
                        recorded.add(actions.recent(null, 1).get(0).request().what()));
        authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // When
        authorized().post(RUNS + "/run-1/cancel");

        // Then
        assertThat(recorded)
                .containsExactly("the log of head-office from 2026-10-01 to 2026-10-31", "run run-1 of head-office");
    }

    @Test
    void a_run_that_is_refused_is_recorded_with_the_reason() {
        // Given
        reconciliation.answers(new Started.Refused("No gateway is configured."));

        // When
        authorized().contentType("application/json").body(OCTOBER).post(RUNS);

        // Then
        assertThat(actions.recent(null, 1).get(0).request().what())
                .isEqualTo(
                        "the log of head-office from 2026-10-01 to 2026-10-31: not started. No gateway is configured.");
    }

    @Test
    void a_run_that_has_ended_can_not_be_cancelled() {
        // Given
        reconciliation.shows(run("run-1", State.DONE, 6, null));

        // When
        Response answer = authorized().post(RUNS + "/run-1/cancel");

        // Then
        assertProblem(answer, 409);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 16385, 413", "Content-Length: 2000000, 413", "Transfer-Encoding: chunked, 411"})
    void a_body_that_is_too_large_or_of_untold_length_is_refused_before_it_is_read(String header, int status)
            throws IOException {
        // When
        String answer = raw("POST " + RUNS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.secret()
                + "\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n");

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":" + status);
    }

    @Test
    void the_door_for_callbacks_keeps_its_own_answers() {
        // When
        Response large =
                given().contentType("application/json").body(" ".repeat(20_000)).post("/cams/callback");
        Response wrongMethod = given().get("/cams/callback");

        // Then
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(large.contentType()).doesNotContain("problem");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.asString()).isEmpty();
    }

    private RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + token.secret());
    }

    private static void assertProblem(Response answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("type")).isEqualTo("about:blank");
        assertThat(answer.jsonPath().getString("title")).isNotBlank();
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(answer.jsonPath().getString("detail")).endsWith(".");
    }

    private static String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
