package io.punchbridge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.punchbridge.punch.PunchType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedGatewayTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Answer DONE = new Answer(200, "{\"status\":\"done\"}");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer bridge;
    private final SimulatedGateway gateway;
    private final SimulatedDevice headOffice = new SimulatedDevice("Head Office", "ZHM11SANDBOX01", "token-1", NAIROBI);
    private final SimulatedDevice factory =
            new SimulatedDevice("Factory Gate", "ZHM11SANDBOX02", "token-2", ZoneId.of("Asia/Kathmandu"), "ST7");

    private record Received(String target, String body) {}

    private record Answer(int status, String body) {}

    SimulatedGatewayTest() throws IOException {
        bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.setExecutor(threads);
        bridge.createContext("/cams/callback", this::take);
        gateway = new SimulatedGateway(
                        Clock.fixed(Instant.parse("2024-09-17T04:49:03Z"), ZoneOffset.UTC),
                        URI.create("http://127.0.0.1:" + bridge.getAddress().getPort() + "/cams/callback"))
                .repeatAfter(Duration.ofMillis(50));
        gateway.addDevice(headOffice);
        gateway.addDevice(factory);
    }

    private void take(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer next = answers.poll();
        Answer answer = next == null ? DONE : next;
        byte[] body = answer.body.getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @BeforeEach
    void start() {
        bridge.start();
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        bridge.stop(0);
        threads.shutdownNow();
    }

    @Test
    void postsAPunchAsTheVendorPublishesIt() throws Exception {
        // When
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.parse("2024-09-17T04:48:22Z"));

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received.get(0).target()).isEqualTo("/cams/callback");
        assertThat(received.get(0).body().replaceAll("(\"OperationID\":\")[0-9a-z]{12}", "$19nu1wak5616p"))
                .isEqualTo("{\"RealTime\":{\"OperationID\":\"9nu1wak5616p\",\"LabelName\":\"Head Office\","
                        + "\"SerialNumber\":\"ZHM11SANDBOX01\",\"PunchLog\":{\"Type\":\"CheckIn\","
                        + "\"Temperature\":\"36.8\",\"FaceMask\":false,\"InputType\":\"Fingerprint\",\"UserId\":\"2\","
                        + "\"LogTime\":\"2024-09-17 07:48:22 GMT +0300\"},\"AuthToken\":\"token-1\","
                        + "\"Time\":\"2024-09-17 04:49:03 GMT +0000\"}}");
    }

    @Test
    void tellsTheServiceTagInTheQueryAndTheTimeInTheDevicesZone() {
        // When
        gateway.punch(factory, "7", PunchType.CHECK_OUT, Instant.parse("2024-09-17T04:48:22Z"));

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received.get(0).target()).isEqualTo("/cams/callback?stgid=ST7");
        assertThat(received.get(0).body()).contains("2024-09-17 10:33:22 GMT +0545");
    }

    @Test
    void repeatsTheSameRecordUntilItIsAcknowledgedAndHoldsTheNextBack() {
        // Given
        answers.addAll(List.of(
                new Answer(503, "{}"), new Answer(200, "{\"status\":\"stored\"}"), new Answer(200, "thank you")));
        gateway.punch(headOffice, "1", PunchType.CHECK_IN, Instant.EPOCH);

        // When
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.EPOCH);

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received).extracting(request -> userId(request.body())).containsExactly("1", "1", "1", "1", "2");
        assertThat(received.stream().limit(4).map(Received::body).distinct()).hasSize(1);
        assertThat(gateway.statistics()).isEqualTo(new SimulatedGateway.Statistics(2, 2, 5, 3, 0));
    }

    @Test
    void oneDevicesStalledQueueDoesNotStallAnothers() {
        // Given
        gateway.repeatAfter(Duration.ofHours(1));
        answers.add(new Answer(500, ""));
        gateway.punch(headOffice, "1", PunchType.CHECK_IN, Instant.EPOCH);
        await().until(() -> gateway.statistics().refused() == 1);
        // The head office waits for its hour; a connection that breaks must not make the factory wait as long.
        gateway.repeatAfter(Duration.ofMillis(50));

        // When
        gateway.punch(factory, "2", PunchType.CHECK_IN, Instant.EPOCH);

        // Then
        await().until(() -> gateway.waiting(factory) == 0);
        assertThat(gateway.waiting(headOffice)).isEqualTo(1);
        assertThat(gateway.isDrained()).isFalse();
    }

    @Test
    void keepsPunchesWhileTheBridgeIsAwayAndDeliversThemInOrder() {
        // Given
        gateway.close();
        gateway.punch(headOffice, "1", PunchType.CHECK_IN, Instant.EPOCH);
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.EPOCH);

        // When
        gateway.start();

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received).extracting(request -> userId(request.body())).containsExactly("1", "2");
    }

    @Test
    void encryptsWithPkcs7Padding() throws Exception {
        // Given
        gateway.securityKey(KEY);

        // When
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.EPOCH);

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(userId(decrypted(received.get(0).body(), "AES/ECB/PKCS5Padding")))
                .isEqualTo("2");
    }

    @Test
    void encryptsWithZeroPadding() throws Exception {
        // Given
        gateway.securityKey(KEY, SimulatedGateway.Padding.ZERO);

        // When
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.EPOCH);

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        String padded = decrypted(received.get(0).body(), "AES/ECB/NoPadding");
        assertThat(userId(padded.replace("\0", ""))).isEqualTo("2");
    }

    @Test
    void sendsTheWholeLogOfADeviceAgainInPages() throws Exception {
        // Given
        for (int i = 0; i < 51; i++) {
            gateway.punchUnnoticed(
                    headOffice, new SimulatedDevice.LoggedPunch("1", "CheckIn", Instant.EPOCH.plusSeconds(i), "Face"));
        }

        // When
        gateway.resendAll(headOffice);

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received)
                .extracting(request ->
                        json(request.body()).at("/PunchLog/ReturnRowCount").asText())
                .containsExactly("50", "1");
        assertThat(json(received.get(1).body()).at("/PunchLog/Log/0/LogTime").asText())
                .isEqualTo("1970-01-01 03:00:50 GMT +0300");
    }

    @Test
    void sendsAnAcknowledgedRecordOnceMore() {
        // Given
        gateway.punch(headOffice, "2", PunchType.CHECK_IN, Instant.EPOCH);
        assertThat(gateway.drained()).succeedsWithin(SOON);

        // When
        gateway.repeatLast(headOffice);

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(received).hasSize(2);
        assertThat(received.get(0)).isEqualTo(received.get(1));
    }

    @Test
    void tellsOfUsersAndOfOperationsThatNobodyKnows() {
        // Given
        gateway.userUpdated(headOffice, "5", "Emp005", "Test");
        gateway.userDeleted(headOffice, "6");

        // When
        gateway.unknownOperation(headOffice, "DeviceRestarted");

        // Then
        assertThat(gateway.drained()).succeedsWithin(SOON);
        assertThat(json(received.get(0).body())
                        .at("/RealTime/UserUpdated/UserID")
                        .asText())
                .isEqualTo("5");
        assertThat(json(received.get(1).body())
                        .at("/RealTime/UserDeleted/UserID")
                        .asText())
                .isEqualTo("6");
        assertThat(json(received.get(2).body()).at("/RealTime/DeviceRestarted").isObject())
                .isTrue();
    }

    private static String userId(String body) {
        return json(body).at("/RealTime/PunchLog/UserId").asText();
    }

    private static JsonNode json(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("InsecureCryptoUsage")
    private static String decrypted(String body, String transformation) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY.getBytes(UTF_8), "AES"));
        return new String(cipher.doFinal(Base64.getDecoder().decode(body)), UTF_8);
    }
}
