package io.punchbridge.access;

import static io.punchbridge.access.People.as;
import static io.punchbridge.access.People.operator;
import static io.punchbridge.access.People.viewer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.reconciliation.Reconciliation.Started;
import io.punchbridge.testing.FakeReconciliation;
import io.punchbridge.testing.SteppableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People with names and passwords over HTTP: who is let in, and to what. */
@QuarkusTest
@TestProfile(People.Profile.class)
class LoginTest {
    private static final String RUNS = "/api/v1/reconciliation/runs";
    private static final String DEVICES = "/api/v1/devices";
    private static final String OCTOBER = "{\"device\":\"head-office\",\"from\":\"2026-10-01\",\"to\":\"2026-10-31\"}";

    @Inject
    FakeReconciliation reconciliation;

    @Inject
    AccessToken token;

    @Inject
    SteppableClock clock;

    @BeforeEach
    void forget() {
        reconciliation.reset();
        reconciliation.answers(new Started.Accepted("r-1"));
    }

    @AfterEach
    void endLockOuts() {
        clock.step(Duration.ofMinutes(16));
    }

    @Test
    void a_viewer_and_an_operator_may_look() {
        // When
        Response viewed = viewer().get(DEVICES);
        Response operated = operator().get(DEVICES);

        // Then
        assertThat(viewed.statusCode()).isEqualTo(200);
        assertThat(viewed.asString()).contains("head-office").isEqualTo(operated.asString());
    }

