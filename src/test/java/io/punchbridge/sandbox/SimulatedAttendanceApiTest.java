package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shift types, attendance and what rests on it, over HTTP, where no recording holds it. */
class SimulatedAttendanceApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate MONDAY = LocalDate.of(2026, 2, 2);
    private static final String JANE = "HR-EMP-00001";
    private static final String DAY_SHIFT = "/api/resource/Shift%20Type/Day%20Shift";
    private static final String CANCEL = "/api/method/frappe.client.cancel";
    private static final String GET_LIST = "/api/method/frappe.client.get_list";

    private final SimulatedFrappe site =
            SimulatedFrappe.withEmployees(Clock.systemUTC(), 2).start();
    private final FrappeClient client = new FrappeClient(site);

    @AfterEach
    void stop() {
        site.close();
    }

    private static JsonNode body(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> cancel(String name) throws Exception {
        return client.post(CANCEL, "{\"doctype\":\"Attendance\",\"name\":\"" + name + "\"}");
    }

    @Test
    void cancelsAnAttendanceOnce() throws Exception {
        // Given
        String name =
                site.markAttendance(JANE, MONDAY, "Absent", "hr@hr.localhost").name();
        HttpResponse<String> first = cancel(name);

        // When
        HttpResponse<String> again = cancel(name);

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(body(first).path("message").path("docstatus").asInt()).isEqualTo(2);
        assertThat(first.body()).doesNotContain("_server_messages");
        assertThat(again.statusCode()).isEqualTo(417);
        assertThat(body(again).path("exc_type").asText()).isEqualTo("ValidationError");
        assertThat(site.attendances()).singleElement().satisfies(row -> {
            assertThat(row.docStatus()).isEqualTo(2);
            assertThat(row.stamp().modifiedBy()).isEqualTo("cams@hr.localhost");
        });
    }

    @Test
    void letsNobodyCancelWithoutTheRight() throws Exception {
        // Given
        String name =
                site.markAttendance(JANE, MONDAY, "Absent", "hr@hr.localhost").name();
        site.apiUser().may("cancel", "Attendance", false);

        // When
        HttpResponse<String> answer = cancel(name);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(site.attendanceOf(JANE, MONDAY)).isPresent();
    }

    @Test
    void cancelsNothingWhileTheSiteMayOnlyBeRead() throws Exception {
        // Given
        String name =
                site.markAttendance(JANE, MONDAY, "Absent", "hr@hr.localhost").name();
        site.faults().always(Fault.readOnly());

        // When
        HttpResponse<String> answer = cancel(name);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(site.attendanceOf(JANE, MONDAY)).isPresent();
    }

    @Test
    void keepsTheTimeOfACheckinThatAnAttendanceCounts() throws Exception {
        // Given
        SimulatedCheckin in = site.addCheckin(JANE, MONDAY.atTime(9, 0), "IN");
        site.changeShift("Day Shift", shift -> shift.processAfter(MONDAY).lastSync(MONDAY.atTime(19, 30)));
        site.runScheduledHourly();

        // When
        HttpResponse<String> answer =
                client.put("/api/resource/Employee%20Checkin/" + in.name(), "{\"time\":\"2026-02-02 10:00:00\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(answer.body()).contains("Please cancel the attendance before modifying time.");
        assertThat(site.checkins())
                .singleElement()
                .satisfies(row -> assertThat(row.time()).isEqualTo(in.time()));
    }

    @Test
    void writesThePointerOnlyOverTheStateThatItsCallerRead() throws Exception {
        // Given
        String asRead =
                body(client.get(DAY_SHIFT)).path("data").path("modified").asText();
        HttpResponse<String> first = client.put(
                DAY_SHIFT, "{\"last_sync_of_checkin\":\"2026-02-02 19:30:00\",\"modified\":\"" + asRead + "\"}");

        // When
        HttpResponse<String> second = client.put(
                DAY_SHIFT, "{\"last_sync_of_checkin\":\"2026-02-01 19:30:00\",\"modified\":\"" + asRead + "\"}");

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(body(second).path("exc_type").asText()).isEqualTo("TimestampMismatchError");
        assertThat(site.shift("Day Shift").lastSync()).isEqualTo(MONDAY.atTime(19, 30));
        assertThat(site.shift("Day Shift").stamp().modifiedBy()).isEqualTo("cams@hr.localhost");
    }

    @Test
    void takesNoPointerWithAnOffset() throws Exception {
        // When
        HttpResponse<String> answer = client.put(DAY_SHIFT, "{\"last_sync_of_checkin\":\"2026-02-02 19:30:00+03:00\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(site.shift("Day Shift").lastSync()).isNull();
    }

    @Test
    void runsForNobodyWithoutTheRight() throws Exception {
        // Given
        site.apiUser().may("write", "Shift Type", false);

        // When
        HttpResponse<String> answer = client.post(DAY_SHIFT, "{\"run_method\":\"process_auto_attendance\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void anOlderVersionKnowsNoPointerOfItsOwn() throws Exception {
        // Given
        site.autoUpdateLastSyncKnown(false);

        // When
        HttpResponse<String> answer =
                client.get("/api/resource/Shift%20Type?fields=" + encoded("[\"name\",\"auto_update_last_sync\"]"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(body(answer).path("exc_type").asText()).isEqualTo("DataError");
        assertThat(client.get(DAY_SHIFT).body()).doesNotContain("auto_update_last_sync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Salary Slip", "Leave Application", "Attendance Request"})
    void findsWhatRestsOnADay(String docType) throws Exception {
        // Given
        String slip = site.addSalarySlip(JANE, MONDAY.minusDays(1), MONDAY.plusDays(26));
        String leave = site.addLeaveApplication(JANE, MONDAY, MONDAY);
        String request = site.addAttendanceRequest(JANE, MONDAY, MONDAY);
        String other = site.addAttendanceRequest("HR-EMP-00002", MONDAY, MONDAY);
        boolean isSlip = docType.equals("Salary Slip");

        // When
        HttpResponse<String> answer = client.post(GET_LIST, """
                {"doctype":"%s","fields":["name"],"filters":[["employee","=","%s"],["%s","<=","2026-02-02"],
                ["%s",">=","2026-02-02"],["docstatus","<",2]]}""".formatted(
                        docType, JANE, isSlip ? "start_date" : "from_date", isSlip ? "end_date" : "to_date"));

        // Then
        assertThat(body(answer).path("message"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("name").asText())
                        .isIn(slip, leave, request)
                        .isNotEqualTo(other));
    }

    @Test
    void whatIsCancelledRestsOnNothing() throws Exception {
        // Given
        String slip = site.addSalarySlip(JANE, MONDAY, MONDAY);
        site.setDocStatus("Salary Slip", slip, 2);

        // When
        HttpResponse<String> answer =
                client.post(GET_LIST, "{\"doctype\":\"Salary Slip\",\"filters\":[[\"docstatus\",\"<\",2]]}");

        // Then
        assertThat(body(answer).path("message")).isEmpty();
    }

    @Test
    void showsNoSalarySlipWithoutTheRight() throws Exception {
        // Given
        site.apiUser().may("read", "Salary Slip", false);

        // When
        HttpResponse<String> answer = client.post(GET_LIST, "{\"doctype\":\"Salary Slip\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void tellsWhichDevicesAShiftUses() throws Exception {
        // Given
        site.addCheckin(JANE, MONDAY.atTime(9, 0), "IN", "ST1");
        site.addCheckin(JANE, MONDAY.atTime(18, 0), "OUT", "ST2");
        site.addCheckin("HR-EMP-00002", MONDAY.atTime(9, 0), "IN", "ST1");
        site.addCheckin(JANE, MONDAY.atTime(23, 0), "IN", "ST3");

        // When
        HttpResponse<String> answer = client.post(GET_LIST, """
                {"doctype":"Employee Checkin","fields":["device_id"],"group_by":"device_id","limit_page_length":0,
                "filters":[["shift","=","Day Shift"],["time",">=","2026-02-01 00:00:00"]]}""");

        // Then
        assertThat(body(answer).path("message"))
                .extracting(row -> row.path("device_id").asText())
                .containsExactly("ST1", "ST2");
    }

    @Test
    void findsCheckinsThatAwaitAttendance() throws Exception {
        // Given
        SimulatedCheckin counted = site.addCheckin(JANE, MONDAY.atTime(9, 0), "IN");
        site.changeShift("Day Shift", shift -> shift.processAfter(MONDAY).lastSync(MONDAY.atTime(19, 30)));
        site.runScheduledHourly();
        SimulatedCheckin late = site.addCheckin(JANE, MONDAY.atTime(18, 0), "OUT");

        // When
        HttpResponse<String> answer = client.post(GET_LIST, """
                {"doctype":"Employee Checkin","fields":["name","attendance","shift_start","shift_actual_end"],
                "filters":[["attendance","is","not set"],["skip_auto_attendance","=",0],["employee","in",["%s"]]]}""".formatted(JANE));

        // Then
        assertThat(body(answer).path("message"))
                .extracting(JsonNode::toString)
                .isEqualTo(List.of("{\"name\":\"" + late.name()
                        + "\",\"attendance\":null,\"shift_start\":\"2026-02-02 09:00:00\","
                        + "\"shift_actual_end\":\"2026-02-02 19:00:00\"}"));
        assertThat(late.name()).isNotEqualTo(counted.name());
    }

    @Test
    void setsSeveralFieldsAtOnce() throws Exception {
        // When
        HttpResponse<String> answer = client.post("/api/method/frappe.client.set_value", """
                {"doctype":"Shift Type","name":"Day Shift",
                "fieldname":{"auto_update_last_sync":1,"process_attendance_after":"2026-02-02"}}""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(site.shift("Day Shift").autoUpdateLastSync()).isTrue();
        assertThat(site.shift("Day Shift").processAfter()).isEqualTo(MONDAY);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
