package io.punchbridge.console.loadlog;

import static io.punchbridge.testing.FakeReconciliation.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.punchbridge.access.People;
import io.punchbridge.console.devices.ManyDevices;
import io.punchbridge.inbox.Run;
import io.punchbridge.reconciliation.Reconciliation.Started.Busy;
import io.punchbridge.reconciliation.Reconciliation.Started.Refused;
import io.punchbridge.testing.FakeReconciliation;
import io.punchbridge.watch.DeviceScenes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page for loading logs says. */
@QuarkusTest
@TestProfile(ManyDevices.class)
class LoadLogPageTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    FakeReconciliation reconciliation;

    @BeforeEach
    void reset() {
        reconciliation.reset();
    }

    private static Response post(RequestSpecification who, String device, String from, String to) {
        return who.header("X-Punchbridge-Request", "1")
                .formParam("device", device)
                .formParam("from", from)
                .formParam("to", to)
                .post("/load-log");
    }

    @Test
    void it_says_why_a_device_cannot_be_asked() {
        // When
        var page = People.operator().get("/load-log?device=depot");

        // Then
        page.then()
                .statusCode(200)
                .body(containsString("depot can&#39;t be asked for its log: its connection is db-pull"))
                .body(not(containsString("<option value=\"depot\"")));
    }

    @Test
    void a_viewer_watches_and_starts_nothing() {
        // When
        var page = People.viewer().get("/load-log");

        // Then
        page.then().body(containsString("takes an operator")).body(not(containsString("id=\"start\"")));
        assertThat(post(People.viewer(), "gate", "2026-10-01", "2026-10-31").statusCode())
                .isEqualTo(403);
        assertThat(reconciliation.asked()).isEmpty();
    }

    @Test
    void a_busy_device_leads_to_the_run_that_goes_on() {
        // Given
        reconciliation.shows(run("other", Run.State.RUNNING, 2, null)).answers(new Busy("other"));

        // When
        var answer = post(People.operator(), "gate", "2026-10-01", "2026-10-31");

        // Then
        answer.then().body(containsString("two never overlap")).body(containsString("href=\"/load-log/runs/other\""));
    }

    @Test
    void a_refusal_says_why() {
        // Given
        reconciliation.answers(new Refused("The zone isn't known " + DeviceScenes.HOSTILE));

        // When
        var answer = post(People.operator(), "gate", "2026-10-01", "2026-10-31");

        // Then
        answer.then()
                .body(containsString("Nothing was started"))
                .body(containsString("&lt;img"))
                .body(not(containsString("<img src=x")));
    }

    @Test
    void days_that_make_no_range_start_nothing() {
        // When
        var answer = post(People.operator(), "gate", "2026-10-31", "2026-10-01");

        // Then
        answer.then().statusCode(400).body(containsString("Exchange them"));
        assertThat(reconciliation.asked()).isEmpty();
    }

    @Test
    void all_devices_are_counted_before_any_is_asked() {
        // When
        var answer = post(People.operator(), "", "2026-09-01", "2026-10-31");

        // Then
        answer.then()
                .body(containsString("Ask " + (ManyDevices.ALL - 1) + " devices?"))
                .body(containsString("at least " + (ManyDevices.ALL - 1) * 3 + " requests"));
        assertThat(reconciliation.asked()).isEmpty();
    }

    @Test
    void where_many_wait_all_are_counted_and_the_one_that_moves_comes_first() {
        // Given
        reconciliation.showsWaiting(450);

        // When
        var page = People.viewer().get("/load-log/runs");

        // Then
        page.then().statusCode(200).body(containsString("Under way or waiting for their turn: 450."));
        assertThat(page.asString().replaceAll("(?s)^.*?id=\"to-", "")).startsWith("many-0\"");
        assertThat(page.asString().split("id=\"to-", -1)).hasSize(21);
    }

    @Test
    void a_run_that_nobody_knows_is_not_found() {
        // When
        var page = People.viewer().get("/load-log/runs/unknown");

        // Then
        page.then().statusCode(404).body(containsString("no run of that id"));
    }
}
