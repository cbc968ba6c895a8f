package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.AccessToken;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Proof;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.FakeReconciliation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the entry tells of watermarks. */
@QuarkusTest
@TestProfile(FakeReconciliation.Profile.class)
class WatermarksResourceTest {
    private static final String WATERMARKS = "/api/v1/watermarks";
    private static final Instant EIGHT = Instant.parse("2026-02-02T20:00:00Z");

    @Inject
    Watermarks watermarks;

    @Inject
    AccessToken token;

    private RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + token.secret());
    }

    private static Move move(String id, String shiftType, Instant at) {
        return new Move(
                id,
                shiftType,
                null,
                LocalDateTime.parse("2026-02-02T19:44:00"),
                Instant.parse("2026-02-02T16:44:00Z"),
                List.of(new Proof(
                        "head-office",
                        new SerialNumber("SN-1"),
                        Instant.parse("2026-01-20T00:00:00Z"),
                        Instant.parse("2026-02-02T16:45:00Z"),
                        "run-7")),
                "replica-1",
                at,
                MoveState.INTENDED,
                null,
                null);
    }

    @Test
    void a_shift_type_is_shown_with_what_holds_it_back_and_what_to_do() {
        // Given
        watermarks.keep(new Decided(
                "Day Shift",
                Outcome.HELD_BACK,
                "2026-02-02",
                "Not all given yet.",
                List.of(new Holding("device gate", "Proven only until noon.", "Turn it on.")),
                List.of(new PunchKey("20260202T090000Z-a")),
                LocalDateTime.parse("2026-02-01T19:44:00"),
                Instant.parse("2026-02-01T16:44:00Z"),
                Instant.parse("2026-02-02T09:00:00Z"),
                EIGHT));

        // When
        Response answer = authorized().get(WATERMARKS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("mode")).isEqualTo("off");
        assertThat(answer.jsonPath().getString("watermarks[0].shiftType")).isEqualTo("Day Shift");
        assertThat(answer.jsonPath().getString("watermarks[0].decision")).isEqualTo("held-back");
        assertThat(answer.jsonPath().getString("watermarks[0].lastSync")).isEqualTo("2026-02-01T19:44");
        assertThat(answer.jsonPath().getString("watermarks[0].provenUntil")).isEqualTo("2026-02-02T09:00:00Z");
        assertThat(answer.jsonPath().getString("watermarks[0].holders[0].holder"))
                .isEqualTo("device gate");
        assertThat(answer.jsonPath().getString("watermarks[0].holders[0].toDo")).isEqualTo("Turn it on.");
        assertThat(answer.jsonPath().getString("watermarks[0].holders[0].since"))
                .isEqualTo("2026-02-02T20:00:00Z");
        assertThat(answer.jsonPath().getList("watermarks[0].passedOver", String.class))
                .containsExactly("20260202T090000Z-a");
    }

    @Test
    void moves_are_told_with_their_proof_and_by_shift_type() {
        // Given
        watermarks.intend(move("m-1", "Told Shift", EIGHT));
        watermarks.settle("m-1", MoveState.WRITTEN, "Written.", EIGHT.plusSeconds(1));
        watermarks.intend(move("m-2", "Another Shift", EIGHT.plusSeconds(2)));

        // When
        Response answer = authorized().queryParam("shift-type", "Told Shift").get(WATERMARKS + "/moves");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("moves")).hasSize(1);
        assertThat(answer.jsonPath().getString("moves[0].state")).isEqualTo("written");
        assertThat(answer.jsonPath().getString("moves[0].to")).isEqualTo("2026-02-02T19:44");
        assertThat(answer.jsonPath().getString("moves[0].by")).isEqualTo("replica-1");
        assertThat(answer.jsonPath().getString("moves[0].proof[0].device")).isEqualTo("head-office");
        assertThat(answer.jsonPath().getString("moves[0].proof[0].run")).isEqualTo("run-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "x", "-1"})
    void a_limit_that_is_none_is_a_problem(String limit) {
        // When
        Response answer = authorized().queryParam("limit", limit).get(WATERMARKS + "/moves");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/moves"})
    void without_the_token_nothing_is_told(String path) {
        // When
        Response answer = given().get(WATERMARKS + path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
