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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who claim much, or send slowly, against the door of the whole application. */
@QuarkusTest
class BodyGuardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** As in application.properties. */
    private static final long LARGEST = 1 << 20;

    @Inject
    MeterRegistry metrics;

    @Inject
    BodyGuard guard;

    private final List<Socket> callers = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        await().atMost(PATIENCE).until(() -> guard.claimed() == 0);
    }

    @Test
    void beyond_their_budget_large_bodies_are_put_off_while_a_punch_is_taken() throws IOException {
        // Given
        double hinderedBefore = hindered();
        for (long claimed = 0; claimed <= BodyGuard.budget(LARGEST); claimed += LARGEST) {
            call("Content-Length: " + Long.toString(LARGEST) + "\r\n\r\n{");
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

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1048577\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n200000\r\n"})
    void one_that_is_larger_than_allowed_is_counted_once_and_told(String start) throws IOException {
        // Given
        double hinderedBefore = hindered();

        // When
        int status = sendTooMuch(start);

        // Then
        assertThat(status).isEqualTo(413);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hindered()).isEqualTo(hinderedBefore + 1));
        assertThat(guard.claimed()).isZero();
    }

    private int sendTooMuch(String start) throws IOException {
        Socket caller = call(start);
        caller.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        if (start.startsWith("Transfer")) {
            caller.getOutputStream().write(new byte[(int) LARGEST + 1]);
        }
        String statusLine = new String(caller.getInputStream().readNBytes(12), ISO_8859_1);
        return Integer.parseInt(statusLine.substring(9));
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
