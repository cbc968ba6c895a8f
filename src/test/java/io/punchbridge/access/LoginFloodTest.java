package io.punchbridge.access;

import static io.punchbridge.access.People.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Wrong passwords at full speed. */
@QuarkusTest
@TestProfile(People.Profile.class)
class LoginFloodTest {
    private static final int MANY = 300;

    @Inject
    SteppableClock clock;

    @Test
    void many_logins_at_once_hold_up_neither_the_door_nor_those_who_are_logged_in() {
        // Given
        assertThat(People.viewer().get("/api/v1/devices").statusCode()).isEqualTo(200);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        QuarkusMock.installMockForType(
                (PasswordCheck) (password, hash) -> {
                    begun.incrementAndGet();
                    return pass(gate);
                },
                PasswordCheck.class);
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> flood = IntStream.range(0, MANY)
                .mapToObj(guess -> http.sendAsync(wrong(guess), BodyHandlers.ofString()))
                .toList();
        int refusedAtOnce = MANY - Logins.AT_ONCE - Logins.QUEUE;
        await().atMost(Duration.ofSeconds(60))
                .until(() -> flood.stream().filter(CompletableFuture::isDone).count() == refusedAtOnce);

        // When
        Response door = Callbacks.post(
                Callbacks.punch(TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, "1", "CheckIn", clock.instant()));
        Response loggedIn = People.viewer().get("/api/v1/devices");

        // Then
        assertThat(begun).hasValue(Logins.AT_ONCE);
        assertThat(door.statusCode()).isEqualTo(200);
        assertThat(loggedIn.statusCode()).isEqualTo(200);
        gate.countDown();
        assertThat(flood)
                .map(CompletableFuture::join)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(401, 503));
        assertThat(flood.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 503))
                .hasSize(refusedAtOnce)
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).contains("5"));
    }

    private static HttpRequest wrong(int guess) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/devices"))
                .header("Authorization", basic(guess % 2 == 0 ? People.OPERATOR : "nobody", "guess " + guess))
                .build();
    }

    private static boolean pass(CountDownLatch gate) {
        try {
            return !gate.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
