package io.punchbridge.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.testing.SimulatedOpenIdProvider;
import io.punchbridge.testing.SimulatedOpenIdProvider.Person;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People whom an OpenID provider vouches for, beside those with a password of ours. */
@QuarkusTest
@TestProfile(People.Profile.class)
@WithTestResource(OpenIdConnectTest.Provider.class)
@InBrowser
class OpenIdConnectTest {
    private static final String DEVICES = "/api/v1/devices";
    private static final String RUNS = "/api/v1/reconciliation/runs";
    private static final String RUN = "{\"device\":\"head-office\",\"from\":\"2026-10-01\"}";
    private static final Person JANE = new Person("jane.d", "punchbridge-viewer", "staff");
    private static final Person OMAR = new Person("omar.o", "punchbridge-operator");
    private static final Person GUEST = new Person("guest", "staff");

    @SuppressWarnings("NullAway.Init") // set by Provider.inject
    SimulatedOpenIdProvider provider;

    /** Runs before the application, which looks for it at its start. */
    public static final class Provider implements QuarkusTestResourceLifecycleManager {
        @SuppressWarnings("NullAway.Init") // set by start
        private SimulatedOpenIdProvider started;

        @Override
        public Map<String, String> start() {
            started = new SimulatedOpenIdProvider(Clock.systemUTC());
            return Map.of(
                    "quarkus.oidc.tenant-enabled", "true",
                    "quarkus.oidc.auth-server-url", started.url().toString(),
                    "quarkus.oidc.client-id", "punchbridge",
                    "quarkus.oidc.credentials.secret", "a secret of at least thirty-two characters");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(
                    started, field -> field.getType().getName().equals(SimulatedOpenIdProvider.class.getName()));
        }

        @Override
        public void stop() {
            started.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"jane.d,punchbridge-viewer,200,403", "omar.o,punchbridge-operator,200,422", "guest,staff,403,403"})
    void the_role_that_the_provider_tells_decides(String name, String role, int looking, int acting) {
        // Given
        String token = provider.tokenFor(new Person(name, role));

        // When
        Response looked = given().auth().oauth2(token).get(DEVICES);
        Response acted = given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(RUN)
                .post(RUNS);

        // Then
        assertThat(looked.statusCode()).isEqualTo(looking);
        // Who is let in hears that the gateway has no address here.
        assertThat(acted.statusCode()).isEqualTo(acting);
    }

    @Test
    void a_token_that_somebody_else_signed_proves_nothing() {
        // Given
        String forged = provider.forgedTokenFor(OMAR);

        // When
        Response answer = given().auth().oauth2(forged).get(DEVICES);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void a_program_that_says_nothing_is_not_sent_elsewhere() {
        // When
        Response answer = given().redirects().follow(false).get(DEVICES);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_name_and_a_password_of_ours_are_as_good_as_before() {
        // When
        Response answer = People.viewer().get(PageOfATest.PATH);

        // Then
        assertThat(answer.asString()).isEqualTo("Asker[name=jane, role=VIEWER, proof=PASSWORD] false");
    }

    @Test
    void a_person_logs_in_at_the_provider_and_comes_back_to_the_page(Browser browser) {
        // Given
        provider.logsIn(JANE);

        // When
        browser.open(PageOfATest.PATH);

        // Then
        assertThat(browser.see("body").getText())
                .isEqualTo("Asker[name=jane.d, role=VIEWER, proof=OPEN_ID_CONNECT] false");
        assertThat(browser.driver().getCurrentUrl()).endsWith(PageOfATest.PATH);
    }

    @Test
    void who_has_no_role_hears_whom_to_ask(Browser browser) {
        // Given
        browser.driver().manage().deleteAllCookies();
        provider.logsIn(GUEST);

        // When
        browser.open(PageOfATest.PATH);

        // Then
        assertThat(browser.see("body").getText()).contains("none of the roles", "OpenID provider");
    }

    @Test
    void who_came_from_the_provider_logs_out_here_and_there(Browser browser) {
        // Given
        browser.driver().manage().deleteAllCookies();
        provider.logsIn(JANE);
        browser.open("/").see(".who", "jane.d");

        // When
        browser.see("#log-out").click();

        // Then
        assertThat(browser.see("h1", "Logged out").getText()).isEqualTo("Logged out");
        assertThat(browser.driver().getCurrentUrl()).endsWith(OpenIdLogOut.LOGGED_OUT);
        assertThat(browser.violations()).isEmpty();
        assertThat(provider.ended()).last().asString().contains(".");
        assertThat(browser.driver().manage().getCookies())
                .noneMatch(cookie -> cookie.getName().startsWith("q_session"));
        provider.logsIn(OMAR);
        browser.see("main a.button").click();
        browser.see(".who", "omar.o");
    }

    @Test
    void another_site_logs_nobody_out(Browser browser) {
        // Given
        browser.driver().manage().deleteAllCookies();
        provider.logsIn(JANE);
        browser.open("/").see(".who", "jane.d");

        // When
        Object status = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; fetch('/log-out', {method: 'POST'}).then(a => done(a.status))");

        // Then
        assertThat(status).isEqualTo(403L);
        browser.open("/").see(".who", "jane.d");
    }

    @Test
    void who_came_with_a_password_is_offered_no_log_out_and_told_why() {
        // When
        String page = People.viewer().get("/").asString();
        Response answer = People.viewer().header("HX-Request", "true").post("/log-out");

        // Then
        assertThat(page).doesNotContain("/log-out");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("until all of its windows are closed");
    }

    @Test
    void a_session_of_a_browser_acts_only_from_our_own_pages(Browser browser) {
        // Given
        browser.driver().manage().deleteAllCookies();
        provider.logsIn(OMAR);
        browser.open(PageOfATest.PATH).see("body", "omar.o");

        // When
        Object status = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; fetch(location.pathname, {method: 'POST'}).then(a => done(a.status))");

        // Then
        assertThat(status).isEqualTo(403L);
    }
}
