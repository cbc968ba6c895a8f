package io.punchbridge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedFrappeTest {
    private static final String CHECKIN = "/api/resource/Employee%20Checkin";
    private static final String KEYED =
            "{\"employee\":\"HR-EMP-00001\",\"time\":\"2026-01-05 08:58:01\",\"log_type\":\"IN\","
                    + "\"custom_cams_punch_key\":\"K1\"}";
    private static final String MANY = "/api/method/frappe.client.insert_many";

    private final SimulatedFrappe frappe = SimulatedFrappe.withEmployees(Clock.systemUTC());
    private FrappeClient client = new FrappeClient(frappe);

    @BeforeEach
    void start() {
        frappe.start();
        client = new FrappeClient(frappe);
    }

    @AfterEach
    void stop() {
        frappe.close();
    }

    @Test
    void keepsAnInsertedCheckin() throws Exception {
        // When
        var answer = client.post(
                CHECKIN, "{\"employee\":\"HR-EMP-00001\",\"time\":\"2026-01-05 08:58:01\",\"log_type\":\"IN\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frappe.checkins()).singleElement().satisfies(row -> {
            assertThat(row.employeeName()).isEqualTo("Emp001 Test");
            assertThat(row.shift()).isEqualTo("Day Shift");
        });
    }

    @Test
    void listsTheCheckinsOfSomeEmployeesInASpanOfTime() throws Exception {
        // Given
        LocalDateTime nine = LocalDateTime.of(2026, 1, 5, 9, 0);
        frappe.addCheckin("HR-EMP-00001", nine.minusSeconds(1), "IN");
        frappe.addCheckin("HR-EMP-00002", nine.plusSeconds(1), "OUT", "gate");
        frappe.addCheckin("HR-EMP-00001", nine, "IN");
        frappe.addCheckin("HR-EMP-00003", nine, "IN");
        frappe.addCheckin("HR-EMP-00001", nine.plusSeconds(2), "IN");

        // When
        var answer = client.post("/api/method/frappe.client.get_list", """
                {"doctype":"Employee Checkin","fields":["employee","time","log_type","device_id"],
                 "filters":[["employee","in",["HR-EMP-00001","hr-emp-00002"]],
                  ["time",">=","2026-01-05 09:00:00"],["time","<","2026-01-05 09:00:02"]],
                 "order_by":"time asc","limit_page_length":2000}""");

        // Then
        assertThat(answer.body())
                .isEqualTo("{\"message\":[{\"employee\":\"HR-EMP-00001\",\"time\":\"2026-01-05 09:00:00\","
                        + "\"log_type\":\"IN\",\"device_id\":null},{\"employee\":\"HR-EMP-00002\","
                        + "\"time\":\"2026-01-05 09:00:01\",\"log_type\":\"OUT\",\"device_id\":\"gate\"}]}");
    }

    @Test
    void rollsABatchBackWhenOneOfItIsADuplicate() throws Exception {
        // Given
        String good =
                "{\"doctype\":\"Employee Checkin\",\"employee\":\"HR-EMP-00001\",\"time\":\"2026-01-05 08:58:01\"}";
        String other =
                "{\"doctype\":\"Employee Checkin\",\"employee\":\"HR-EMP-00002\",\"time\":\"2026-01-05 08:58:01\"}";

        // When
        var answer = client.post(MANY, "{\"docs\":[" + good + "," + other + "," + good + "]}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(frappe.checkins()).isEmpty();
    }

    @Test
    void refusesConnectionsUntilToldToAcceptThem() throws Exception {
        // Given
        frappe.refuseConnections();
        assertThatThrownBy(() -> client.get("/api/method/ping")).isInstanceOf(ConnectException.class);

        // When
        frappe.acceptConnections();

        // Then
        assertThat(client.get("/api/method/ping").body()).contains("pong");
    }

    @Test
    void identicalInsertsInFlightAtOnceAllPassWithoutTheUniqueKey() {
        // Given
        CompletableFuture<Void> allUnderWay = new CompletableFuture<>();
        frappe.faults().next(8, Fault.heldUntil(allUnderWay));
        List<CompletableFuture<HttpResponse<String>>> answers = eachLater(8, CHECKIN, KEYED);
        await().until(() -> frappe.requestsUnderWay() == 8);

        // When
        allUnderWay.complete(null);

        // Then
        assertThat(statuses(answers)).containsOnly(200);
        assertThat(frappe.checkins()).hasSize(8);
    }

    @Test
    void theUniqueKeyLetsExactlyOneOfIdenticalInsertsPass() {
        // Given
        frappe.uniqueKey(true).speed(Speed.parallel(Duration.ofMillis(500)));

        // When
        List<Integer> statuses = allAtOnce(8, CHECKIN, KEYED);

        // Then
        assertThat(statuses).containsExactlyInAnyOrder(200, 417, 417, 417, 417, 417, 417, 417);
        assertThat(frappe.checkins()).hasSize(1);
    }

    @Test
    void theUniqueKeyLetsExactlyOneOfIdenticalBatchesPass() {
        // Given
        frappe.uniqueKey(true).speed(Speed.parallel(Duration.ofMillis(500)));

        // When
        List<Integer> statuses = allAtOnce(4, MANY, batch(20));

        // Then
        assertThat(statuses).containsExactlyInAnyOrder(200, 417, 417, 417);
        assertThat(frappe.checkins()).hasSize(20);
    }

    @Test
    void oneWorkerLetsNoTwoRequestsRace() {
        // Given
        frappe.speed(Speed.oneAtATime(Duration.ofMillis(20), Duration.ofMillis(5)));

        // When
        List<Integer> statuses = allAtOnce(4, CHECKIN, KEYED);

        // Then
        assertThat(statuses).containsExactlyInAnyOrder(200, 417, 417, 417);
    }

    @Test
    void tellsAClientThatAsksToContinue() throws Exception {
        // Given
        String head = "POST " + CHECKIN + " HTTP/1.1\r\nHost: hr.localhost\r\nAuthorization: token "
                + SimulatedFrappe.API_KEY + ":" + SimulatedFrappe.API_SECRET
                + "\r\nContent-Type: application/json\r\nContent-Length: " + KEYED.length()
                + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), frappe.port())) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

            // When
            socket.getOutputStream().write(head.getBytes(UTF_8));

            // Then
            assertThat(answers.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            socket.getOutputStream().write(KEYED.getBytes(UTF_8));
            assertThat(answers.lines()).contains("HTTP/1.1 200 OK");
        }
    }

    @Test
    void commitsABatchWhoseClientHasGone() {
        // Given
        CompletableFuture<Void> clientGone = new CompletableFuture<>();
        frappe.faults().next(1, Fault.heldUntil(clientGone));
        CompletableFuture<HttpResponse<String>> answer = client.postLater(MANY, batch(200));
        await().until(() -> frappe.requestsUnderWay() == 1);
        answer.cancel(true);
        await().until(() -> frappe.connections() == 0);

        // When
        clientGone.complete(null);

        // Then
        await().untilAsserted(() -> assertThat(frappe.checkins()).hasSize(200));
    }

    @Test
    void commitsNothingWhenTheConnectionBreaksFirst() {
        // Given
        frappe.faults().next(1, Fault.reset());

        // When
        var answer = client.postLater(MANY, batch(200));

        // Then
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        assertThat(frappe.checkins()).isEmpty();
    }

    @Test
    void commitsThoughTheAnswerBreaksOffInTheMiddle() {
        // Given
        frappe.faults().next(1, Fault.commitThenReset());

        // When
        var answer = client.postLater(MANY, batch(200));

        // Then
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        assertThat(frappe.checkins()).hasSize(200);
    }

    @Test
    void commitsThoughNoAnswerEverComes() {
        // Given
        frappe.faults().next(1, Fault.commitThenSilence());

        // When
        var answer = client.postLater(CHECKIN, KEYED);

        // Then
        await().untilAsserted(() -> assertThat(frappe.checkins()).hasSize(1));
        assertThat(answer).isNotDone();
    }

    @Test
    void answersLateThoughItHasCommittedLongBefore() {
        // Given
        frappe.faults().next(1, Fault.answerLate(Duration.ofHours(1)));

        // When
        var answer = client.postLater(CHECKIN, KEYED);

        // Then
        await().untilAsserted(() -> assertThat(frappe.checkins()).hasSize(1));
        assertThat(answer).isNotDone();
    }

    @Test
    void answersABatchWithNamesThatOtherRequestsWrote() throws Exception {
        // Given
        String other = frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN")
                .name();
        frappe.faults().next(1, Fault.otherNames());

        // When
        var answer = client.post(MANY, batch(1));

        // Then
        assertThat(answer.body()).isEqualTo("{\"message\":[\"" + other + "\"]}");
        assertThat(frappe.checkins()).hasSize(2);
    }

    @Test
    void poisonRefusesTheWholeBatchInItsOwnWords() throws Exception {
        // Given
        frappe.faults().always(Fault.poison("HR-EMP-00001", "Not on a Monday"));

        // When
        var answer = client.post(MANY, batch(3));

        // Then
        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(answer.body()).contains("Not on a Monday");
        assertThat(frappe.checkins()).isEmpty();
    }

    @Test
    void aFaultForTheNextRequestsIsOverAfterThem() throws Exception {
        // Given
        frappe.faults().next(1, "ping", Fault.html(502));
        client.get("/api/method/frappe.client.get_time_zone");
        assertThat(client.get("/api/method/ping").statusCode()).isEqualTo(502);

        // When
        var answer = client.get("/api/method/ping");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void losesTheTimeWhenThePermissionIsWithdrawn() throws Exception {
        // Given
        frappe.apiUser().mayWriteTime(false);

        // When
        client.post(CHECKIN, KEYED);

        // Then
        assertThat(frappe.checkins())
                .extracting(SimulatedCheckin::time)
                .doesNotContain(LocalDateTime.of(2026, 1, 5, 8, 58, 1));
    }

    @Test
    void correctsATimeOnlyForAUserWhoMay() throws Exception {
        // Given
        String name = frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN")
                .name();

        // When
        var answer = client.put(CHECKIN + "/" + name, "{\"time\":\"2026-01-05 10:00:00\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frappe.checkins())
                .extracting(SimulatedCheckin::time)
                .containsExactly(LocalDateTime.of(2026, 1, 5, 10, 0));
    }

    @Test
    void keepsTheTimeOfARowWhenItsCorrectorLacksThePermission() throws Exception {
        // Given
        frappe.apiUser().mayWriteTime(false);
        String name = frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN")
                .name();

        // When
        var answer = client.put(CHECKIN + "/" + name, "{\"time\":\"2026-01-05 10:00:00\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frappe.checkins())
                .extracting(SimulatedCheckin::time)
                .containsExactly(LocalDateTime.of(2026, 1, 5, 9, 0));
    }

    @Test
    void refusesToWriteOverAChangeThatItsCallerHasNotSeen() throws Exception {
        // Given
        String name = frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN")
                .name();

        // When
        var answer = client.put(CHECKIN + "/" + name, "{\"log_type\":\"OUT\",\"modified\":\"2020-01-01 00:00:00\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(answer.body()).contains("TimestampMismatchError");
    }

    @Test
    void deletesOnlyForAUserWhoMay() throws Exception {
        // Given
        frappe.apiUser().mayDelete(false);
        String name = frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN")
                .name();

        // When
        var answer = client.delete(CHECKIN + "/" + name);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(frappe.checkins()).hasSize(1);
    }

    @Test
    void showsItsCheckinsToAPerson() throws Exception {
        // Given
        frappe.addCheckin("HR-EMP-00009", LocalDateTime.of(2026, 1, 5, 9, 0), "IN");

        // When
        var page = client.get("/");

        // Then
        assertThat(page.body()).contains("Emp009 Test", "2026-01-05 09:00:00");
    }

    private List<Integer> allAtOnce(int times, String path, String body) {
        return statuses(eachLater(times, path, body));
    }

    private List<CompletableFuture<HttpResponse<String>>> eachLater(int times, String path, String body) {
        return IntStream.range(0, times)
                .mapToObj(i -> client.postLater(path, body))
                .toList();
    }

    private static List<Integer> statuses(List<CompletableFuture<HttpResponse<String>>> answers) {
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> String.format(
                        "{\"doctype\":\"Employee Checkin\",\"employee\":\"HR-EMP-00001\",\"time\":\"2026-01-05"
                                + " 08:%02d:%02d\",\"custom_cams_punch_key\":\"K%d\"}",
                        i / 60, i % 60, i))
                .collect(Collectors.joining(",", "{\"docs\":[", "]}"));
    }
}
