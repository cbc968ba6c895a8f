package io.punchbridge.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who claim much, or send slowly, against the door of the whole application. */
@QuarkusTest
class BodyGuardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    MeterRegistry metrics;

    private final List<Socket> callers = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }

    @Test
    void beyond_their_budget_large_bodies_are_put_off_while_a_punch_is_taken() throws IOException {
        // Given
        double hinderedBefore = hindered();
        long budget = Math.max(8 * BodyGuard.LARGEST, Runtime.getRuntime().maxMemory() / 8);
        for (long claimed = 0; claimed <= budget; claimed += BodyGuard.LARGEST) {
            call("Content-Length: " + BodyGuard.LARGEST + "\r\n\r\n{");
        }
        await().atMost(PATIENCE).until(this::anyWasPutOff);

        // When
        int status = Callbacks.post(Callbacks.punch(
                        TestSettings.SERIAL_NUMBER,
                        TestSettings.TOKEN,
                        "body-guard-test",
                        "CheckIn",
                        Instant.parse("2025-02-04T04:05:06Z")))
                .statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(hindered()).isGreaterThan(hinderedBefore);
    }

    @Test
    void a_body_that_does_not_arrive_is_not_waited_for() throws IOException {
        // Given
        double hinderedBefore = hindered();
        Socket caller = call("Content-Length: 400\r\n\r\n{");

        // When
        caller.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        int read = caller.getInputStream().read();

        // Then
        assertThat(read).isEqualTo(-1);
        assertThat(hindered()).isGreaterThan(hinderedBefore);
    }

    private Socket call(String headersAndBody) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        callers.add(caller);
        String request = "POST /cams/callback HTTP/1.1\r\nHost: localhost\r\n" + headersAndBody;
        caller.getOutputStream().write(request.getBytes(ISO_8859_1));
        return caller;
    }

    /** Asks without waiting: who was let in gets no answer yet. */
    private boolean anyWasPutOff() throws IOException {
        for (Socket caller : callers) {
            int available = caller.getInputStream().available();
            String answer = new String(caller.getInputStream().readNBytes(available), ISO_8859_1);
            if (answer.startsWith("HTTP/1.1 503")) {
                return true;
            }
        }
        return false;
    }

    private double hindered() {
        // Its counters are made with the door, which the first callback makes.
        Counter counter =
                metrics.find("punchbridge.callbacks").tag("outcome", "hindered").counter();
        return counter == null ? 0 : counter.count();
    }
}
