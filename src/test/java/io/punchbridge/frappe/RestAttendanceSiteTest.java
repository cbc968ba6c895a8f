package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.Attendance.DocStatus;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.punch.LogType;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shift types and attendance against recordings. Where none was made, a test says so: its answers have the shape of those
 * that were, and were not seen on a real site.
 */
@QuarkusTest
class RestAttendanceSiteTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 2, 2);
    private static final String USER = "{\"message\":\"punchbridge@example.com\"}";
    private static final String DAY_SHIFT_MODIFIED = "2026-11-24 09:34:58.932656";

    @Inject
    Vertx vertx;

    private StubSite stub;
    private RestAttendanceSite site;

    @BeforeEach
    void startSite() {
        stub = new StubSite(vertx);
        site = new RestAttendanceSite(
                new FrappeSettings(
                        stub.url(), "KEY", "SECRET", null, null, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void stopSite() {
        stub.close();
    }

    // --- the clock

    @ParameterizedTest
    @CsvSource({"07:00:00, PT59M59S", "07:59:59, PT0S", "10:00:00, PT-2H-1S"})
    void tells_how_far_our_clock_is_ahead_at_least(String date, Duration lead) {
        // Given
        stub.answers(200, dated(date), USER);

        // When
        site.loggedUser();

        // Then
        assertThat(site.clockLead()).contains(lead);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | ''",
                "502 | <html>Bad Gateway</html>",
                "503 | {\"message\":\"no backend\"}",
                "200 | <html>Sign in</html>",
                "200 | {\"status\":\"ok\"}"
            })
    void an_answer_that_is_not_the_sites_own_tells_nothing_of_the_clock(int status, String body) {
        // Given
        stub.answers(200, dated("07:59:59"), USER);
        stub.answers(status, dated("10:00:00"), body);
        site.loggedUser();

        // When
        site.loggedUser();

        // Then
        assertThat(site.clockLead()).contains(Duration.ZERO);
    }

    @Test
    void an_answer_out_of_a_cache_tells_nothing_of_the_clock() {
        // Given
        stub.answers(200, dated("07:59:59"), USER);
        stub.answers(200, Map.of("Date", "Tue, 24 Nov 2026 07:00:00 GMT", "Age", "3600"), USER);
        site.loggedUser();

        // When
        site.loggedUser();

        // Then
        assertThat(site.clockLead()).contains(Duration.ZERO);
    }

    private static Map<String, String> dated(String time) {
        return Map.of("Date", "Tue, 24 Nov 2026 " + time + " GMT");
    }

    @Test
    void answers_without_a_readable_date_tell_nothing_of_the_clock() {
        // Given
        stub.answers(200, Map.of(), USER);
        stub.answers(200, Map.of("Date", "yesterday"), USER);
        site.loggedUser();

        // When
        site.loggedUser();

        // Then
        assertThat(site.clockLead()).isEmpty();
    }

    // --- shift types

    @Test
    void reads_a_shift_type_as_recorded() {
        // Given
        Recording recording = Recording.of("13c_shift_type_get");
        stub.answers(recording);

        // When
        ShiftType shift = value(site.shiftType("Day Shift"));

        // Then
        assertThat(shift).isEqualTo(dayShift(LocalDateTime.of(2026, 1, 5, 19, 30), DAY_SHIFT_MODIFIED));
        assertThat(stub.onlyRequest().method()).isEqualTo("GET");
        assertThat(stub.onlyRequest().path())
                .isEqualTo(recording.request().path("path").asText());
    }

    /** The list of names alone was not recorded; the recorded one (13a) asks for more, as older versions can't. */
    @Test
    void asks_for_the_names_and_then_for_each_document() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Day Shift\"},{\"name\":\"Gone Shift\"}]}");
        stub.answers(Recording.of("13c_shift_type_get"));
        stub.answers(Recording.of("13f_shift_type_put_missing"));

        // When
        List<ShiftType> shifts = value(site.shiftTypes(List.of())).read();

        // Then
        assertThat(shifts).extracting(ShiftType::name).containsExactly("Day Shift");
        assertThat(stub.received().get(0).json().path("fields").toString()).isEqualTo("[\"name\"]");
        assertThat(stub.received().get(0).json().path("limit_page_length").asInt(-1))
                .isZero();
    }

    @Test
    void a_shift_type_that_can_not_be_read_is_named_and_keeps_no_other_from_being_read() {
        // Given
        stub.answers(
                "{\"message\":[{\"name\":\"Broken Shift\"},{\"name\":\"Secret Shift\"},{\"name\":\"Day Shift\"}]}");
        stub.answers(
                500,
                Map.of("Content-Type", "application/json"),
                "{\"exc_type\":\"AttributeError\",\"exception\":\"AttributeError: a script of the site\"}");
        stub.answers(Recording.of("08g_noperm_user_insert"));
        stub.answers(Recording.of("13c_shift_type_get"));

        // When
        ShiftTypes shifts = value(site.shiftTypes(List.of()));

        // Then
        assertThat(shifts.read()).extracting(ShiftType::name).containsExactly("Day Shift");
        assertThat(shifts.unread()).containsOnlyKeys("Broken Shift", "Secret Shift");
        assertThat(shifts.unread().get("Secret Shift"))
                .extracting(FrappeFailure::kind)
                .isEqualTo(Kind.SET_UP);
        assertThat(shifts.names()).containsExactlyInAnyOrder("Day Shift", "Broken Shift", "Secret Shift");
    }

    /** What Frappe answers to a User Permission on a document was not recorded; it is its answer to any missing permission. */
    @Test
    void one_that_is_known_and_not_listed_is_asked_for_by_its_name() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Day Shift\"}]}");
        stub.answers(Recording.of("13c_shift_type_get"));
        stub.answers(Recording.of("08g_noperm_user_insert"));
        stub.answers(Recording.of("13f_shift_type_put_missing"));

        // When
        ShiftTypes shifts = value(site.shiftTypes(List.of("Day Shift", "Hidden Shift", "Gone Shift")));

        // Then
        assertThat(shifts.read()).extracting(ShiftType::name).containsExactly("Day Shift");
        assertThat(shifts.unread()).containsOnlyKeys("Hidden Shift");
        assertThat(stub.received()).hasSize(4);
        assertThat(stub.received().get(2).path()).endsWith("/Hidden%20Shift");
    }

    @Test
    void a_token_that_is_taken_back_meanwhile_is_about_no_single_shift_type() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Day Shift\"},{\"name\":\"Night Shift\"}]}");
        stub.answers(Recording.of("08b_bad_key"));

        // When
        FrappeFailure failure = failure(site.shiftTypes(List.of()));

        // Then
        assertThat(failure.status()).isEqualTo(401);
        assertThat(stub.received()).hasSize(2);
    }

    @Test
    void a_site_that_is_away_meanwhile_fails_the_whole_list() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Day Shift\"},{\"name\":\"Night Shift\"}]}");
        stub.answers(Recording.of("13c_shift_type_get"));
        stub.answers(Recording.of("19a_db_down_insert"));

        // When
        FrappeFailure failure = failure(site.shiftTypes(List.of()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
    }

    /** All rows of the recorded list are read as documents, the night shift and the strict one too. */
    @ParameterizedTest
    @CsvSource({"0, 09:00, 18:00, false", "1, 22:00, 06:00, false", "2, 09:00, 18:00, true"})
    void reads_the_times_and_rules_of_every_recorded_shift_type(
            int row, LocalTime start, LocalTime end, boolean byLogType) {
        // Given
        JsonNode recorded =
                json(Recording.of("13a_shift_type_list").body()).path("data").path(row);
        String rest = """
                ,"modified":"2026-11-24 09:34:58.932656","working_hours_calculation_based_on":"Every Valid Check-in and Check-out",
                "working_hours_threshold_for_half_day":"4.000000000","working_hours_threshold_for_absent":2.5,
                "enable_late_entry_marking":1,"late_entry_grace_period":15,"enable_early_exit_marking":"1","early_exit_grace_period":"0"}}""";
        stub.answers("{\"data\":" + recorded.toString().replaceAll("}$", "") + rest);
        stub.answers("{\"message\":[{\"last_sync_of_checkin\":null,\"process_attendance_after\":\"2026-01-01\"}]}");

        // When
        ShiftType shift = value(site.shiftType("Any Shift"));

        // Then
        assertThat(shift.start()).isEqualTo(start);
        assertThat(shift.end()).isEqualTo(end);
        assertThat(shift.byLogType()).isEqualTo(byLogType);
        assertThat(shift.everyPair()).isTrue();
        assertThat(shift.beforeStart()).isEqualTo(Duration.ofHours(1));
        assertThat(shift.afterEnd()).isEqualTo(Duration.ofHours(1));
        assertThat(shift.halfDayBelow()).isEqualTo(4);
        assertThat(shift.absentBelow()).isEqualTo(2.5);
        assertThat(shift.lateGrace()).isEqualTo(15);
        assertThat(shift.earlyGrace()).isZero();
        assertThat(shift.lastSync()).isNull();
        assertThat(shift.processAfter()).isEqualTo(LocalDate.of(2026, 1, 1));
    }

    /** A document leaves out empty fields (15i shows no attendance, 15g shows it null); hidden ones look the same. */
    @Test
    void an_empty_watermark_is_told_from_one_that_may_not_be_read() {
        // Given
        stub.answers(dayShiftWithout("last_sync_of_checkin"));
        stub.answers("{\"message\":[{\"process_attendance_after\":\"2026-01-01\"}]}");

        // When
        FrappeFailure failure = failure(site.shiftType("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("last_sync_of_checkin of Shift Type", "Read on Shift Type");
        assertThat(stub.received().get(1).json().path("filters").toString())
                .isEqualTo("[[\"name\",\"=\",\"Day Shift\"]]");
    }

    @Test
    void an_older_version_has_no_auto_update_of_its_own() {
        // Given
        stub.answers(dayShiftWithout("auto_update_last_sync"));

        // When
        ShiftType shift = value(site.shiftType("Day Shift"));

        // Then
        assertThat(shift.autoUpdateLastSync()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enable_auto_attendance",
                "start_time",
                "end_time",
                "modified",
                "begin_check_in_before_shift_start_time",
                "allow_check_out_after_shift_end_time",
                "determine_check_in_and_check_out",
                "working_hours_threshold_for_absent"
            })
    void no_rule_is_guessed_that_the_user_may_not_read(String field) {
        // Given
        stub.answers(dayShiftWithout(field));

        // When
        FrappeFailure failure = failure(site.shiftType("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("may not read " + field, "permission level");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "25:00:00", "1 day, 0:00:00", "9"})
    void a_start_that_is_no_time_is_no_answer(String start) {
        // Given
        stub.answers(Recording.of("13c_shift_type_get").body().replace("\"9:00:00\"", "\"" + start + "\""));

        // When
        FrappeFailure failure = failure(site.shiftType("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
        assertThat(failure.words()).contains("start_time");
    }

    @Test
    void a_shift_type_that_does_not_exist_is_a_matter_of_the_set_up() {
        // Given
        stub.answers(Recording.of("13f_shift_type_put_missing"));

        // When
        FrappeFailure failure = failure(site.shiftType("No Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).isEqualTo("Shift Type No Shift not found");
    }

    @Test
    void a_web_page_is_no_shift_type() {
        // Given
        stub.answers(200, Map.of("Content-Type", "text/html"), "<html><title>Login</title></html>");

        // When
        FrappeFailure failure = failure(site.shiftType("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("web page", "Login");
    }

    // --- the watermark

    /** That a write with the current stamp is taken was not recorded; with a stale one it is refused (13e). */
    @Test
    void moves_the_watermark_under_the_stamp_that_was_read() {
        // Given
        Recording recording = Recording.of("13b_shift_type_put_last_sync");
        stub.answers(recording);
        ShiftType asRead = dayShift(null, "2026-11-24 09:30:00.000001");
        LocalDateTime to = LocalDateTime.of(2026, 1, 5, 19, 30);

        // When
        ShiftType moved = value(site.moveLastSync(asRead, to));

        // Then
        assertThat(moved).isEqualTo(dayShift(to, DAY_SHIFT_MODIFIED));
        assertThat(stub.onlyRequest().method()).isEqualTo("PUT");
        assertThat(stub.onlyRequest().path())
                .isEqualTo(recording.request().path("path").asText());
        assertThat(stub.onlyRequest().json())
                .isEqualTo(
                        json(
                                "{\"last_sync_of_checkin\":\"2026-01-05 19:30:00\",\"modified\":\"2026-11-24 09:30:00.000001\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "13e_shift_type_put_stale_modified, CHANGED_MEANWHILE",
        "13f_shift_type_put_missing, SET_UP",
        "13g_shift_type_put_bad_date, REFUSED",
        "13h_shift_type_put_noperm, SET_UP",
        "27a_lock_wait_timeout_insert, RETRY_LATER",
    })
    void a_watermark_that_was_not_moved_says_who_must_act(String recording, Kind kind) {
        // Given
        stub.answers(Recording.of(recording));

        // When
        FrappeFailure failure = failure(move());

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void a_lost_answer_leaves_it_open_whether_the_watermark_moved() {
        // Given
        stub.answers(request -> request.connection().close());

        // When
        FrappeFailure failure = failure(move());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void an_answer_that_can_not_be_read_leaves_it_open_too() {
        // Given
        stub.answers("{\"data\":{}}");

        // When
        FrappeFailure failure = failure(move());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
    }

    /** Not recorded for a shift type: Frappe keeps what it has of a field above the user's level without a word (08k). */
    @Test
    void a_watermark_that_frappe_did_not_keep_was_not_moved() {
        // Given
        stub.answers(Recording.of("13d_shift_type_put_backwards"));

        // When
        FrappeFailure failure = failure(move());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("last_sync_of_checkin", "Day Shift", "Write on Shift Type");
    }

    private FrappeAnswer<ShiftType> move() {
        return site.moveLastSync(dayShift(null, DAY_SHIFT_MODIFIED), LocalDateTime.of(2026, 1, 5, 19, 30));
    }

    // --- running it

    @ParameterizedTest
    @ValueSource(strings = {"25b_process_auto_attendance", "25d_process_auto_attendance_next_day"})
    void runs_auto_attendance_by_the_body(String name) {
        // Given
        Recording recording = Recording.of(name);
        stub.answers(recording);

        // When
        FrappeAnswer<Boolean> answer = site.processAutoAttendance("Day Shift");

        // Then
        assertThat(value(answer)).isTrue();
        assertSentAs(recording);
    }

    @ParameterizedTest
    @CsvSource({"13f_shift_type_put_missing, SET_UP", "19a_db_down_insert, UNCERTAIN"})
    void a_run_that_failed_says_who_must_act(String recording, Kind kind) {
        // Given
        stub.answers(Recording.of(recording));

        // When
        FrappeFailure failure = failure(site.processAutoAttendance("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void a_run_that_was_answered_without_json_may_have_run() {
        // Given
        stub.answers(200, Map.of("Content-Type", "text/plain"), "fine");

        // When
        FrappeFailure failure = failure(site.processAutoAttendance("Day Shift"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
    }

    // --- check-ins

    /** The row is that of 15g, which shows every field; a list of exactly these was not recorded. */
    @Test
    void reads_check_ins_by_name() {
        // Given
        stub.answers("{\"message\":"
                + json(Recording.of("15g_checkin_fields_star").body()).path("data") + "}");

        // When
        List<ShiftCheckin> checkins = value(site.checkins(List.of("EMP-CKIN-11-2026-019993", "B")));

        // Then
        assertThat(checkins)
                .containsExactly(new ShiftCheckin(
                        "EMP-CKIN-11-2026-019993",
                        "HR-EMP-00120",
                        LocalDateTime.of(2026, 1, 16, 12, 19),
                        LogType.IN,
                        "CAMS-ST1",
                        "Day Shift",
                        LocalDateTime.of(2026, 1, 16, 9, 0),
                        LocalDateTime.of(2026, 1, 16, 8, 0),
                        LocalDateTime.of(2026, 1, 16, 19, 0),
                        null,
                        false));
        assertThat(stub.onlyRequest().json().path("filters").toString())
                .isEqualTo("[[\"name\",\"in\",[\"EMP-CKIN-11-2026-019993\",\"B\"]]]");
        assertThat(stub.onlyRequest().json().path("limit_page_length").asInt(-1))
                .isZero();
    }

    @Test
    void reads_check_ins_of_employees_without_a_limit_and_leaves_out_rows_of_nobody() {
        // Given
        stub.answers("""
                {"message":[
                  {"name":"A","employee":"E1","time":"2026-02-02 08:58:00","log_type":"IN","device_id":null,"shift":null,"shift_start":null,
                   "shift_actual_start":null,"shift_actual_end":null,"attendance":"HR-ATT-2026-00001","skip_auto_attendance":1},
                  {"name":"B","employee":null,"time":"2026-02-02 08:58:00","log_type":"","device_id":null,"shift":null,"shift_start":null,
                   "shift_actual_start":null,"shift_actual_end":null,"attendance":null,"skip_auto_attendance":0}]}
                """);

        // When
        List<ShiftCheckin> checkins = value(site.checkinsOf(
                List.of("E1"), MONDAY.atTime(8, 0), MONDAY.plusDays(1).atTime(8, 0)));

        // Then
        assertThat(checkins).singleElement().satisfies(row -> {
            assertThat(row.name()).isEqualTo("A");
            assertThat(row.shift()).isNull();
            assertThat(row.attendance()).isEqualTo("HR-ATT-2026-00001");
            assertThat(row.skipAutoAttendance()).isTrue();
        });
        assertThat(stub.onlyRequest().json().path("filters").toString())
                .isEqualTo("[[\"employee\",\"in\",[\"E1\"]],[\"time\",\">=\",\"2026-02-02 08:00:00\"],"
                        + "[\"time\",\"<\",\"2026-02-03 08:00:00\"]]");
        assertThat(stub.onlyRequest().json().path("limit_page_length").asInt(-1))
                .isZero();
    }

    @Test
    void a_check_in_whose_attendance_may_not_be_read_is_not_taken_for_one_without() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"A\",\"employee\":\"E1\",\"time\":\"2026-02-02 08:58:00\"}]}");

        // When
        FrappeFailure failure = failure(site.checkins(List.of("A")));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("attendance", "of Employee Checkin");
    }

    @Test
    void more_names_than_a_batch_are_refused_here() {
        // Given
        List<String> names = numbered(201);

        // When // Then
        assertThatThrownBy(() -> site.checkins(names)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> site.attendances(names)).isInstanceOf(IllegalArgumentException.class);
        assertThat(stub.received()).isEmpty();
    }

    @Test
    void nobody_is_not_asked_about() {
        // When
        List<Attendance> attendances = value(site.attendances(List.of(), MONDAY, MONDAY));

        // Then
        assertThat(attendances).isEmpty();
        assertThat(value(site.checkins(List.of()))).isEmpty();
        assertThat(stub.received()).isEmpty();
    }

    // --- attendance

    /** The recorded list (25g) asks for fewer fields; the others have the shape of the recorded cancelled document (25i). */
    @Test
    void reads_submitted_attendance_as_recorded() {
        // Given
        stub.answers(recordedAttendances());

        // When
        List<Attendance> attendances = value(site.attendances(List.of("HR-EMP-00101", "HR-EMP-00104"), MONDAY, MONDAY));

        // Then
        assertThat(attendances)
                .extracting(Attendance::status)
                .containsExactly("Present", "Absent", "Absent", "Half Day");
        assertThat(attendances.get(0))
                .isEqualTo(new Attendance(
                        "HR-ATT-2026-00001",
                        "HR-EMP-00101",
                        MONDAY,
                        "Day Shift",
                        "Present",
                        9.08,
                        MONDAY.atTime(8, 58),
                        MONDAY.atTime(18, 3),
                        DocStatus.SUBMITTED,
                        "cams@hr.localhost",
                        "cams@hr.localhost",
                        null,
                        null,
                        null,
                        null));
        assertThat(attendances.get(2).inTime()).isNull();
        assertThat(stub.onlyRequest().json().path("filters").toString())
                .isEqualTo("[[\"employee\",\"in\",[\"HR-EMP-00101\",\"HR-EMP-00104\"]],"
                        + "[\"attendance_date\",\">=\",\"2026-02-02\"],[\"attendance_date\",\"<=\",\"2026-02-02\"],"
                        + "[\"docstatus\",\"=\",1]]");
        assertThat(stub.onlyRequest().json().path("limit_page_length").asInt(-1))
                .isZero();
    }

    @Test
    void takes_hours_that_come_as_text() {
        // Given
        stub.answers(recordedAttendances().replace("9.08", "\"9.080000000\""));

        // When
        List<Attendance> attendances = value(site.attendances(List.of("HR-ATT-2026-00001")));

        // Then
        assertThat(attendances.get(0).workingHours()).isEqualTo(9.08);
    }

    @Test
    void many_employees_are_asked_about_in_batches_and_each_once() {
        // Given
        stub.answers(recordedAttendances());
        stub.answers("{\"message\":[]}");
        List<String> employees = numbered(201);

        // When
        List<Attendance> attendances = value(site.attendances(
                IntStream.range(0, 2)
                        .boxed()
                        .flatMap(twice -> employees.stream())
                        .toList(),
                MONDAY,
                MONDAY));

        // Then
        assertThat(attendances).hasSize(4);
        assertThat(stub.received())
                .extracting(request ->
                        request.json().path("filters").path(0).path(2).size())
                .containsExactly(200, 1);
    }

    @Test
    void a_batch_that_fails_fails_the_whole() {
        // Given
        stub.answers(recordedAttendances());
        stub.answers(Recording.of("17b_rate_limited"));

        // When
        FrappeFailure failure = failure(site.attendances(numbered(201), MONDAY, MONDAY));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
        assertThat(failure.retryAfter()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docstatus", "status", "leave_application", "owner"})
    void an_attendance_that_shows_a_part_of_itself_is_not_judged(String field) {
        // Given
        stub.answers(recordedAttendances().replace("\"" + field + "\":", "\"other\":"));

        // When
        FrappeFailure failure = failure(site.attendances(List.of("HR-ATT-2026-00001")));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("may not read " + field + " of Attendance");
    }

    // --- cancelling

    @Test
    void cancels_an_attendance_as_recorded() {
        // Given
        Recording recording = Recording.of("25i_cancel_attendance_102");
        stub.answers(recording);

        // When
        FrappeAnswer<Boolean> answer = site.cancelAttendance("HR-ATT-2026-00002");

        // Then
        assertThat(value(answer)).isTrue();
        assertSentAs(recording);
    }

    /** How Frappe refuses a second cancelling was not recorded: whatever it says, the document is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"07_log_type_invalid", "13e_shift_type_put_stale_modified", "19k_too_many_connections"})
    void an_attendance_that_stands_cancelled_is_cancelled(String refusal) {
        // Given
        Recording recording = Recording.of(refusal);
        // A proxy before the site would make a 502 of its 500.
        stub.answers(recording.status() == 500 ? 502 : recording.status(), recording.headers(), recording.body());
        stub.answers(recordedAttendances("HR-ATT-2026-00002", 2));

        // When
        FrappeAnswer<Boolean> answer = site.cancelAttendance("HR-ATT-2026-00002");

        // Then
        assertThat(value(answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"07_log_type_invalid, REFUSED", "13e_shift_type_put_stale_modified, CHANGED_MEANWHILE"})
    void one_that_still_stands_was_refused(String refusal, Kind kind) {
        // Given
        stub.answers(Recording.of(refusal));
        stub.answers(recordedAttendances("HR-ATT-2026-00002", 1));

        // When
        FrappeFailure failure = failure(site.cancelAttendance("HR-ATT-2026-00002"));

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void a_lost_answer_that_nobody_can_look_into_stays_open() {
        // Given
        stub.answers(request -> request.connection().close());
        stub.answers(Recording.of("19a_db_down_insert"));

        // When
        FrappeFailure failure = failure(site.cancelAttendance("HR-ATT-2026-00002"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
    }

    @Test
    void who_may_not_cancel_is_told_so() {
        // Given
        stub.answers(Recording.of("13h_shift_type_put_noperm"));

        // When
        FrappeFailure failure = failure(site.cancelAttendance("HR-ATT-2026-00002"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(stub.received()).hasSize(1);
    }

    // --- counting again

    @Test
    void lets_a_check_in_count_again_as_recorded() {
        // Given
        Recording recording = Recording.of("25k_clear_skip_388");
        stub.answers(recording);

        // When
        FrappeAnswer<Boolean> answer = site.countAgain("EMP-CKIN-11-2026-000388");

        // Then
        assertThat(value(answer)).isTrue();
        assertSentAs(recording);
    }

    @Test
    void a_check_in_that_frappe_goes_on_skipping_does_not_count() {
        // Given
        stub.answers(Recording.of("25k_clear_skip_388")
                .body()
                .replace("\"skip_auto_attendance\":0", "\"skip_auto_attendance\":1"));

        // When
        FrappeFailure failure = failure(site.countAgain("EMP-CKIN-11-2026-000388"));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("skip_auto_attendance");
    }

    @Test
    void a_document_that_is_gone_is_no_fault_of_the_set_up() {
        // Given
        stub.answers(Recording.of("13f_shift_type_put_missing"));
        stub.answers(Recording.of("13f_shift_type_put_missing"));

        // When
        FrappeFailure checkin = failure(site.countAgain("GONE"));

        // Then
        assertThat(checkin.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure(site.cancelAttendance("GONE")).kind()).isEqualTo(Kind.REFUSED);
    }

    // --- what rests on a day: neither documents nor refusals of these kinds were recorded

    @Test
    void names_what_rests_on_a_day() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Sal Slip/HR-EMP-00102/00001\"}]}");
        stub.answers("{\"message\":[]}");
        stub.answers("{\"message\":[{\"name\":\"HR-ARQ-26-02-00001\"}]}");

        // When
        List<String> resting = value(site.restingOn("HR-EMP-00102", MONDAY));

        // Then
        assertThat(resting)
                .containsExactly("Salary Slip Sal Slip/HR-EMP-00102/00001", "Attendance Request HR-ARQ-26-02-00001");
        assertThat(stub.received())
                .extracting(request -> request.json().path("doctype").asText())
                .containsExactly("Salary Slip", "Leave Application", "Attendance Request");
        assertThat(stub.received())
                .extracting(request -> request.json().path("filters").toString())
                .containsExactly(
                        "[[\"employee\",\"=\",\"HR-EMP-00102\"],[\"start_date\",\"<=\",\"2026-02-02\"],"
                                + "[\"end_date\",\">=\",\"2026-02-02\"],[\"docstatus\",\"<\",2]]",
                        "[[\"employee\",\"=\",\"HR-EMP-00102\"],[\"from_date\",\"<=\",\"2026-02-02\"],"
                                + "[\"to_date\",\">=\",\"2026-02-02\"],[\"docstatus\",\"<\",2],"
                                + "[\"status\",\"not in\",[\"Rejected\",\"Cancelled\"]]]",
                        "[[\"employee\",\"=\",\"HR-EMP-00102\"],[\"from_date\",\"<=\",\"2026-02-02\"],"
                                + "[\"to_date\",\">=\",\"2026-02-02\"],[\"docstatus\",\"<\",2]]");
    }

    /** The refusal is that of another kind (13k). */
    @ParameterizedTest
    @CsvSource({"0, Salary Slip", "1, Leave Application", "2, Attendance Request"})
    void a_kind_that_may_not_be_read_is_not_taken_for_none(int readable, String kind) {
        // Given
        IntStream.range(0, readable).forEach(i -> stub.answers("{\"message\":[]}"));
        stub.answers(Recording.of("13k_shift_assignment_minrole"));

        // When
        FrappeFailure failure = failure(site.restingOn("HR-EMP-00102", MONDAY));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("of the kind " + kind, "Read on " + kind);
    }

    @Test
    void a_site_that_is_away_is_asked_again_later() {
        // Given
        stub.answers("{\"message\":[]}");
        stub.answers(Recording.of("18a_maintenance_insert"));

        // When
        FrappeFailure failure = failure(site.restingOn("HR-EMP-00102", MONDAY));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
    }

    // --- devices and user

    /** A grouped list was not recorded. */
    @Test
    void learns_the_devices_of_a_shift_type() {
        // Given
        stub.answers("{\"message\":[{\"device_id\":null},{\"device_id\":\"gate\"},{\"device_id\":\"head-office\"}]}");

        // When
        Set<String> devices = value(site.devicesOf("Day Shift", MONDAY.atStartOfDay()));

        // Then
        assertThat(devices).containsExactlyInAnyOrder("gate", "head-office");
        assertThat(stub.onlyRequest().json()).isEqualTo(json("""
                        {"doctype":"Employee Checkin","fields":["device_id"],"order_by":"device_id asc","limit_page_length":0,
                         "filters":[["shift","=","Day Shift"],["time",">=","2026-02-02 00:00:00"]],"group_by":"device_id"}"""));
    }

    @Test
    void devices_that_may_not_be_read_are_not_taken_for_none() {
        // Given
        stub.answers("{\"message\":[{}]}");

        // When
        FrappeFailure failure = failure(site.devicesOf("Day Shift", MONDAY.atStartOfDay()));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("device_id of Employee Checkin");
    }

    @Test
    void says_whose_token_it_is() {
        // Given
        Recording recording = Recording.of("23c_logged_user");
        stub.answers(recording);

        // When
        String user = value(site.loggedUser());

        // Then
        assertThat(user).isEqualTo("cams@hr.localhost");
        assertThat(stub.onlyRequest().path())
                .isEqualTo(recording.request().path("path").asText());
    }

    // ---

    private static ShiftType dayShift(@Nullable LocalDateTime lastSync, String modified) {
        return new ShiftType(
                "Day Shift",
                true,
                lastSync,
                LocalDate.of(2026, 1, 1),
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                Duration.ofHours(1),
                Duration.ofHours(1),
                false,
                false,
                false,
                4,
                2,
                null,
                null,
                modified);
    }

    private static String dayShiftWithout(String field) {
        return Recording.of("13c_shift_type_get").body().replace("\"" + field + "\":", "\"other\":");
    }

    private static String recordedAttendances() {
        return "{\"message\":"
                + json(Recording.of("25g_attendance_via_api").body())
                        .path("data")
                        .toString()
                        .replace(
                                "\"docstatus\":1",
                                "\"docstatus\":1,\"shift\":\"Day Shift\",\"owner\":\"cams@hr.localhost\","
                                        + "\"modified_by\":\"cams@hr.localhost\",\"leave_type\":null,\"leave_application\":null,"
                                        + "\"attendance_request\":null,\"amended_from\":null")
                + "}";
    }

    private static String recordedAttendances(String only, int docStatus) {
        for (JsonNode row : json(recordedAttendances()).path("message")) {
            if (row.path("name").asText().equals(only)) {
                return "{\"message\":[" + row.toString().replace("\"docstatus\":1", "\"docstatus\":" + docStatus)
                        + "]}";
            }
        }
        throw new AssertionError(only + " wasn't recorded");
    }

    private static List<String> numbered(int number) {
        return IntStream.range(0, number).mapToObj(i -> "N" + i).toList();
    }

    private void assertSentAs(Recording recording) {
        StubSite.Received request = stub.onlyRequest();
        assertThat(request.method())
                .isEqualTo(recording.request().path("method").asText());
        assertThat(request.path()).isEqualTo(recording.request().path("path").asText());
        assertThat(request.json())
                .isEqualTo(json(recording.request().path("body").asText()));
    }

    private static JsonNode json(String text) {
        return new StubSite.Received("", "", Map.of(), text).json();
    }

    private static <T> T value(FrappeAnswer<T> answer) {
        return answer.fold(value -> value, failure -> {
            throw new AssertionError("expected a value, got " + failure);
        });
    }

    private static FrappeFailure failure(FrappeAnswer<?> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("expected a failure, got " + value);
                },
                failure -> failure);
    }
}
