package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.AccessToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The set-up check over HTTP; whether there is a site is up to other tests. */
@QuarkusTest
class SetUpCheckResourceTest {
    private static final String PATH = "/api/v1/set-up-check";

    @Inject
    AccessToken token;

    @Test
    void the_running_service_checks_itself() {
        // When
        Response answer =
                given().header("Authorization", "Bearer " + token.secret()).post(PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        List<Map<String, String>> results = answer.jsonPath().getList("results");
        assertThat(answer.jsonPath().getBoolean("failed"))
                .isEqualTo(results.stream().anyMatch(result -> "failed".equals(result.get("outcome"))));
        assertThat(outcome(results, "Configuration")).isEqualTo("passed");
        assertThat(outcome(results, "Storage")).isEqualTo("passed");
        assertThat(outcome(results, "Storage's health")).isEqualTo("passed");
        assertThat(outcome(results, "Token")).isIn("passed", "failed", "not-checked");
        assertThat(answer.asString()).doesNotContain("simulated-secret", "simulated-key", token.secret());
    }

    private static String outcome(List<Map<String, String>> results, String name) {
        return results.stream()
                .filter(result -> name.equals(result.get("name")))
                .map(result -> result.get("outcome"))
                .findFirst()
                .orElse("missing");
    }

    @Test
    void whoever_has_no_token_starts_none() {
        // When
        Response answer = given().post(PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).doesNotContain("Storage");
    }
}
