package io.punchbridge.console.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of attendance says. */
@QuarkusTest
@TestProfile(People.Profile.class)
class AttendancePageTest {
    private static final String PATH = "/attendance";
    private static final String OURS = "X-Punchbridge-Request";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Inject
    AttendanceSample sample;

    @Inject
    FrappeSettings frappe;

    @BeforeEach
    void clear() {
        sample.clear();
    }

    private static Response late(String state, String after) {
        return People.viewer()
                .header(OURS, "1")
                .formParam("state", state)
                .formParam("after", after)
                .post(PATH + "/late");
    }

    @Test
    void where_nothing_is_known_it_says_what_to_do() {
        // When
        String page = People.viewer().get(PATH).asString();

        // Then
        assertThat(page)
                .contains(
                        "Mode: off.",
                        "punchbridge.attendance.watermark",
                        "No Shift Type is shown, since nobody looks.",
                        "was not moved by Punchbridge yet",
                        "punchbridge.attendance.late-punches",
                        "Nothing is listed, since nobody looks.");
    }

    @Test
    void a_shift_type_is_told_with_what_holds_it_back_and_what_to_do() {
        // Given
        sample.shiftTypes();

        // When
        String page = People.viewer().get(PATH).asString();

        // Then
        assertThat(page)
                .contains("href=\"" + frappe.url() + "/app/shift-type/Day%20Shift\"")
                .contains("<span class=\"badge held-back\">held-back</span>", "30 h behind now")
                .contains("Given to auto attendance until 30 h behind now; proven until 9 h behind now.")
                .contains("href=\"/devices/gate\"", "is the device on, and on line?")
                .contains("href=\"/punches/20260202T050012Z-1f0c9a5ed2c34b17a9e0d3f1\"", "or dismiss it.")
                .contains("process_attendance_after")
                .contains("href=\"/punches/" + AttendanceSample.PASSED_OVER.value() + "\"")
                .contains("href=\"/attendance/moves?shift-type=Day+Shift\"")
                .contains("nobody looks any more")
                .containsSubsequence("Day Shift", "Night Shift");
    }

    @Test
    void a_move_is_told_with_its_proof() {
        // Given
        sample.move("told-1", "Told Shift", Duration.ofHours(3), MoveState.WRITTEN);
        sample.move("told-2", "Other Shift", Duration.ofHours(2), MoveState.NOT_WRITTEN);

        // When
        String page = People.viewer()
                .queryParam("shift-type", "Told Shift")
                .get(PATH + "/moves")
                .asString();

        // Then
        assertThat(page)
                .contains("Moves of Told Shift", "<span class=\"badge written\">written</span>", "run-7", "replica-1")
                .contains("href=\"/devices/head-office\"", "assumed (assume-complete-after)")
                .doesNotContain("Other Shift", "Show more");
    }

    @Test
    void more_moves_are_a_link_away() {
        // Given
        sample.move("more-1", "Told Shift", Duration.ofHours(3), MoveState.WRITTEN);
        sample.move("more-2", "Told Shift", Duration.ofHours(2), MoveState.WRITTEN);

        // When
        String page = People.viewer()
                .queryParam("shift-type", "Told Shift")
                .queryParam("limit", "1")
                .get(PATH + "/moves")
                .asString();

        // Then
        assertThat(page).contains("The newest 1", "/attendance/moves?shift-type=Told+Shift&amp;limit=5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "x", "-1"})
    void a_limit_that_is_none_is_told(String limit) {
        // When
        Response answer = People.viewer().queryParam("limit", limit).get(PATH + "/moves");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("whole number from 1 to 200");
    }

    @Test
    void a_late_day_is_told_whole() {
        // Given
        LocalDate newest = sample.lateDays();

        // When
        String page = People.viewer().get(PATH).asString();

        // Then
        assertThat(page)
                .contains("Amina Otieno", "HR-EMP-09001", newest.toString())
                .contains(
                        "href=\"" + frappe.url() + "/app/attendance/HR-ATT-2026-00041\"", "A salary slip of these days")
                .contains("Half Day", "3.05", "Present", "9.05", "08:57:00", "18:00:00")
                .contains("Take “Skip Auto Attendance” off the check-in", "would be done")
                .contains("/app/attendance/HR-ATT-2026-00044", "begun")
                .contains("href=\"/punches/", "href=\"/devices/head-office\"", "/app/employee-checkin/")
                .contains("all (3)", "cannot (1)", "would-repair (1)", "repaired (1)", "repairing (0)")
                .containsSubsequence("Amina Otieno", "Brian Mwangi", "Grace Njeri");
    }

    @Test
    void late_days_are_picked_by_their_state() {
        // Given
        sample.lateDays();

        // When
        String list = late("repaired", "").asString();

        // Then
        assertThat(list).contains("Days: repaired", "Grace Njeri").doesNotContain("Amina Otieno", "<html");
    }

    @Test
    void older_late_days_follow_on_the_next_page() {
        // Given
        sample.days(21);
        String first = late("found", "").asString();
        String cursor = first.replaceAll("(?s).*name=\"after\" value=\"([^\"]*)\".*", "$1");

        // When
        String second = late("found", cursor).asString();

        // Then
        String oldest = "HR-ATT-21<";
        assertThat(first).contains("HR-ATT-1<", "HR-ATT-20<", "Older").doesNotContain(oldest, "Newest</button>");
        assertThat(second).contains(oldest, "Newest</button>").doesNotContain("HR-ATT-20<", "name=\"after\"");
    }

    @ParameterizedTest
    @CsvSource({"lost, ''", "'', yesterday", "'', 2026-01-01-%00"})
    void what_no_page_of_ours_asks_for_is_refused(String state, String after) {
        // When
        Response answer = late(state, after);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("Load Attendance again");
    }

    @Test
    void names_are_shown_as_they_are_written() {
        // Given
        sample.keep(
                HOSTILE,
                Outcome.HELD_BACK,
                HOSTILE,
                List.of(new Holding("device " + HOSTILE, HOSTILE, HOSTILE)),
                List.of(),
                null,
                null);
        sample.move("hostile", HOSTILE, Duration.ofHours(1), MoveState.WRITTEN);
        LatePunch punch = sample.latePunch("HR-EMP-09666", HOSTILE, "99666");
        sample.judge(sample.late("HR-EMP-09666", 1, HOSTILE), punch);

        // When
        String page = People.viewer().get(PATH).asString();

        // Then
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt; <span class=\"muted\">HR-EMP-09666")
                .doesNotContain("<img src=x");
    }
}
