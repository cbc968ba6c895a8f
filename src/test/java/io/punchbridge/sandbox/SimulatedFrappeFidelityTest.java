package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the simulated site to the recordings of a real one in {@code frappe-fixtures}: each recorded request is
 * replayed, in the order of the recordings' names, and must get the recorded answer, byte for byte but for names of
 * rows, the present time and ids of errors; and it must leave the recorded rows behind.
 */
class SimulatedFrappeFidelityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHECKIN = "/api/resource/Employee%20Checkin";

    /** Recordings that this simulation doesn't follow. */
    private static final Map<String, String> NOT_SIMULATED = Map.of(
            "19i_db_restart_under_load", "a statistic; both of its failures are replayed from recordings of their own",
            "23g_v2_ping", "Frappe's API v2: Punchbridge speaks v1",
            "23h_v2_duplicate", "Frappe's API v2: Punchbridge speaks v1",
            "23i_v2_insert", "Frappe's API v2: Punchbridge speaks v1");

    /** Recordings of more than one exchange, each with a test elsewhere. */
    private static final Map<String, String> IN_A_TEST_OF_ITS_OWN = Map.of(
            "19j_web_down", "refusesConnectionsUntilToldToAcceptThem",
            "21a_parallel_same_insert_no_unique_key", "identicalInsertsInFlightAtOnceAllPassWithoutTheUniqueKey",
            "21b_parallel_same_insert_unique_key", "theUniqueKeyLetsExactlyOneOfIdenticalInsertsPass",
            "21c_parallel_same_insert_many_unique_key", "theUniqueKeyLetsExactlyOneOfIdenticalBatchesPass",
            "24o_expect_100_continue", "tellsAClientThatAsksToContinue",
            "25_auto_attendance_story", "goesAsTheRecordedStory",
            "28a_client_disconnects_mid_insert_many", "commitsABatchWhoseClientHasGone",
            "28b_workers_killed_mid_insert_many", "commitsNothingWhenTheConnectionBreaksFirst");

    /** Answers with many more fields in reality; those given are compared. */
    private static final List<String> FEWER_FIELDS =
            List.of("11i_employee_get_one", "16a_hr_settings_geo_on", "16h_hr_settings_geo_off");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final TickingClock clock = new TickingClock();
    private final SimulatedFrappe site = recordedSite().start();
    private final SimulatedFrappe restoredSite = recordedSite().uniqueKey(true).start();
    private final SimulatedUser minimalUser =
            SimulatedUser.minimal("camsmin@hr.localhost", "minimal-key", "minimal-secret");
    private final Map<String, SimulatedUser> users = new HashMap<>();

    SimulatedFrappeFidelityTest() {
        users.put("cams@hr.localhost", site.apiUser());
        for (SimulatedUser user : List.of(
                minimalUser,
                SimulatedUser.withoutRights("noperm@hr.localhost", "noperm-key", "noperm-secret"),
                SimulatedUser.systemManager("sysmgr@hr.localhost", "sysmgr-key", "sysmgr-secret"))) {
            users.put(user.email(), user);
            site.addUser(user);
        }
    }

    private SimulatedFrappe recordedSite() {
        SimulatedFrappe site = SimulatedFrappe.withEmployees(clock)
                .addShift(SimulatedShift.named("Night Shift").hours(LocalTime.of(22, 0), LocalTime.of(6, 0)))
                .addShift(SimulatedShift.named("Strict Shift").byLogType(true))
                .shiftsAssignedFrom(LocalDate.of(2026, 1, 1));
        LocalDateTime modified = LocalDateTime.of(2026, 11, 24, 9, 33);
        site.addEmployee(
                new SimulatedEmployee("HR-EMP-00005", "Emp005 Test", "5", "Active", null, "Strict Shift", modified));
        site.addEmployee(new SimulatedEmployee(
                "HR-EMP-00201", "Emp901 Test", "901", "Left", LocalDate.of(2026, 6, 30), null, modified));
        site.addEmployee(new SimulatedEmployee("HR-EMP-00202", "Emp902 Test", "902", "Active", null, null, modified));
        site.addEmployee(new SimulatedEmployee("HR-EMP-00203", "Emp903 Test", "903", "Inactive", null, null, modified));
        return site;
    }

    @AfterEach
    void stop() {
        site.close();
        restoredSite.close();
        await(vertx.close());
    }

    @TestFactory
    Stream<DynamicTest> answersAsTheRealSiteDid() throws Exception {
        return fixtures().stream()
                .filter(name -> !NOT_SIMULATED.containsKey(name) && !IN_A_TEST_OF_ITS_OWN.containsKey(name))
                .map(name -> dynamicTest(name, () -> replay(name)));
    }

    @Test
    void leavesNoRecordingOutByAccident() throws Exception {
        // When
        List<String> known = fixtures();

        // Then
        assertThat(known).hasSizeGreaterThan(200);
        assertThat(known).containsAll(NOT_SIMULATED.keySet()).containsAll(IN_A_TEST_OF_ITS_OWN.keySet());
        assertThat(Stream.of(SimulatedFrappeTest.class, AutoAttendanceStoryTest.class)
                        .flatMap(tests -> Stream.of(tests.getDeclaredMethods())))
                .extracting(method -> method.getName())
                .containsAll(IN_A_TEST_OF_ITS_OWN.values());
    }

    private static List<String> fixtures() throws IOException, URISyntaxException {
        Path folder = Path.of(SimulatedFrappeFidelityTest.class
                .getResource("/frappe-fixtures")
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted(Comparator.comparing(SimulatedFrappeFidelityTest::number)
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static String number(String name) {
        return name.substring(0, name.indexOf('_'));
    }

    private void replay(String name) throws Exception {
        // Given
        String recording = new String(
                SimulatedFrappeFidelityTest.class
                        .getResourceAsStream("/frappe-fixtures/" + name + ".json")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        SimulatedFrappe frappe = name.startsWith("15i") || name.startsWith("15j") ? restoredSite : site;
        prepare(name);
        JsonNode fixture = JSON.readTree(new RecordedStory(site).withNamesOfThisSite(recording));

        // When
        Answer answer = send(frappe, fixture, recordedBody(name, fixture));

        // Then
        site.tracebacks(true).language("en").checkHosts(false).faults().clear();
        JsonNode recorded = fixture.get("response");
        assertThat(answer.status)
                .as(answer.body)
                .isEqualTo(recorded.get("status").asInt());
        recorded.get("headers")
                .properties()
                .forEach(header -> assertThat(answer.headers)
                        .containsEntry(header.getKey(), header.getValue().asText()));
        if (FEWER_FIELDS.contains(name)) {
            JsonNode fields = JSON.readTree(normal(answer.body)).get("data");
            JsonNode recordedFields =
                    JSON.readTree(normal(recorded.get("body").asText())).get("data");
            assertThat(recordedFields.properties()).containsAll(fields.properties());
        } else {
            assertThat(normal(answer.body))
                    .isEqualTo(normal(recorded.get("body").asText()));
        }
        if (fixture.has("db_after")) {
            var query = LEFT_BEHIND.get(number(name));
            assertThat(query).as("which rows db_after of %s is about", name).isNotNull();
            assertThat(Objects.requireNonNull(query).apply(frappe).stream()
                            .map(row -> row.stream()
                                    .map(SimulatedFrappeFidelityTest::normal)
                                    .toList())
                            .toList())
                    .isEqualTo(recordedRows(fixture.get("db_after")));
        }
    }

    /** What somebody did to the real site before the request. */
    private void prepare(String name) throws Exception {
        switch (number(name)) {
            case "02d", "07n", "08p", "14p" -> site.tracebacks(false);
            case "02k" -> {
                site.addCheckin("HR-EMP-00001", LocalDateTime.of(2026, 1, 16, 9, 0), "IN");
                site.language("fr");
            }
            case "02l", "09l" -> site.language("fr");
            case "03" -> site.removeCheckin(lastOf("HR-EMP-00001").name());
            case "08l" -> clock.secondsPass(1);
            case "12d" -> site.apiUser().timeZone(ZoneId.of("Europe/Berlin"));
            case "12g" -> site.apiUser().timeZone(null);
            case "15f" -> insertDay();
            case "15i" ->
                new FrappeClient(restoredSite)
                        .post(
                                CHECKIN,
                                "{\"employee\":\"HR-EMP-00008\",\"time\":\"2026-03-02 08:00:00\",\"log_type\":\"OUT\","
                                        + "\"device_id\":\"CAMS-ST1\","
                                        + "\"custom_cams_punch_key\":\"ST1:8:20260302080000:OUT:2\"}");
            case "17a" -> site.faults().always(Fault.rateLimitShown(50_000, 0, Duration.ofSeconds(10)));
            case "17b", "17c", "17d" -> site.faults().always(Fault.rateLimited(Duration.ofSeconds(10)));
            case "18a", "18b", "18c" -> site.faults().always(Fault.maintenance());
            case "18d", "18e", "18f" -> site.faults().always(Fault.readOnly());
            case "19a", "19b", "19c", "19k" -> site.faults().always(Fault.html(500));
            case "19i" ->
                site.faults().always(name.endsWith("OperationalError") ? Fault.databaseGone() : Fault.html(500));
            case "21c" ->
                new FrappeClient(site)
                        .post(
                                CHECKIN,
                                "{\"employee\":\"HR-EMP-00053\",\"time\":\"2026-01-08 12:00:00\","
                                        + "\"custom_cams_punch_key\":\"P52-2-0\"}");
            case "23j", "23k" -> site.checkHosts(true);
            case "26a" -> minimalUser.mayWriteTime(true);
            case "27a", "27b" -> site.faults().always(Fault.queryTimeout());
            default -> new RecordedStory(site).before(number(name));
        }
    }

    private void insertDay() throws Exception {
        String documents = IntStream.rangeClosed(0, 200)
                .mapToObj(i -> i == 0
                        ? document("HR-EMP-00001", LocalDateTime.of(2026, 1, 16, 9, 0))
                        : document(
                                "HR-EMP-00120",
                                LocalDateTime.of(2026, 1, 16, 9, 0).plusMinutes(i - 1)))
                .collect(Collectors.joining("|"));
        FrappeClient client = new FrappeClient(site);
        for (String document : documents.split("\\|", -1)) {
            assertThat(client.post(CHECKIN, document).statusCode()).isEqualTo(200);
        }
    }

    private static String document(String employee, LocalDateTime time) {
        return "{\"employee\":\"" + employee + "\",\"time\":\"" + FrappeTime.seconds(time)
                + "\",\"log_type\":\"IN\",\"device_id\":\"CAMS-ST1\"}";
    }

    private static final Map<String, Function<SimulatedFrappe, List<List<String>>>> LEFT_BEHIND = leftBehind();

    private static Map<String, Function<SimulatedFrappe, List<List<String>>>> leftBehind() {
        Map<String, Function<SimulatedFrappe, List<List<String>>>> rows = new HashMap<>();
        rows.put("03c", count("HR-EMP-00002"));
        rows.put("03d", all("HR-EMP-00002", "name", "log_type"));
        rows.put("03e", all("HR-EMP-00002", "name", "log_type"));
        rows.put("04b", all("HR-EMP-00003", "employee"));
        rows.put("07m", all("HR-EMP-00007", "name", "time"));
        rows.put("08k", all("HR-EMP-00009", "name", "time", "creation"));
        rows.put("08l", all("HR-EMP-00009", "name", "time", "creation"));
        rows.put("09e", count("HR-EMP-00022"));
        for (String everyRow : List.of("10a", "10b", "10b2")) {
            rows.put(everyRow, site -> List.of(List.of(String.valueOf(site.checkinCount()))));
        }
        rows.put("10c", count("HR-EMP-00033"));
        rows.put("10c2", count("HR-EMP-00033"));
        rows.put("10d", count("HR-EMP-00034"));
        rows.put("10d2", count("HR-EMP-00034"));
        rows.put(
                "10e",
                site -> table(
                        site.checkins().stream().skip(site.checkinCount() - 3L),
                        "employee",
                        "time",
                        "employee_name",
                        "shift"));
        rows.put("10j", all("HR-EMP-00038", "name"));
        rows.put("12e", all("HR-EMP-00070", "time", "creation"));
        rows.put("14g", all("HR-EMP-00060", "name", "time", "log_type", SimulatedCheckin.KEY_COLUMN));
        rows.put("14h", count("HR-EMP-00061"));
        rows.put("14i", all("HR-EMP-00062", "time", SimulatedCheckin.KEY_COLUMN));
        rows.put("14j", all("HR-EMP-00062", "time", SimulatedCheckin.KEY_COLUMN));
        rows.put("14n", all("HR-EMP-00064", "time", SimulatedCheckin.KEY_COLUMN));
        rows.put("14o", all("HR-EMP-00065", "time", SimulatedCheckin.KEY_COLUMN));
        rows.put("19e", count("HR-EMP-00082"));
        for (String time : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")) {
            rows.put("20" + time, latest(1, "HR-EMP-00040", "time", "shift", "offshift"));
        }
        rows.put("20l", latest(1, "HR-EMP-00041", "time"));
        rows.put("20m", latest(1, "HR-EMP-00041", "time"));
        rows.put("20n", latest(1, "HR-EMP-00202", "time"));
        for (String time : List.of("a", "b", "c", "d")) {
            rows.put("22" + time, latest(1, "HR-EMP-00042", "time", "shift", "offshift"));
        }
        rows.put("26a", latest(1, "HR-EMP-00009", "time"));
        rows.put("26b", latest(2, "HR-EMP-00009", "time"));
        return rows;
    }

    private static Function<SimulatedFrappe, List<List<String>>> count(String employee) {
        return site -> List.of(List.of(String.valueOf(of(employee, site).size())));
    }

    private static Function<SimulatedFrappe, List<List<String>>> all(String employee, String... columns) {
        return site -> table(of(employee, site).stream().sorted(Comparator.comparing(SimulatedCheckin::time)), columns);
    }

    private static Function<SimulatedFrappe, List<List<String>>> latest(
            int number, String employee, String... columns) {
        return site -> {
            List<SimulatedCheckin> rows = new ArrayList<>(of(employee, site));
            Collections.reverse(rows);
            return table(rows.stream().limit(number), columns);
        };
    }

    private static List<SimulatedCheckin> of(String employee, SimulatedFrappe site) {
        return site.checkins().stream()
                .filter(row -> row.employee().equals(employee))
                .toList();
    }

    private SimulatedCheckin lastOf(String employee) {
        List<SimulatedCheckin> rows = of(employee, site);
        return rows.get(rows.size() - 1);
    }

    private static List<List<String>> table(Stream<SimulatedCheckin> rows, String... columns) {
        return rows.map(row -> Stream.of(columns)
                        .map(column -> row.json(column).asText())
                        .toList())
                .toList();
    }

    private static List<List<String>> recordedRows(JsonNode rows) {
        List<List<String>> table = new ArrayList<>();
        for (JsonNode row : rows) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(normal(value.asText())));
            table.add(values);
        }
        return table;
    }

    /** Text without what differs from run to run. */
    private static String normal(String text) {
        return text.replaceAll("EMP-CKIN-\\d\\d-\\d{4}-\\d{6}", "NAME")
                .replaceAll("HR-ATT-2026-\\d{5}", "ATTENDANCE")
                .replaceAll("2026-11-24 \\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?", "NOW")
                .replaceAll("(__frappe_exc_id\\W+)[0-9a-f]{56}", "$1ID");
    }

    private record Answer(int status, Map<String, String> headers, String body) {}

    private Answer send(SimulatedFrappe frappe, JsonNode fixture, @Nullable String body) {
        JsonNode request = fixture.get("request");
        Promise<Answer> answer = Promise.promise();
        vertx.runOnContext(start -> http.request(new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.get("method").asText()))
                        .setHost("127.0.0.1")
                        .setPort(frappe.port())
                        .setURI(request.get("path").asText()))
                .compose(sending -> {
                    addHeaders(sending, fixture);
                    return body == null ? sending.send() : sending.send(Buffer.buffer(body));
                })
                .compose(response -> response.body().map(content -> {
                    Map<String, String> headers = new HashMap<>();
                    response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
                    return new Answer(response.statusCode(), headers, content.toString(StandardCharsets.UTF_8));
                }))
                .onComplete(answer));
        return await(answer.future());
    }

    private void addHeaders(HttpClientRequest sending, JsonNode fixture) {
        fixture.get("request").get("headers").properties().forEach(header -> {
            if (header.getKey().equals("Transfer-Encoding")) {
                sending.setChunked(true);
            } else {
                sending.putHeader(header.getKey(), credentials(header.getValue().asText(), fixture.get("user")));
            }
        });
    }

    private String credentials(String header, JsonNode user) {
        SimulatedUser sender = users.getOrDefault(user.asText(), site.apiUser());
        String pair = sender.apiKey() + ":" + sender.apiSecret();
        return header.replace(
                        "BASE64(KEY:SECRET)", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .replace("KEY:SECRET", pair)
                .replace("KEY:", sender.apiKey() + ":");
    }

    /** The body that was sent; those of many megabytes are recorded by their beginning and length. */
    private static @Nullable String recordedBody(String name, JsonNode fixture) {
        JsonNode body = fixture.get("request").get("body");
        if (body.isNull()) {
            return null;
        }
        if (!name.startsWith("24m") && !name.startsWith("24n")) {
            return body.asText();
        }
        String document = "{\"doctype\": \"Employee Checkin\", \"employee\": \"HR-EMP-00075\", \"device_id\": \""
                + "x".repeat(100) + "\"}";
        int length = name.startsWith("24m") ? 29_510_010 : 22_700_010;
        return "{\"docs\": [" + (document + ", ").repeat(length / (document.length() + 2)) + document + "]}";
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** At 09:32:46 on the day of the recordings in Nairobi; a microsecond passes whenever somebody looks. */
    private static final class TickingClock extends Clock {
        private final AtomicLong micros = new AtomicLong();

        void secondsPass(int seconds) {
            micros.addAndGet(1_000_000L * seconds);
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-11-24T06:32:46Z").plusNanos(1_000 * micros.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
