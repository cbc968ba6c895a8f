package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.testing.FakeReconciliation;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** Nobody is named who may log in. */
@QuarkusTest
@TestProfile(FakeReconciliation.Profile.class)
class TodayOffTest {

    @Test
    void whoever_comes_is_told_how_to_turn_the_console_on() {
        // When
        Response answer = RestAssured.get("/");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.asString())
                .contains(
                        "The console is off",
                        "quarkus-run.jar hash-password",
                        "punchbridge.console.users.&lt;name&gt;.password-hash",
                        "restart",
                        "&quot;Who may ask&quot;")
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("<nav");
    }
}
