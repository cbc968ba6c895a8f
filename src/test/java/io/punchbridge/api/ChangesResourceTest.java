package io.punchbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.People;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes over HTTP, as a browser listens to them. */
@QuarkusTest
@TestProfile(People.Profile.class)
@Timeout(120)
class ChangesResourceTest {
    @Inject
    LiveChanges changes;

    @Inject
    Inbox inbox;

    @Inject
    SteppableClock clock;

    private static HttpResponse<InputStream> open(String authorization) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + RestAssured.port + ChangesResource.PATH))
                                .header("Authorization", authorization)
                                .build(),
                        BodyHandlers.ofInputStream());
    }

    private static List<String> event(BufferedReader lines) throws IOException {
        List<String> event = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !(line.isEmpty() && !event.isEmpty())) {
            if (!line.isEmpty()) {
                event.add(line);
            }
            line = lines.readLine();
        }
        return event;
    }

    private Punch stored() {
        Punch punch = Punch.of(
                new SerialNumber(TestSettings.SERIAL_NUMBER),
                new UserId("871001"),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "CheckIn",
                PunchDetails.NONE);
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punch), List.of(), List.of()))
                .toCompletableFuture()
                .join();
        return punch;
    }

    @Test
    void a_viewer_hears_of_a_punch_when_it_is_stored() throws Exception {
        // Given
        HttpResponse<InputStream> answer = open(People.basic(People.VIEWER, People.VIEWER_PASSWORD));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            List<String> first = event(lines);

            // When
            Punch punch = stored();

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(first).hasSize(3).contains("event:punches");
            List<String> told = event(lines);
            while (!told.toString().contains(punch.key().value())) {
                told = event(lines);
            }
            assertThat(told)
                    .contains("event:punches")
                    .anyMatch(line -> line.matches("id:\\d+"))
                    .anyMatch(line -> line.startsWith("data:{\"id\":\"") && line.contains("\"punches\":{"));
            assertThat(told.toString()).doesNotContain("871001", TestSettings.SERIAL_NUMBER);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> changes.listeners() == 0);
    }

    @Test
    void who_is_not_known_hears_nothing() {
        // When
        Response answer = given().get(ChangesResource.PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(changes.listeners()).isZero();
    }

    @Test
    void who_finds_no_room_is_told_so_as_a_problem() {
        // Given
        List<AssertSubscriber<LiveChange>> crowd = new ArrayList<>();
        for (int i = 0; i < LiveListeners.MOST; i++) {
            crowd.add(changes.listen("somebody-" + i).subscribe().withSubscriber(AssertSubscriber.create(1)));
        }

        // When
        Response answer;
        try {
            answer = People.viewer().get(ChangesResource.PATH);
        } finally {
            crowd.forEach(AssertSubscriber::cancel);
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(answer.jsonPath().getString("detail")).contains("100");
    }

    @Test
    void who_listens_too_often_is_told_what_to_do_as_a_problem() {
        // Given
        List<AssertSubscriber<LiveChange>> forgotten = new ArrayList<>();
        for (int i = 0; i < LiveListeners.MOST_OF_ONE; i++) {
            forgotten.add(changes.listen(People.VIEWER).subscribe().withSubscriber(AssertSubscriber.create(1)));
        }

        // When
        Response answer;
        try {
            answer = People.viewer().get(ChangesResource.PATH);
        } finally {
            forgotten.forEach(AssertSubscriber::cancel);
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(answer.jsonPath().getString("detail")).contains("4 times", "Close pages");
    }

    @Test
    @Timeout(60)
    void a_stream_that_ends_says_when_to_come_again() throws Exception {
        // Given
        HttpResponse<InputStream> answer = open(People.basic(People.VIEWER, People.VIEWER_PASSWORD));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            event(lines);

            // When
            clock.step(LiveListeners.LONGEST);

            // Then
            List<String> rest = lines.lines().toList();
            assertThat(rest).contains("retry:1000");
        } finally {
            clock.setRight();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> changes.listeners() == 0);
    }

    @Test
    void the_head_alone_is_answered_and_done_with() {
        // When
        Response answer = People.viewer().head(ChangesResource.PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(changes.listeners()).isZero();
    }
}
