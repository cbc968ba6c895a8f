package io.punchbridge.gateway;

import static io.punchbridge.gateway.GatewayUnderTest.ALONE;
import static io.punchbridge.gateway.GatewayUnderTest.HEAD_OFFICE;
import static io.punchbridge.gateway.GatewayUnderTest.TAG;
import static io.punchbridge.gateway.GatewayUnderTest.TOKEN;
import static io.punchbridge.gateway.GatewayUnderTest.failure;
import static io.punchbridge.gateway.GatewayUnderTest.january;
import static io.punchbridge.gateway.GatewayUnderTest.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.GatewayFault;
import io.punchbridge.sandbox.SimulatedDevice.User;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between us and the gateway, and what must not come of it. */
@QuarkusTest
class RestGatewayFaultsTest {
    private static final DeviceUser ADA = new DeviceUser(new UserId("user-id-81"), "Ada", "Lovelace-Test", true);

    @SuppressWarnings("NullAway.Init")
    private GatewayUnderTest simulated;

    @BeforeEach
    void start() {
        simulated = new GatewayUnderTest();
        simulated.recorded(3);
    }

    @AfterEach
    void stop() {
        simulated.close();
    }

    static Stream<GatewayFault> brokenConnections() {
        return Stream.of(
                GatewayFault.connectionClosed(),
                GatewayFault.answerLost(),
                GatewayFault.answerHalf(),
                GatewayFault.html(502),
                GatewayFault.html(429));
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void a_connection_that_breaks_is_tried_again_later(GatewayFault fault) {
        // Given
        simulated.api().failNext(fault, 1);
        RestGateway gateway = simulated.gateway();

        // When
        GatewayFailure failure = failure(january(gateway));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(failure.code()).isNull();
        assertThat(failure.whoActs()).isEqualTo(WhoActs.NOBODY);
        assertThat(failure.retryAfter()).isPositive();
        assertThat(simulated.calls.kept()).singleElement().satisfies(call -> {
            assertThat(call.statusCode()).isNull();
            assertThat(call.outcome()).isEqualTo(failure.words());
        });
        assertThat(value(january(gateway)).rows()).isEqualTo(3);
    }

    static Stream<GatewayFault> lateAnswers() {
        return Stream.of(GatewayFault.answerLate(Duration.ofSeconds(30)), GatewayFault.answerStalled());
    }

    @ParameterizedTest
    @MethodSource("lateAnswers")
    void an_answer_that_doesnt_end_in_time_is_waited_for_no_longer(GatewayFault fault) {
        // Given
        simulated.api().failNext(fault, 1);

        // When
        GatewayFailure failure = failure(january(simulated.impatient()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(failure.words()).contains("within 1.0 s").contains("punchbridge.gateway.request-timeout");
        assertThat(failure.retryAfter()).isPositive();
    }

    @Test
    void an_answer_larger_than_any_honest_one_is_not_taken_into_memory() {
        // Given
        String padding = "x".repeat(GatewayConnection.LARGEST_REPLY);
        simulated
                .api()
                .failNext(
                        GatewayFault.raw(200, "{\"Status\":\"done\",\"PunchLog\":[],\"Padding\":\"" + padding + "\"}"),
                        1);

        // When
        GatewayFailure failure = failure(january(simulated.gateway()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.words()).contains("8 MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Welcome to our portal</body></html>",
                "",
                "[]",
                "{\"Status\":\"done\",\"Punch",
                "{\"PunchLog\":[]}",
                "{\"message\":\"hello\"}"
            })
    void what_isnt_the_gateways_answer_is_no_answer(String body) {
        // Given
        simulated.api().fail(GatewayFault.raw(200, body));

        // When
        GatewayFailure failure = failure(january(simulated.gateway()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.whoActs()).isEqualTo(WhoActs.OPERATOR);
        assertThat(failure.words()).contains("punchbridge.gateway.endpoint");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404})
    void a_server_that_isnt_the_gateway_is_told_by_its_status(int status) {
        // Given
        simulated.api().fail(GatewayFault.html(status));

        // When
        GatewayFailure failure = failure(january(simulated.gateway()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.words()).contains(Integer.toString(status)).contains("punchbridge.gateway.endpoint");
    }

    @Test
    void a_reply_of_another_device_is_not_taken_for_this_ones() {
        // Given
        simulated.api().fail(GatewayFault.raw(200, "{\"Status\":\"done\",\"SerialNumber\":\"OTHER\",\"PunchLog\":[]}"));

        // When
        GatewayFailure failure = failure(january(simulated.gateway()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.words()).contains("punchbridge.devices.head-office.service-tag-id");
    }

    @Test
    void where_nobody_listens_the_address_is_asked_for() {
        // Given
        RestGateway gateway = at(URI.create("http://127.0.0.1:" + TestSettings.freePort() + "/x"));

        // When
        GatewayFailure failure = failure(january(gateway));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(failure.words()).contains("127.0.0.1").contains("punchbridge.gateway.endpoint");
        assertThat(failure.retryAfter()).isPositive();
    }

    @Test
    void a_host_without_address_is_named() {
        // Given
        RestGateway gateway = at(URI.create("http://no-such-host.invalid/x"));

        // When
        GatewayFailure failure = failure(january(gateway));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(failure.words()).contains("no-such-host.invalid");
    }

    private RestGateway at(URI endpoint) {
        return simulated.gateway(
                new GatewaySettings(
                        endpoint,
                        List.of(),
                        List.of(new Credentials(HEAD_OFFICE, TAG, TOKEN, null)),
                        Duration.ofSeconds(60),
                        false),
                simulated.calls,
                ALONE);
    }

    @Test
    void a_record_that_cant_be_kept_leaves_the_answer_an_answer() {
        // Given
        simulated.calls.failing(true);

        // When
        GatewayAnswer<LogPage> answer = january(simulated.gateway());

        // Then
        assertThat(value(answer).rows()).isEqualTo(3);
        assertThat(simulated.calls.kept()).isEmpty();
    }

    @Test
    void neither_token_nor_name_nor_user_id_stands_in_a_record_or_in_the_log() {
        // Given
        Logger logger = Logger.getLogger("io.punchbridge");
        Level before = logger.getLevel();
        KeptLog log = new KeptLog();
        logger.addHandler(log);
        logger.setLevel(Level.FINEST);
        simulated.device.putUser(new User(ADA.id().value(), ADA.firstName(), ADA.lastName(), true));
        RestGateway gateway = simulated.gateway();

        // When
        try {
            january(gateway);
            gateway.deviceInformation(HEAD_OFFICE);
            gateway.loadUsers(HEAD_OFFICE);
            gateway.putUser(HEAD_OFFICE, ADA);
            simulated.api().failNext(GatewayFault.connectionClosed(), 1);
            gateway.deleteUser(HEAD_OFFICE, ADA.id());
            simulated.api().failNext(GatewayFault.status(10), 1);
            gateway.deleteUser(HEAD_OFFICE, ADA.id());
            simulated.api().failNext(GatewayFault.raw(200, "{\"Status\":\"" + ADA.id() + " " + TOKEN + "\"}"), 1);
            gateway.deleteUser(HEAD_OFFICE, ADA.id());
            simulated.api().failNext(GatewayFault.named(TOKEN), 1);
            gateway.deleteUser(HEAD_OFFICE, ADA.id());
            simulated.calls.failing(true);
            gateway.deleteUser(HEAD_OFFICE, ADA.id());
        } finally {
            logger.removeHandler(log);
            logger.setLevel(before);
        }

        // Then
        List<String> told = new ArrayList<>(log.lines);
        simulated.calls.kept().stream().map(GatewayCall::toString).forEach(told::add);
        assertThat(log.lines).isNotEmpty();
        assertThat(simulated.calls.kept()).hasSize(8);
        assertThat(told)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainIgnoringCase(TOKEN)
                        .doesNotContain(ADA.id().value(), ADA.firstName(), ADA.lastName()));
    }

    @Test
    void a_token_that_the_gateway_repeats_is_kept_nowhere() {
        // Given
        simulated
                .api()
                .fail(GatewayFault.raw(
                        200,
                        "{\"Status\":\"done\",\"PunchLog\":[{\"UserID\":\"1\",\"LogTime\":\"2026-01-02 08:00:00 GMT +0300\","
                                + "\"Type\":\"CheckIn\",\"Note\":\"by " + TOKEN + "\"},{\"Note\":\"" + TOKEN
                                + "\"}],\"AuthToken\":\"" + TOKEN + "\"}"));

        // When
        LogPage page = value(january(simulated.gateway()));

        // Then
        assertThat(page.arrival().punches()).hasSize(1);
        assertThat(page.arrival().unreadable()).hasSize(1);
        assertThat(page.toString()).doesNotContain(TOKEN);
    }

    @Test
    void a_users_answer_that_is_lost_has_been_done_and_may_be_asked_for_again() {
        // Given
        simulated.api().failNext(GatewayFault.answerLost(), 1);
        RestGateway gateway = simulated.gateway();
        GatewayFailure lost = failure(gateway.putUser(HEAD_OFFICE, ADA));

        // When
        GatewayAnswer<Boolean> again = gateway.putUser(HEAD_OFFICE, ADA);

        // Then
        assertThat(lost.kind()).isEqualTo(Kind.TRANSPORT);
        assertThat(value(again)).isTrue();
        assertThat(simulated.device.users()).hasSize(1);
    }

    @Test
    void a_device_that_is_offline_is_asked_again_later() {
        // Given
        Map<Integer, StatusCode> words =
                Map.of(5, StatusCode.OFFLINE_OR_NO_SUBSCRIPTION, 999, StatusCode.NO_ANSWER_FROM_DEVICE);
        RestGateway gateway = simulated.gateway();
        words.forEach((number, code) -> {
            simulated.device.online().offline(number);
            assertThat(failure(january(gateway)).code()).isEqualTo(code);
        });
        simulated.device.online();

        // When
        GatewayAnswer<LogPage> answer = january(gateway);

        // Then
        assertThat(value(answer).rows()).isEqualTo(3);
    }

    /** Every line with its arguments and stack. */
    private static final class KeptLog extends Handler {
        private final List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            StringBuilder text = new StringBuilder(String.valueOf(line.getMessage()));
            if (line.getParameters() != null) {
                text.append(List.of(line.getParameters()));
            }
            for (Throwable thrown = line.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append(thrown);
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
