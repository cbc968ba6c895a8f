package io.punchbridge.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.api.ScriptedChecks;
import io.punchbridge.api.SetUpChecks;
import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Outcome;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the page of the set-up check says, and to whom. */
@QuarkusTest
@TestProfile(People.Profile.class)
class SetUpCheckPageTest {
    private static final String PATH = "/set-up-check";
    private static final String OURS = "X-Punchbridge-Request";

    @Inject
    SetUpChecks checks;

    @Inject
    Clock clock;

    private void comesTo(List<CheckResult> results) {
        QuarkusMock.installMockForInstance(ScriptedChecks.of(() -> results, clock), checks);
    }

    @Test
    void what_failed_comes_first_and_what_passed_is_folded() {
        // Given
        comesTo(ScriptedChecks.ofEachKind());

        // When
        Response answer = People.operator().header(OURS, "1").post(PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .containsSubsequence(
                        "1 check failed",
                        "doctor --fix",
                        "this console never takes one",
                        "<details class=\"sheet checks\" open>",
                        "Failed (1)",
                        "Permission level 1",
                        "What to do:",
                        "Warnings (2)",
                        "Not checked (1)",
                        "<details class=\"sheet checks\">",
                        "Passed (2)");
    }

    @Test
    void the_last_result_stays_for_who_comes_next() {
        // Given
        comesTo(ScriptedChecks.ofEachKind());
        People.operator().header(OURS, "1").post(PATH);

        // When
        Response answer = People.viewer().get(PATH);

        // Then
        assertThat(answer.asString())
                .contains("Permission level 1", "by " + People.OPERATOR, "Checked at")
                .contains("takes the role operator")
                .doesNotContain("Check now");
    }

    @Test
    void before_the_first_check_it_says_what_to_do() {
        // Given
        comesTo(List.of());

        // When
        Response answer = People.operator().get(PATH);

        // Then
        assertThat(answer.asString()).contains("No check was made since", "Press “Check now”");
    }

    @Test
    void a_viewer_starts_none() {
        // Given
        comesTo(ScriptedChecks.ofEachKind());

        // When
        Response answer = People.viewer().header(OURS, "1").post(PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(checks.last()).isEmpty();
    }

    @Test
    void a_second_one_is_told_that_one_is_under_way() throws Exception {
        // Given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        SetUpChecks slow = ScriptedChecks.of(
                () -> {
                    begun.countDown();
                    try {
                        end.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                },
                clock);
        QuarkusMock.installMockForInstance(slow, checks);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> slow.run("omar"));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        Response answer = People.operator().header(OURS, "1").post(PATH);

        // Then
        end.countDown();
        first.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("A set-up check is under way", "notice");
    }

    @Test
    void names_are_shown_as_they_are_written() {
        // Given
        comesTo(List.of(new CheckResult(
                "Employees' device ids", Outcome.WARNING, "<img src=x onerror=alert(1)>", "<b>Mend</b> it", null)));

        // When
        Response answer = People.operator().header(OURS, "1").post(PATH);

        // Then
        assertThat(answer.asString())
                .contains("&lt;img src=x onerror=alert(1)&gt;", "&lt;b&gt;Mend")
                .doesNotContain("<img src=x", "<b>Mend");
    }

    /** Whether its site answers in time is up to other tests. */
    @Test
    void the_running_service_checks_itself() {
        // When
        Response answer = People.operator().header(OURS, "1").post(PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString())
                .contains("Configuration", "Storage")
                .doesNotContain("simulated-secret", "simulated-key");
    }
}