    @ParameterizedTest
    @CsvSource({
        "jane, wrong password",
        "jane, jane looks at punches and more",
        "Jane, jane looks at punches",
        "nobody, jane looks at punches",
        "'', ''",
    })
    void unknown_and_wrong_are_answered_as_nobody_is(String name, String password) {
        // When
        Response answer = as(name, password).get(DEVICES);

        // Then
        Response nobody = given().get(DEVICES);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Punchbridge\", charset=\"UTF-8\"");
        assertThat(answer.asString()).isEqualTo(nobody.asString()).doesNotContain("jane", "punches");
        assertThat(answer.headers().asList()).hasSameSizeAs(nobody.headers().asList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Basic amFuZQ==", "Digest username=\"jane\"", "jane"})
    void what_is_no_name_and_password_is_answered_the_same(String authorization) {
        // When
        Response answer = given().header("Authorization", authorization).get(DEVICES);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo(given().get(DEVICES).asString());
    }

    @Test
    void a_viewer_starts_nothing() {
        // When
        Response answer = own(viewer()).body(OCTOBER).post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(reconciliation.asked()).isEmpty();
    }

    @Test
    void an_operator_acts() {
        // When
        Response answer = own(operator()).body(OCTOBER).post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(reconciliation.asked()).hasSize(1);
    }

    @Test
    void a_viewer_may_search_by_post() {
        // When
        Response search = own(viewer()).post(PageOfATest.PATH + "/search");
        Response act = own(viewer()).post(PageOfATest.PATH);

        // Then
        assertThat(search.statusCode()).isEqualTo(200);
        assertThat(act.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // a form of another site, over TLS and without
                "-, cross-site, https://evil.example",
                "-, -, https://evil.example",
                "-, -, null",
                // a page of a neighbour under the same domain
                "-, same-site, https://other.example",
                // fetch without CORS, which can send no such header
                "-, cross-site, -",
                // a script that somehow sends the header
                "X-Punchbridge-Request, cross-site, https://evil.example",
                "X-Punchbridge-Request, same-site, https://evil.example",
                "X-Punchbridge-Request, 'same-origin, cross-site', -",
                "HX-Request, -, https://evil.example",
                "HX-Request, -, http://127.0.0.1:1",
                "HX-Request, -, null",
                // a form of our own, which another site may have made somebody send
                "-, same-origin, -",
                "-, none, -",
                "-, -, -",
            })
    void what_another_site_makes_a_browser_send_changes_nothing(String header, String site, String origin) {
        // Given
        RequestSpecification request = operator().contentType("application/json");
        addUnlessNull(request, header, "true");
        addUnlessNull(request, "Sec-Fetch-Site", site);
        addUnlessNull(request, "Origin", origin);

        // When
        Response answer = request.body(OCTOBER).post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(reconciliation.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "HX-Request, same-origin, -",
                "X-Punchbridge-Request, same-origin, https://behind-a-proxy.example",
                "HX-Request, -, itself",
                "X-Punchbridge-Request, -, -",
            })
    void what_our_own_page_or_a_script_sends_is_done(String header, String site, String origin) {
        // Given
        RequestSpecification request = operator().contentType("application/json");
        addUnlessNull(request, header, "true");
        addUnlessNull(request, "Sec-Fetch-Site", site);
        addUnlessNull(request, "Origin", "itself".equals(origin) ? "http://localhost:" + RestAssured.port : origin);

        // When
        Response answer = request.body(OCTOBER).post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void repeated_wrong_passwords_lock_the_right_one_out_for_a_while() {
        // Given
        String wrong = as(People.VIEWER, "guess 0").get(DEVICES).asString();
        for (int guess = 1; guess < 5; guess++) {
            as(People.VIEWER, "guess " + guess).get(DEVICES);
        }

        // When
        Response locked = viewer().get(DEVICES);
        Response other = operator().get(DEVICES);
        clock.step(Duration.ofMinutes(15));
        Response later = viewer().get(DEVICES);

        // Then
        assertThat(locked.statusCode()).isEqualTo(401);
        assertThat(locked.asString()).isEqualTo(wrong);
        assertThat(locked.header("Retry-After")).isNull();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(later.statusCode()).isEqualTo(200);
    }

    @Test
    void guessing_names_locks_the_address_out() {
        // Given
        for (int guess = 0; guess < 20; guess++) {
            as("nobody" + guess, "guess").get(DEVICES);
        }

        // When
        Response answer = operator().get(DEVICES);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void the_token_still_lets_commands_in_who_send_no_header_of_a_browser() {
        // When
        Response answer = given().header("Authorization", "Bearer " + token.secret())
                .contentType("application/json")
                .body(OCTOBER)
                .post(RUNS);

        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Via"})
    void the_token_is_worth_nothing_through_a_proxy_and_a_password_is(String header) {
        // When
        Response byToken = given().header(header, "203.0.113.9")
                .header("Authorization", "Bearer " + token.secret())
                .get(DEVICES);
        Response byPassword = viewer().header(header, "203.0.113.9").get(DEVICES);

        // Then
        assertThat(byToken.statusCode()).isEqualTo(403);
        assertThat(byPassword.statusCode()).isEqualTo(200);
    }

    @Test
    void a_page_knows_who_looks_at_it() {
        // When
        String viewer = viewer().get(PageOfATest.PATH).asString();
        String operator = operator().get(PageOfATest.PATH).asString();
        String command = given().header("Authorization", "Bearer " + token.secret())
                .header("X-Punchbridge-User", "jane")
                .get(PageOfATest.PATH)
                .asString();

        // Then
        assertThat(viewer).isEqualTo("Asker[name=jane, role=VIEWER, proof=PASSWORD] false");
        assertThat(operator).isEqualTo("Asker[name=omar.o@example.com, role=OPERATOR, proof=PASSWORD] true");
        assertThat(command).isEqualTo("Asker[name=jane, role=OPERATOR, proof=TOKEN_FILE] true");
    }

    @Test
    void a_page_asks_a_browser_for_name_and_password() {
        // When
        Response answer = given().get(PageOfATest.PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    private static RequestSpecification own(RequestSpecification request) {
        return request.contentType("application/json").header("X-Punchbridge-Request", "1");
    }

    private static void addUnlessNull(RequestSpecification request, String header, String value) {
        if (header != null && value != null) {
            request.header(header, value);
        }
    }
}
