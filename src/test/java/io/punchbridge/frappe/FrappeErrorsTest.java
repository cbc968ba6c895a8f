package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrappeErrorsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    /** Every recorded failure, by what follows from it. */
    private static final Map<Kind, String> EXPECTED = Map.of(
            Kind.ALREADY_THERE,
            """
            02_checkin_duplicate 02b_checkin_duplicate_other_device 02d_duplicate_tracebacks_off 02f_lang_header_sw
            02h_duplicate_user_lang_fr 02k_duplicate_site_language_fr 02l_duplicate_site_fr_accept_language_en
            03c_no_log_type_again 03d_empty_log_type_again 03e_empty_log_type_third
            06b_log_type_missing_strict_shift_skip_auto 09c_add_log_duplicate
            10c2_many_duplicate_inside 10c_many_duplicate_middle 10j_many_minrole
            14f_key_same_same_punch 14g_key_same_other_time 14h_many_key_conflict 14p_unique_tracebacks_off
            20b_time_microseconds_999 21c_status_417_UniqueValidationError_example 23h_v2_duplicate
            24j_accept_star 24k_no_accept
            """,
            Kind.REFUSED,
            """
            04c_link_validation_shape 05b_employee_inactive 07_log_type_invalid 07b_log_type_lower_case
            07c_employee_missing 07e_time_invalid 07f_time_empty 07n_time_invalid_tracebacks_off
            09b_add_log_unknown_id 09h_add_log_missing_args 09k_unknown_id_user_lang_fr 09l_unknown_device_site_fr
            10d_many_201 10h_many_no_docs 10i_many_without_doctype
            11k_employee_unknown_field 11l_employee_bad_filters_json 13g_shift_type_put_bad_date
            14c_custom_field_again 14m_key_141 16b_geo_no_coordinates 16d_geo_add_log_no_coordinates
            16f_geo_zero_coordinates
            20c_time_offset_plus3 20d_time_offset_utc 20e_time_Z 20i_time_epoch_number 20k_time_24h
            20m_add_log_offset 20n_time_offset_no_shift_employee
            24a_invalid_json 24e_json_list_body 24f_empty_body 24g_method_json_without_content_type
            24m_body_too_large 24n_body_just_below 25r_query_args_lost_with_json_body
            """,
            Kind.SET_UP,
            """
            07m_client_sets_name_again
            08a_no_auth 08b_bad_key 08c_bad_secret 08d_malformed_token 08e_bearer_garbage 08g_noperm_user_insert
            08h_noperm_user_list 08i_noperm_add_log 08j_no_auth_get_list 08p_bad_key_tracebacks_off
            09i_method_missing 09j_resource_missing 10k_many_noperm 10l_many_get
            11j_employee_get_missing 11n_url_too_long 12g_system_settings_single_value 12i_bootinfo_timezone
            13f_shift_type_put_missing 13h_shift_type_put_noperm 13k_shift_assignment_minrole
            14a_custom_field_no_permission 14d2_custom_field_lookup_hruser 16i_hr_settings_read_minrole
            23d_logged_user_guest 23j_wrong_host 23m_unknown_path 23p_delete_method_on_list
            """,
            Kind.RETRY_LATER,
            """
            17b_rate_limited 17c_rate_limited_accept_html 17d_rate_limited_ping
            18a_maintenance_insert 18b_maintenance_ping
            18d_readonly_mode_insert 18f_readonly_mode_many
            19i_db_restart_seen_500_OperationalError
            27a_lock_wait_timeout_insert 27b_lock_wait_timeout_many
            """,
            Kind.UNCERTAIN,
            """
            18c_maintenance_accept_html 19a_db_down_insert 19b_db_down_ping 19c_db_down_accept_html
            19i_db_restart_seen_500_not-json 19k_too_many_connections
            """,
            Kind.CHANGED_MEANWHILE,
            """
            13e_shift_type_put_stale_modified
            """);

    private final FrappeErrors errors =
            new FrappeErrors(Clock.fixed(NOW, ZoneOffset.UTC), List.of("KEY123", "SECRET456"));

    static List<Recording> recordedFailures() {
        return Recording.failures();
    }

    @ParameterizedTest
    @MethodSource("recordedFailures")
    void tellsEveryRecordedFailureApart(Recording recording) {
        // Given
        Kind expected = expectedKinds().get(recording.name());

        // When
        FrappeFailure failure = errors.of(recording.reply());

        // Then
        assertThat(failure.kind()).as(recording.name()).isEqualTo(expected);
        assertThat(failure.status()).isEqualTo(recording.status());
        assertThat(failure.words()).isNotBlank().hasSizeLessThanOrEqualTo(500).doesNotContainPattern("<[a-zA-Z/]");
    }

    @Test
    void everyExpectationHasItsRecording() {
        // When
        List<String> recorded = recordedFailures().stream().map(Recording::name).toList();

        // Then
        assertThat(expectedKinds().keySet()).containsExactlyInAnyOrderElementsOf(recorded);
    }

    @ParameterizedTest
    @CsvSource({
        "02_checkin_duplicate, EMP-CKIN-11-2026-000001",
        "02d_duplicate_tracebacks_off, EMP-CKIN-11-2026-000001",
        "02k_duplicate_site_language_fr, EMP-CKIN-11-2026-019793",
        "10c_many_duplicate_middle, EMP-CKIN-11-2026-000023",
        "23h_v2_duplicate, EMP-CKIN-11-2026-000001"
    })
    void namesTheCheckinThatStandsThere(String recording, String existing) {
        // When
        FrappeFailure failure = errors.of(Recording.of(recording).reply());

        // Then
        assertThat(failure.existing()).isEqualTo(existing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/employee-checkin/EMP%2FCKIN%201",
                "https://hr.example/app/employee-checkin/EMP%2FCKIN%201",
                "/app/Form/Employee%20Checkin/EMP%2FCKIN%201",
                "/desk/employee-checkin/EMP%2FCKIN%201"
            })
    void knowsADuplicateByAnyOfFrappesLinks(String link) {
        // Given
        Reply reply = json(417, "{\"exc_type\":\"ValidationError\",\"exception\":\"x <a href='" + link + "'>y</a>\"}");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.ALREADY_THERE);
        assertThat(failure.existing()).isEqualTo("EMP/CKIN 1");
    }

    @Test
    void aUniqueKeyConflictNamesNoRow() {
        // When
        FrappeFailure failure =
                errors.of(Recording.of("14g_key_same_other_time").reply());

        // Then
        assertThat(failure.existing()).isNull();
        assertThat(failure.excType()).isEqualTo("UniqueValidationError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02_checkin_duplicate | This employee already has a log with the same timestamp. Employee Checkin Emp001 Test",
                "05b_employee_inactive | Transactions cannot be created for an Inactive Employee HR-EMP-00203.",
                "08a_no_auth | User Guest does not have doctype access via role permission for document Employee Checkin",
                "08b_bad_key | frappe.exceptions.AuthenticationError",
                "14p_unique_tracebacks_off | CAMS Punch Key must be unique",
                "19a_db_down_insert | Internal Server Error",
                "23j_wrong_host | 404 Not Found",
                "23m_unknown_path | DoesNotExistError",
                "17c_rate_limited_accept_html | Too Many Requests"
            })
    void saysFrappesOwnWordsAsPlainText(String recording, String words) {
        // When
        FrappeFailure failure = errors.of(Recording.of(recording).reply());

        // Then
        assertThat(failure.words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "400, SET_UP",
        "408, UNCERTAIN",
        "414, SET_UP",
        "425, RETRY_LATER",
        "429, RETRY_LATER",
        "502, UNCERTAIN",
        "500, UNCERTAIN",
        "503, UNCERTAIN",
        "504, UNCERTAIN",
        "505, SET_UP",
        "301, SET_UP",
        "524, UNCERTAIN",
        "521, RETRY_LATER",
        "522, RETRY_LATER",
        "529, UNCERTAIN"
    })
    void gradesAPageOfAProxyByItsStatus(int status, Kind kind) {
        // Given
        Reply reply = Reply.of(
                status, Map.of("Content-Type", "text/html"), "<html><head><title>A proxy</title></head></html>");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"exc_type\":\"CSRFTokenError\"} | SET_UP",
                "422 | {\"exc_type\":\"SomethingNew\"} | REFUSED",
                "418 | {\"exc_type\":\"SomethingNew\"} | SET_UP",
                "500 | {\"exc_type\":\"SomethingNew\"} | RETRY_LATER",
                "500 | {\"exc_type\":\"QueryDeadlockError\"} | RETRY_LATER",
                "500 | {\"exc_type\":\"OperationalError\",\"exception\":\"(2013, 'Lost connection')\"} | UNCERTAIN",
                "500 | {\"exc_type\":\"OperationalError\",\"exception\":\"(2006, 'Gone away')\"} | RETRY_LATER",
                "417 | {\"_server_messages\":\"not a list\"} | REFUSED"
            })
    void gradesWhatWasNeverRecorded(int status, String body, Kind kind) {
        // When
        FrappeFailure failure = errors.of(json(status, body));

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 10 | 10",
                "retry-after | 0 | 0",
                "Retry-After | Tue, 24 Nov 2026 08:00:30 GMT | 30",
                "Retry-After | Tue, 24 Nov 2026 07:00:00 GMT | 0",
                "Retry-After | 99999999 | 86400",
                "X-RateLimit-Reset | 7 | 7"
            })
    void readsHowLongToWait(String header, String value, long seconds) {
        // When
        FrappeFailure failure = errors.of(Reply.of(429, Map.of(header, value), ""));

        // Then
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void knowsNoWaitWhereNoneIsReadable() {
        // When
        FrappeFailure failure = errors.of(Reply.of(503, Map.of("Retry-After", "soon"), ""));

        // Then
        assertThat(failure.retryAfter()).isNull();
    }

    @Test
    void aRedirectSaysWhichHostToSetWithoutItsPath() {
        // Given
        Reply reply = Reply.of(301, Map.of("Location", "https://hr.example/login?token=abc"), "<html></html>");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.words())
                .contains("https://hr.example")
                .doesNotContain("login")
                .doesNotContain("abc");
    }

    @Test
    void neverRepeatsTheTokenNorItsSecret() {
        // Given
        Reply reply = json(401, "{\"exception\":\"bad token KEY123:SECRET456\"}");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.words()).isEqualTo("bad token ***:***");
    }

    @Test
    void cutsLongWords() {
        // Given
        Reply reply = json(417, "{\"exception\":\"" + "long ".repeat(1000) + "\"}");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.words()).hasSize(500).startsWith("long long").endsWith("…");
    }

    @Test
    void whateverTheSiteSaysIsOneLine() {
        // Given
        Reply reply = json(417, "{\"exception\":\"one\\ntwo\\r\\u0085\\u2028\\u001b three\"}");

        // When
        FrappeFailure failure = errors.of(reply);

        // Then
        assertThat(failure.words()).isEqualTo("one two three");
    }

    private static Reply json(int status, String body) {
        return Reply.of(status, Map.of("Content-Type", "application/json"), body);
    }

    private static Map<String, Kind> expectedKinds() {
        Map<String, Kind> kinds = new HashMap<>();
        EXPECTED.forEach((kind, names) -> names.strip()
                .lines()
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .forEach(name -> kinds.put(name, kind)));
        return kinds;
    }
}
