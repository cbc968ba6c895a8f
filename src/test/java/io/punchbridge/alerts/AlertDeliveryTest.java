package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.punchbridge.alerts.LocalReceiver.Received;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Change;
import io.punchbridge.inbox.Alerts.Message;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.testing.LogLines;
import io.punchbridge.testing.SettableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message whose receiver doesn't take it. */
class AlertDeliveryTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T09:00:00Z"));
    private final LocalReceiver receiver = new LocalReceiver();
    private final LogLines log = new LogLines(AlertWatch.class);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @SuppressWarnings("NullAway.Init")
    private AlertBench process;

    @BeforeEach
    void raise() {
        store = TestStore.open(directory.resolve("punchbridge.db"), clock);
        process = new AlertBench(receiver, store.alerts(), store.clusterLock(), clock);
        process.gateIsSilent(true);
        process.round.look();
    }

    @AfterEach
    void stop() {
        log.close();
        store.close();
        receiver.close();
    }

    private List<Received> sentAfter(Duration wait) {
        clock.forward(wait);
        process.round.send();
        return receiver.take();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 408, 429})
    void a_receiver_that_can_not_now_is_tried_again_with_the_same_message(int status) {
        // Given
        receiver.answers(status);
        Received first = sentAfter(Duration.ZERO).get(0);
        receiver.answers(200);

        // When
        List<Received> tooEarly = sentAfter(Duration.ofSeconds(4));
        List<Received> again = sentAfter(Duration.ofSeconds(1));
        List<Received> afterwards = sentAfter(Duration.ofMinutes(1));

        // Then
        assertThat(tooEarly).isEmpty();
        assertThat(again).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(first.id());
            assertThat(message.body()).isEqualTo(first.body());
            assertThat(message.timestamp()).isNotEqualTo(first.timestamp());
            assertThat(message.isSigned()).isTrue();
        });
        assertThat(afterwards).isEmpty();
        assertThat(process.messages("retried")).isEqualTo(1);
        assertThat(process.messages("delivered")).isEqualTo(1);
    }

    @Test
    void the_wait_grows_to_a_quarter_of_an_hour_and_after_a_day_it_is_given_up() {
        // Given
        receiver.answers(500);

        // When
        int tries = 0;
        for (int second = 0; second < 24 * 3600; second += 5) {
            tries += sentAfter(Duration.ofSeconds(5)).size();
        }
        receiver.answers(200);
        List<Received> afterADay = sentAfter(Duration.ofMinutes(15));

        // Then
        assertThat(tries).isBetween(90, 110);
        assertThat(afterADay).isEmpty();
        assertThat(process.messages("given_up")).isEqualTo(1);
        assertThat(log.take())
                .hasSize(2)
                .anyMatch(line -> line.contains("can't be told to 127.0.0.1"))
                .anyMatch(line -> line.contains("is given up"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "Mon, 2 Nov 2026 09:02:00 GMT"})
    void it_is_left_alone_for_as_long_as_it_asks(String retryAfter) {
        // Given
        receiver.answers(429, retryAfter);
        sentAfter(Duration.ZERO);
        receiver.answers(200);

        // When
        List<Received> tooEarly = sentAfter(Duration.ofSeconds(119));
        List<Received> inTime = sentAfter(Duration.ofSeconds(1));

        // Then
        assertThat(tooEarly).isEmpty();
        assertThat(inTime).hasSize(1);
    }

    @Test
    void it_is_not_left_alone_for_ever() {
        // Given
        receiver.answers(503, "999999999");
        sentAfter(Duration.ZERO);
        receiver.answers(200);

        // When
        List<Received> sent = sentAfter(Duration.ofHours(1));

        // Then
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 418})
    void a_refusal_is_told_with_what_to_do_and_tried_no_sooner_than_in_an_hour(int status) {
        // Given
        receiver.answers(status);
        sentAfter(Duration.ZERO);
        List<String> lines = log.take();
        receiver.answers(200);

        // When
        List<Received> tooEarly = sentAfter(Duration.ofMinutes(59));
        List<Received> again = sentAfter(Duration.ofMinutes(1));

        // Then
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line).startsWith("WARN").contains("PunchbridgeDeviceSilent", "It answered " + status);
            assertThat(line).containsAnyOf("punchbridge.alerts.", "docs/operations.md", "receiver's log");
        });
        assertThat(tooEarly).isEmpty();
        assertThat(again).hasSize(1);
        assertThat(process.messages("refused")).isEqualTo(1);
    }

    @Test
    void a_refused_message_holds_up_none_of_another_alert() {
        // Given
        receiver.answers(400);
        sentAfter(Duration.ZERO);
        receiver.answers(200);
        process.backlogAge(Duration.ofHours(1));

        // When
        for (int minute = 0; minute < 6; minute++) {
            process.round.look();
            clock.forward(Duration.ofMinutes(1));
        }
        List<Received> sent = sentAfter(Duration.ZERO);

        // Then
        assertThat(sent).extracting(Received::alert).containsExactly("PunchbridgeBacklogOld");
    }

    @Test
    void who_is_gone_gets_nothing_any_more() {
        // Given
        receiver.answers(410);
        sentAfter(Duration.ZERO);
        receiver.answers(200);

        // When
        List<Received> sent = sentAfter(Duration.ofHours(3));

        // Then
        assertThat(sent).isEmpty();
        assertThat(log.take())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("ERROR").contains("410", "punchbridge.alerts.url", "restart"));
    }

    @Test
    void what_nobody_takes_any_more_waits_for_a_day_and_no_longer() {
        // Given
        receiver.answers(410);
        sentAfter(Duration.ZERO);
        log.take();

        // When
        sentAfter(Duration.ofHours(24).plusMinutes(1));

        // Then
        assertThat(store.alerts().waiting()).isEmpty();
        assertThat(process.messages("given_up")).isEqualTo(1);
        assertThat(log.take())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("WARN").contains("PunchbridgeDeviceSilent", "given up"));
    }

    @Test
    void however_much_comes_and_goes_what_waits_is_bounded() {
        // Given
        receiver.answers(410);
        sentAfter(Duration.ZERO);
        List<Message> many = IntStream.range(0, AlertSender.MOST_WAITING + 5)
                .mapToObj(number -> message("msg_of_many_%05d".formatted(number)))
                .toList();
        store.alerts().keep(new Change(List.of(), Set.of(), many));

        // When
        sentAfter(Duration.ofMinutes(1));

        // Then: the one that it has refused, and the five oldest of the others
        assertThat(process.messages("given_up")).isEqualTo(6);
    }

    private Message message(String id) {
        return new Message(id, new Alert("PunchbridgeBacklogOld", ""), clock.instant(), clock.instant(), "{}");
    }

    @Test
    void another_receiver_gets_after_a_restart_what_has_waited_for_it() {
        // Given
        receiver.answers(410);
        sentAfter(Duration.ZERO);
        receiver.answers(200);
        process = new AlertBench(receiver, store.alerts(), store.clusterLock(), clock);

        // When
        List<Received> sent = sentAfter(Duration.ofHours(1));

        // Then
        assertThat(sent).extracting(Received::alert).containsExactly("PunchbridgeDeviceSilent");
    }

    @Test
    void a_receiver_that_is_not_there_is_tried_again() {
        // Given
        receiver.close();

        // When
        process.round.send();

        // Then
        assertThat(process.messages("retried")).isEqualTo(1);
        assertThat(log.take())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("can't be reached"));
    }

    @Test
    void a_receiver_that_hangs_holds_up_no_look_and_is_left_in_time() throws InterruptedException {
        // Given
        AlertBench impatient =
                new AlertBench(receiver, store.alerts(), store.clusterLock(), clock, Duration.ofSeconds(5));
        CountDownLatch hanging = receiver.hangs();
        Thread sending = new Thread(impatient.round::send, "sending");
        sending.start();
        await().atMost(AlertBench.PATIENCE).until(() -> !receiver.take().isEmpty());

        // When
        process.nightIsHeld(true);
        process.round.look();

        // Then
        assertThat(store.alerts().standing())
                .extracting(one -> one.alert().subject())
                .contains("Night");
        await().atMost(AlertBench.PATIENCE).until(() -> impatient.messages("retried") == 1);
        sending.join(AlertBench.PATIENCE.toMillis());
        hanging.countDown();
        assertThat(log.take()).anyMatch(line -> line.contains("didn't answer in time"));
    }

    @Test
    @Timeout(60)
    void a_receiver_that_comes_to_no_end_of_its_answer_is_left_in_time() {
        // Given
        AlertBench impatient =
                new AlertBench(receiver, store.alerts(), store.clusterLock(), clock, Duration.ofSeconds(1));
        receiver.answers(200);
        receiver.drips();

        // When
        impatient.round.send();

        // Then
        assertThat(impatient.messages("retried")).isEqualTo(1);
        assertThat(log.take()).anyMatch(line -> line.contains("didn't answer in time"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 410, 500})
    void no_line_of_the_log_holds_the_address_or_the_secret(int status) {
        // Given
        receiver.answers(status);

        // When
        sentAfter(Duration.ZERO);

        // Then
        assertThat(log.take())
                .isNotEmpty()
                .noneMatch(line -> line.contains("secret-") || line.contains("MfKQ") || line.contains("/hook"));
    }

    @Test
    void a_receiver_whose_certificate_nobody_vouches_for_gets_nothing() throws Exception {
        // Given
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpsServer stranger = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        stranger.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        stranger.start();
        URI url = URI.create("https://127.0.0.1:" + stranger.getAddress().getPort() + "/");
        Receiver verifying = new Receiver(
                new AlertSettings.Receiver(url, SigningKey.parse(LocalReceiver.secret())), AlertBench.PATIENCE, clock);

        // When
        Receiver.Answer answer =
                verifying.post(store.alerts().due(clock.instant()).get(0));

        // Then
        stranger.stop(0);
        assertThat(answer.outcome()).isEqualTo(Receiver.Outcome.LATER);
        assertThat(answer.words()).contains("certificate");
        assertThat(asked).isEmpty();
    }

    private SSLContext selfSigned() throws Exception {
        Path file = directory.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "stranger",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=alerts.example",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
