package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.People;
import io.punchbridge.console.Moment;
import io.punchbridge.console.today.TodayView.FrappeCard;
import io.punchbridge.console.today.TodayView.NewPunch;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says, as HTML. */
@QuarkusTest
@TestProfile(People.Profile.class)
class TodayTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Inject
    SteppableClock clock;

    private static TodayView view(List<NewPunch> newest) {
        return view(newest, new AlertsCard(null, List.of()));
    }

    private static TodayView view(List<NewPunch> newest, AlertsCard alerts) {
        return new TodayView(
                true,
                List.of(),
                new FrappeCard("there", "ok", "It is.", HOSTILE, null, null, null, null),
                List.of(),
                alerts,
                HourChart.of(new Hourly(List.of(), true), LocalDate.parse("2026-01-15"), ZoneOffset.UTC),
                newest);
    }

    @Test
    void the_page_is_whole_before_any_script_runs() {
        // When
        String page = People.viewer().get("/").then().statusCode(200).extract().asString();

        // Then
        assertThat(page)
                .contains(
                        "<h1>Today</h1>",
                        "Of today, delivered",
                        "Waiting",
                        "What needs you",
                        "Alerts by webhook",
                        "Alerts are off",
                        "punchbridge.alerts.url",
                        "Is Frappe there?",
                        "<svg class=\"chart hours\"",
                        "The hours as a table",
                        "Newest punches")
                .doesNotContain("hx-swap-oob");
    }

    @Test
    void what_an_open_page_fetches_takes_the_place_of_each_of_its_parts() {
        // When
        String parts = People.viewer()
                .get("/today/parts")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(parts)
                .contains(
                        "id=\"figures\"",
                        "id=\"needs\"",
                        "id=\"alerts\"",
                        "id=\"frappe\"",
                        "id=\"chart\"",
                        "id=\"hours\"",
                        "id=\"newest\"")
                .doesNotContain("<html", "<h1");
        assertThat(parts.split("hx-swap-oob=", -1)).hasSize(9);
    }

    @Test
    void a_punch_of_now_is_among_the_newest_and_leads_to_its_story() {
        // When
        Callbacks.post(Callbacks.punch(
                        TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, "970001", "CheckIn", clock.instant()))
                .then()
                .statusCode(200);

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(People.viewer().get("/").asString())
                        .containsPattern(
                                "(?s)href=\"/punches/2\\d{7}T\\d{6}Z-[0-9a-f]{24}\">user 970001</a>.*?head-office.*?badge held")
                        .contains("id=\"need-held\" href=\"/held\""));
    }

    @Test
    void what_only_an_operator_is_offered_no_viewer_sees_who_looks_at_the_same_time() {
        // When
        List<String> pages = List.of(
                People.operator().get("/").asString(),
                People.viewer().get("/").asString(),
                People.operator().get("/").asString());

        // Then
        assertThat(pages.get(0)).contains("/today/delivery/pause", People.OPERATOR);
        assertThat(pages.get(1))
                .doesNotContain("/today/delivery", People.OPERATOR)
                .contains(People.VIEWER);
        assertThat(pages.get(2)).contains("/today/delivery/pause").doesNotContain(">" + People.VIEWER);
    }

    @Test
    void who_has_nothing_yet_is_told_what_to_do() {
        // When
        String parts = TodayParts.Templates.parts(view(List.of())).render();

        // Then
        assertThat(parts)
                .contains(
                        "Nothing needs you.",
                        "No punch has come yet.",
                        "API Monitor",
                        "No punch of today has come yet.");
    }

    @Test
    void a_name_is_only_text() {
        // Given
        Moment now = new Moment("2026-01-15T09:00:00Z", "2026-01-15 09:00:00", "now", null);

        // When
        String parts = TodayParts.Templates.parts(
                        view(List.of(new NewPunch(now, HOSTILE, HOSTILE, "delivered", "20260115T090000Z-0", true))))
                .render();

        // Then
        assertThat(parts).contains("&lt;img src=x").doesNotContain("<img");
    }

    @Test
    void an_alert_is_shown_with_whether_anybody_was_told_and_is_only_text() {
        // Given
        Moment since = new Moment("2026-01-15T09:00:00Z", "2026-01-15 09:00:00", "1 h ago", null);
        AlertsCard alerts = new AlertsCard(
                new AlertsCard.Receiver("hooks.example.com", "wants none", "bad", "It answered 410.", since),
                List.of(new AlertsCard.Open("PunchbridgeDeviceSilent", "warn", "warning", since, HOSTILE, "told")));

        // When
        String parts = TodayParts.Templates.parts(view(List.of(), alerts)).render();

        // Then
        assertThat(parts)
                .contains(
                        "badge bad\">wants none</span> hooks.example.com: It answered 410.",
                        "It last took one",
                        "badge warn\">warning</span> &lt;img src=x",
                        "PunchbridgeDeviceSilent",
                        "data-label=\"Told\">told</td>")
                .doesNotContain("<img", "Alerts are off");
    }

    @Test
    void while_no_alert_stands_that_is_said() {
        // Given
        AlertsCard alerts = new AlertsCard(
                new AlertsCard.Receiver("hooks.example.com", "not tried yet", "idle", "Nobody knows.", null),
                List.of());

        // When
        String parts = TodayParts.Templates.parts(view(List.of(), alerts)).render();

        // Then
        assertThat(parts).contains("No alert stands.", "hooks.example.com").doesNotContain("It last took one");
    }

    @Test
    void nobody_sees_it_without_a_login() {
        // When
        int page = RestAssured.get("/").statusCode();
        int parts = RestAssured.get("/today/parts").statusCode();

        // Then
        assertThat(List.of(page, parts)).containsExactly(401, 401);
    }

    @Test
    void what_stands_beside_it_keeps_its_own_answers() {
        // When
        int door = RestAssured.get("/cams/callback").statusCode();
        String unknown = People.viewer().get("/api/v1/nothing").contentType();
        int nowhere = People.viewer().get("/nowhere").statusCode();

        // Then
        assertThat(door).isEqualTo(405);
        assertThat(unknown).startsWith("application/problem+json");
        assertThat(nowhere).isEqualTo(404);
    }
}
