package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a look at the set-up asks a site: fields, versions, clock, user and rights. */
class SimulatedSetUpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHECKIN = "/api/resource/Employee%20Checkin";
    private static final String CUSTOM_FIELD = "/api/resource/Custom%20Field";
    private static final String GET_LIST = "/api/method/frappe.client.get_list";

    private final SimulatedFrappe site = SimulatedFrappe.withEmployees(
                    Clock.fixed(Instant.parse("2026-02-02T06:00:00Z"), ZoneOffset.UTC), 2)
            .start();
    private final FrappeClient client = new FrappeClient(site);
    private final SimulatedUser manager = SimulatedUser.systemManager("sysmgr@hr.localhost", "key", "secret");

    @AfterEach
    void stop() {
        site.close();
    }

    private static JsonNode body(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> insert(String employee, String more) throws Exception {
        return client.post(
                CHECKIN,
                "{\"employee\":\"" + employee + "\",\"time\":\"2026-02-02 08:58:01\",\"log_type\":\"IN\"" + more + "}");
    }

    private HttpResponse<String> list(String fields) throws Exception {
        return client.post(GET_LIST, "{\"doctype\":\"Employee Checkin\",\"fields\":" + fields + "}");
    }

    @Test
    void forgetsAFieldThatItDoesNotHaveWithoutAWord() throws Exception {
        // Given
        HttpResponse<String> inserted = insert("HR-EMP-00001", ",\"custom_input_type\":\"Fingerprint\"");

        // When
        HttpResponse<String> listed = list("[\"name\",\"custom_input_type\"]");

        // Then
        assertThat(inserted.statusCode()).isEqualTo(200);
        assertThat(inserted.body()).doesNotContain("custom_input_type");
        assertThat(listed.statusCode()).isEqualTo(417);
        assertThat(listed.body()).contains("Field not permitted in query: custom_input_type");
    }

    @Test
    void keepsAFieldThatASystemManagerMade() throws Exception {
        // Given
        site.addUser(manager);
        HttpResponse<String> made = new FrappeClient(site, manager)
                .post(
                        CUSTOM_FIELD,
                        "{\"dt\":\"Employee Checkin\",\"fieldname\":\"custom_original_time\",\"label\":\"Original Time\","
                                + "\"fieldtype\":\"Data\",\"insert_after\":\"device_id\"}");

        // When
        insert("HR-EMP-00001", ",\"custom_original_time\":\"2026-02-02T05:58:01Z\"");

        // Then
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(site.checkinFields()).containsExactly("custom_original_time");
        assertThat(body(list("[\"custom_original_time\"]")).path("message").toString())
                .isEqualTo("[{\"custom_original_time\":\"2026-02-02T05:58:01Z\"}]");
    }

    @Test
    void keepsNumbersAndTimesByTheirType() throws Exception {
        // Given
        site.addCheckinField("custom_temperature", "Float", false)
                .addCheckinField("custom_face_mask", "Check", false)
                .addCheckinField("custom_original_time", "Datetime", false);

        // When
        insert(
                "HR-EMP-00001",
                ",\"custom_temperature\":\"36.6\",\"custom_face_mask\":1,"
                        + "\"custom_original_time\":\"2026-02-02 05:58:01\"");

        // Then
        assertThat(body(list("[\"custom_temperature\",\"custom_face_mask\",\"custom_original_time\"]"))
                        .path("message")
                        .toString())
                .isEqualTo("[{\"custom_temperature\":36.6,\"custom_face_mask\":1,"
                        + "\"custom_original_time\":\"2026-02-02 05:58:01\"}]");
    }

    @Test
    void letsAUniqueFieldHoldAValueOnce() throws Exception {
        // Given
        site.addCheckinField("custom_other_key", true).addCheckinField("custom_input_type", false);
        insert("HR-EMP-00001", ",\"custom_other_key\":\"K1\",\"custom_input_type\":\"Face\"");

        // When
        HttpResponse<String> second =
                insert("HR-EMP-00002", ",\"custom_other_key\":\"k1\",\"custom_input_type\":\"Face\"");

        // Then
        assertThat(second.statusCode()).isEqualTo(417);
        assertThat(body(second).path("exc_type").asText()).isEqualTo("UniqueValidationError");
        assertThat(site.checkins()).hasSize(1);
    }

    @Test
    void freesAUniqueValueWithItsRow() throws Exception {
        // Given
        site.uniqueKey(true);
        insert("HR-EMP-00001", ",\"custom_cams_punch_key\":\"K1\"");
        site.removeCheckin(site.checkins().get(0).name());

        // When
        HttpResponse<String> second = insert("HR-EMP-00002", ",\"custom_cams_punch_key\":\"K1\"");

        // Then
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(site.checkins().get(0).punchKey()).isEqualTo("K1");
    }

    @Test
    void refusesATextThatIsTooLongForItsField() throws Exception {
        // Given
        site.addCheckinField("custom_input_type", false);

        // When
        HttpResponse<String> answer = insert("HR-EMP-00001", ",\"custom_input_type\":\"" + "x".repeat(141) + "\"");

        // Then
        assertThat(body(answer).path("exc_type").asText()).isEqualTo("CharacterLengthExceededError");
    }

    @Test
    void tellsTheTimeByItsOwnClock() throws Exception {
        // Given
        site.clockOffset(Duration.ofMinutes(-7));

        // When
        HttpResponse<String> answer = insert("HR-EMP-00001", "");

        // Then
        assertThat(answer.headers().firstValue("Date")).hasValue("Mon, 2 Feb 2026 05:53:00 GMT");
        assertThat(site.checkins().get(0).stamp().creation()).isEqualTo(LocalDateTime.of(2026, 2, 2, 8, 53));
    }

    @Test
    void tellsItsVersions() throws Exception {
        // Given
        site.version("hrms", "14.2.1").version("erpnext", null);

        // When
        JsonNode versions = body(client.get("/api/method/frappe.utils.change_log.get_versions"))
                .path("message");

        // Then
        assertThat(versions.path("frappe").path("version").asText()).isEqualTo("15.72.0");
        assertThat(versions.path("hrms").path("version").asText()).isEqualTo("14.2.1");
        assertThat(versions.has("erpnext")).isFalse();
    }

    @Test
    void tellsAUserOfItself() throws Exception {
        // Given
        site.apiUser().timeZone(ZoneId.of("Europe/Berlin"));

        // When
        JsonNode user = body(client.get("/api/resource/User/cams@hr.localhost")).path("data");

        // Then
        assertThat(user.path("time_zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(user.path("roles"))
                .extracting(role -> role.path("role").asText())
                .containsExactly("HR User");
        assertThat(body(client.post(
                                "/api/method/frappe.client.get_value",
                                "{\"doctype\":\"User\",\"filters\":\"cams@hr.localhost\",\"fieldname\":\"time_zone\"}"))
                        .path("message")
                        .toString())
                .isEqualTo("{\"time_zone\":\"Europe/Berlin\"}");
    }

    @Test
    void tellsAUserOfNobodyElse() throws Exception {
        // Given
        site.addUser(manager);

        // When
        HttpResponse<String> answer = client.get("/api/resource/User/sysmgr@hr.localhost");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(body(client.post(GET_LIST, "{\"doctype\":\"User\"}")).path("message"))
                .hasSize(1);
    }

    @Test
    void tellsTheRolesOfAUser() throws Exception {
        // When
        JsonNode roles = body(client.post(
                        "/api/method/frappe.core.doctype.user.user.get_roles", "{\"uid\":\"cams@hr.localhost\"}"))
                .path("message");

        // Then
        assertThat(roles).extracting(JsonNode::asText).containsExactly("HR User", "All", "Guest", "Desk User");
    }

    @Test
    void tellsWhatAUserMayDo() throws Exception {
        // Given
        site.apiUser().may("cancel", "Attendance", false);

        // When
        HttpResponse<String> answer = client.post(
                "/api/method/frappe.client.has_permission",
                "{\"doctype\":\"Attendance\",\"docname\":\"\",\"perm_type\":\"cancel\"}");

        // Then
        assertThat(body(answer).path("message").path("has_permission").booleanValue())
                .isFalse();
        assertThat(site.apiUser().may("read", "Attendance")).isTrue();
    }

    @Test
    void leavesOutOfListsWhatAUserMayNotSee() throws Exception {
        // Given
        insert("HR-EMP-00001", "");
        site.apiUser().maySee("Employee Checkin", "time", false);

        // When
        JsonNode rows = body(list("[\"employee\",\"time\"]")).path("message");

        // Then
        assertThat(rows.toString()).isEqualTo("[{\"employee\":\"HR-EMP-00001\"}]");
    }
}
