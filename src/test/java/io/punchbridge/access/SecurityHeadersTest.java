package io.punchbridge.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.testing.Callbacks;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told, and what is off where nobody is configured. */
@QuarkusTest
class SecurityHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing/here", "/api/v1/devices", "/api/v1/nothing", PageOfATest.PATH, "/q/nothing"})
    void whatever_is_answered_a_browser_runs_and_sends_nothing_but_ours(String path) {
        // When
        Response answer = given().get(path);

        // Then
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Strict-Transport-Security")).isNull();
    }

    @Test
    void the_door_answers_as_ever() {
        // When
        Response answer = Callbacks.post("{}");

        // Then
        assertThat(answer.headers().asList())
                .extracting(header -> header.getName().toLowerCase(java.util.Locale.ROOT))
                .containsExactlyInAnyOrder("content-type", "content-length");
    }

    @Test
    void without_any_user_pages_are_off_and_the_api_is_for_this_host() {
        // When
        Response page = People.operator().get(PageOfATest.PATH);
        Response api = People.operator().get("/api/v1/devices");

        // Then
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(api.statusCode()).isEqualTo(401);
        assertThat(api.header("WWW-Authenticate")).startsWith("Bearer");
    }
}
