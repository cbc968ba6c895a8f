package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The recorded story of auto attendance, told again over HTTP: after each step both tables must hold what they held in
 * the real site, names of documents aside.
 */
class AutoAttendanceStoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ATTENDANCE_NAME = Pattern.compile("HR-ATT-\\d{4}-\\d{5}");

    /** What happened in each step: recordings to send, and what happened before them where the step ends there. */
    private static final List<List<String>> STEPS = List.of(
            List.of("before 25a"),
            List.of("25a_last_sync_past_shift", "25b_process_auto_attendance"),
            List.of("25c_last_sync_next_day", "25d_process_auto_attendance_next_day"),
            List.of("25e_late_out_102", "before 25f"),
            List.of("25f_process_again"),
            List.of("before 25h", "25h_process_after_moving_back"),
            List.of("25i_cancel_attendance_102", "25i_cancel_attendance_103"),
            List.of("before 25j", "25j_process_after_cancel"),
            List.of("before 25k", "25k_clear_skip_388", "25k_clear_skip_389", "25l_process_after_clearing_skip"),
            List.of("before 25m", "25m_process_no_thresholds"),
            List.of("before 25n", "25n_process_no_thresholds_again"),
            List.of("before 25o", "25o_process_before_window_end"),
            List.of("before 25p", "25p_process_at_window_end"),
            List.of("before 25q", "25q_process_after_window_end"));

    private final SimulatedFrappe site =
            SimulatedFrappe.withEmployees(Clock.systemUTC()).start();
    private final SimulatedUser manager =
            SimulatedUser.systemManager("sysmgr@hr.localhost", "sysmgr-key", "sysmgr-secret");
    private final RecordedStory story = new RecordedStory(site);

    /** Names of Attendance in the recording, and those of the same rows here. */
    private final Map<String, String> names = new HashMap<>();

    AutoAttendanceStoryTest() {
        site.addUser(manager);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @TestFactory
    Stream<DynamicTest> goesAsTheRecordedStory() throws Exception {
        JsonNode steps = fixture("25_auto_attendance_story").get("steps");
        assertThat(steps).hasSameSizeAs(STEPS);
        return IntStream.range(0, STEPS.size()).mapToObj(i -> {
            JsonNode step = steps.get(i);
            return dynamicTest(step.get("step").asText(), () -> replay(STEPS.get(i), step));
        });
    }

    private void replay(List<String> events, JsonNode recorded) throws Exception {
        // When
        for (String event : events) {
            if (event.startsWith("before ")) {
                story.before(event.substring("before ".length()));
            } else {
                send(event);
            }
        }

        // Then
        List<List<@Nullable String>> attendance = attendance(recorded);
        assertThat(withoutName(attendance)).isEqualTo(withoutName(rows(recorded.get("attendance"))));
        for (int i = 0; i < attendance.size(); i++) {
            String name = attendance.get(i).get(7);
            String before = names.put(recorded.get("attendance").get(i).get(7).asText(), String.valueOf(name));
            assertThat(before).isIn(null, name);
        }
        assertThat(checkins(recorded))
                .isEqualTo(rows(recorded.get("checkins")).stream()
                        .map(row -> row.stream().map(this::renamed).toList())
                        .toList());
    }

    private void send(String name) throws Exception {
        String recording = new String(
                AutoAttendanceStoryTest.class
                        .getResourceAsStream("/frappe-fixtures/" + name + ".json")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        JsonNode fixture = JSON.readTree(story.withNamesOfThisSite(recording));
        JsonNode request = fixture.get("request");
        FrappeClient client =
                new FrappeClient(site, fixture.get("user").asText().equals(manager.email()) ? manager : site.apiUser());
        String path = request.get("path").asText();
        String body = request.get("body").asText();
        var answer = request.get("method").asText().equals("PUT") ? client.put(path, body) : client.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode fixture(String name) throws Exception {
        return JSON.readTree(AutoAttendanceStoryTest.class.getResourceAsStream("/frappe-fixtures/" + name + ".json"));
    }

    /** Rows with hours as numbers, for the recording has them as MariaDB writes decimals. */
    private static List<List<@Nullable String>> rows(JsonNode table) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : table) {
            List<@Nullable String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.isNull() ? null : value.asText()));
            if (values.size() == 8) {
                values.set(3, hours(String.valueOf(values.get(3))));
            }
            rows.add(values);
        }
        return rows;
    }

    private static String hours(String text) {
        return new BigDecimal(text).setScale(2).toPlainString();
    }

    private static List<List<@Nullable String>> withoutName(List<List<@Nullable String>> attendance) {
        return attendance.stream()
                .<List<@Nullable String>>map(row -> row.subList(0, 7))
                .toList();
    }

    /** In one pass: a name here may be another's name there. */
    private @Nullable String renamed(@Nullable String value) {
        return value == null
                ? null
                : ATTENDANCE_NAME.matcher(value).replaceAll(name -> names.getOrDefault(name.group(), name.group()));
    }

    private List<List<@Nullable String>> attendance(JsonNode recorded) throws Exception {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : list(
                "Attendance",
                recorded,
                "attendance_date",
                "employee",
                "attendance_date",
                "status",
                "working_hours",
                "in_time",
                "out_time",
                "docstatus",
                "name")) {
            List<@Nullable String> values = values(row);
            values.set(3, hours(String.valueOf(values.get(3))));
            rows.add(values);
        }
        return rows;
    }

    private List<List<@Nullable String>> checkins(JsonNode recorded) throws Exception {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : list(
                "Employee Checkin",
                recorded,
                "time",
                "employee",
                "time",
                "log_type",
                "attendance",
                "skip_auto_attendance",
                "name")) {
            List<@Nullable String> values = values(row);
            List<String> comments = site.comments(String.valueOf(values.get(5)));
            assertThat(comments).hasSizeLessThanOrEqualTo(1);
            values.set(5, comments.isEmpty() ? null : comments.get(0));
            rows.add(values);
        }
        return rows;
    }

    private static List<@Nullable String> values(JsonNode row) {
        List<@Nullable String> values = new ArrayList<>();
        row.forEach(value -> values.add(value.isNull() ? null : value.asText()));
        return values;
    }

    /** The rows of the employees and the day that a step is about. */
    private List<JsonNode> list(String docType, JsonNode recorded, String dateField, String... fields)
            throws Exception {
        TreeSet<String> employees = new TreeSet<>();
        recorded.get("checkins").forEach(row -> employees.add(row.get(0).asText()));
        recorded.get("attendance").forEach(row -> employees.add(row.get(0).asText()));
        if (docType.equals("Attendance") && employees.contains("HR-EMP-00102")) {
            employees.add("HR-EMP-00103");
        }
        String day = recorded.get("checkins").get(0).get(1).asText().substring(0, 10);
        String filters = JSON.writeValueAsString(
                List.of(List.of("employee", "in", employees), List.of(dateField, "between", List.of(day, day))));
        var answer = new FrappeClient(site)
                .get("/api/resource/" + docType.replace(" ", "%20") + "?limit_page_length=0&order_by="
                        + encoded("employee asc, " + (docType.equals("Attendance") ? "creation" : "time") + " asc")
                        + "&fields=" + encoded(JSON.writeValueAsString(fields)) + "&filters=" + encoded(filters));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(JSON.readTree(answer.body()).get("data").spliterator(), false)
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
