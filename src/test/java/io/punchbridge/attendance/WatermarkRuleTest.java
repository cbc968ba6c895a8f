package io.punchbridge.attendance;

import static io.punchbridge.attendance.Given.GATE;
import static io.punchbridge.attendance.Given.OFFICE;
import static io.punchbridge.attendance.Given.dayShift;
import static io.punchbridge.attendance.Given.open;
import static io.punchbridge.attendance.Given.proven;
import static io.punchbridge.attendance.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each condition of the watermark, by itself. The site's zone is UTC where nothing else is said. */
class WatermarkRuleTest {
    private static final String LONG_AGO = "2026-01-20T00:00:00Z";
    private static final LocalDateTime MONDAY_MORNING = LocalDateTime.parse("2026-02-02T06:00:00");
    private static final LocalDate MONDAY = LocalDate.of(2026, 2, 2);

    private AttendanceSettings settings = Given.settings(Mode.ADVANCE);
    private ZoneId zone = ZoneOffset.UTC;
    private Instant now = Instant.parse("2026-02-02T20:00:00Z");

    private Duration clockLead = Duration.ZERO;

    private Decision decide(ShiftType shift, List<DeviceFact> devices, Open... open) {
        return new WatermarkRule(shift, settings, zone, now, clockLead).decide(devices, List.of(open));
    }

    private static DeviceFact officeUntil(String until) {
        return proven(OFFICE, LONG_AGO, until);
    }

    private static List<Holding> holders(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.HeldBack.class);
        return ((Decision.HeldBack) decision).holders();
    }

    private static LocalDateTime to(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Move.class);
        return ((Decision.Move) decision).to();
    }

    @Test
    void a_shift_whose_window_is_proven_and_delivered_is_let_go_up_to_the_proof_less_the_margin() {
        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision)
                .isEqualTo(new Decision.Move(
                        LocalDateTime.parse("2026-02-02T19:44:00"),
                        MONDAY,
                        Instant.parse("2026-02-02T19:44:00Z"),
                        List.of()));
    }

    @Test
    void the_device_that_is_proven_the_least_decides_and_parts_of_a_second_are_cut() {
        // When
        Decision decision = decide(
                dayShift(MONDAY_MORNING),
                List.of(officeUntil("2026-02-02T19:45:00Z"), proven(GATE, LONG_AGO, "2026-02-02T19:30:00.900Z")));

        // Then
        assertThat(to(decision)).isEqualTo("2026-02-02T19:29:00");
    }

    @ParameterizedTest
    @CsvSource({"PT43M58S, true", "PT43M59S, false", "PT5H, false"})
    void while_our_clock_is_ahead_of_frappes_so_much_less_is_proven(Duration lead, boolean moves) {
        // Given
        clockLead = lead;

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        if (moves) {
            assertThat(to(decision)).isEqualTo("2026-02-02T19:00:01");
            return;
        }
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.holder()).isEqualTo("setting clock");
            assertThat(holding.words()).contains(lead.toSeconds() + " s ahead of Frappe's");
            assertThat(holding.toDo()).contains("NTP");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT0S", "-PT6H"})
    void clocks_that_agree_to_a_minute_and_one_of_ours_that_is_behind_change_nothing(Duration lead) {
        // Given
        clockLead = lead;

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(to(decision)).isEqualTo("2026-02-02T19:44:00");
    }

    @Test
    void a_device_that_holds_back_by_itself_is_named_and_not_the_clock() {
        // Given
        clockLead = Duration.ofMinutes(5);

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T18:59:00Z")));

        // Then
        assertThat(holders(decision)).extracting(Holding::holder).containsExactly("device head-office");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-02T19:01:00Z, false", "2026-02-02T19:01:01Z, true"})
    void the_windows_end_must_lie_strictly_before_the_proof_as_hrms_has_it(String provenUntil, boolean moves) {
        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil(provenUntil)));

        // Then
        assertThat(decision instanceof Decision.Move).isEqualTo(moves);
    }

    @Test
    void a_device_that_is_not_proven_to_the_windows_end_holds_back_by_name() {
        // When
        Decision decision = decide(
                dayShift(MONDAY_MORNING),
                List.of(officeUntil("2026-02-02T19:45:00Z"), proven(GATE, LONG_AGO, "2026-02-02T18:59:00Z")));

        // Then
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.holder()).isEqualTo("device gate");
            assertThat(holding.words()).contains("gate", "2026-02-02 18:59:00");
        });
        assertThat(((Decision.HeldBack) decision).provenUntil()).isEqualTo("2026-02-02T18:58:00Z");
    }

    @Test
    void a_device_of_which_nothing_is_verified_holds_back() {
        // When
        Decision decision = decide(
                dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z"), new DeviceFact(GATE, null)));

        // Then
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.holder()).isEqualTo("device gate");
            assertThat(holding.toDo()).contains("/api/v1/reconciliation/runs");
        });
    }

    @Test
    void a_device_that_the_gateway_cant_ask_names_the_setting_that_assumes_it_complete() {
        // Given
        Device polled = Given.device("polled", "SN-POLLED", Connection.DB_PULL);

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(new DeviceFact(polled, null)));

        // Then
        assertThat(holders(decision))
                .singleElement()
                .satisfies(holding ->
                        assertThat(holding.toDo()).contains("punchbridge.devices.polled.assume-complete-after"));
    }

    @Test
    void without_a_gateway_the_endpoint_is_named() {
        // Given
        settings = Given.withoutGateway();

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(new DeviceFact(OFFICE, null)));

        // Then
        assertThat(holders(decision))
                .singleElement()
                .satisfies(holding -> assertThat(holding.toDo()).contains("punchbridge.gateway.endpoint"));
    }

    @Test
    void no_device_at_all_holds_back() {
        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of());

        // Then
        assertThat(holders(decision))
                .singleElement()
                .satisfies(holding -> assertThat(holding.holder()).isEqualTo("devices"));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-02T08:00:00Z, true", "2026-02-02T08:00:01Z, false"})
    void the_proof_must_begin_when_the_window_of_the_next_shift_opens(String since, boolean moves) {
        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(proven(OFFICE, since, "2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision instanceof Decision.Move).isEqualTo(moves);
    }

    @Test
    void a_proof_that_begins_too_late_says_what_to_load_and_what_to_set_instead() {
        // Given
        now = Instant.parse("2026-02-05T20:00:00Z");

        // When
        Decision decision =
                decide(dayShift(null), List.of(proven(OFFICE, "2026-02-04T12:00:00Z", "2026-02-05T19:45:00Z")));

        // Then
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.words()).contains("2026-02-04 12:00:00", "2026-02-02 08:00:00");
            assertThat(holding.toDo())
                    .contains("load-log --device head-office --from 2026-02-02")
                    .contains("\"Process Attendance After\" of Day Shift to 2026-02-05");
        });
    }

    @Test
    void without_a_last_sync_the_first_day_begins_the_proof() {
        // When
        Decision decision = decide(dayShift(null), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(to(decision)).isEqualTo("2026-02-02T19:44:00");
    }

    @ParameterizedTest
    @EnumSource(
            value = PunchState.class,
            names = {"PENDING", "REJECTED", "HELD", "QUARANTINED"})
    void an_open_punch_of_the_shift_holds_back_by_its_key(PunchState state) {
        // Given
        Open open = open(state, "2026-02-02T17:58:00Z", "2026-02-02T17:58:05Z");

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")), open);

        // Then
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.holder()).isEqualTo("punch " + open.key());
            assertThat(holding.toDo()).isNotBlank();
        });
    }

    @Test
    void an_open_punch_of_a_later_shift_lets_the_earlier_one_go_up_to_itself() {
        // Given
        now = Instant.parse("2026-02-03T20:00:00Z");
        Open open = open(PunchState.REJECTED, "2026-02-03T08:30:00.700Z", "2026-02-03T08:30:05Z");

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-03T19:45:00Z")), open);

        // Then
        assertThat(decision)
                .isEqualTo(new Decision.Move(
                        LocalDateTime.parse("2026-02-03T08:30:00"),
                        MONDAY,
                        Instant.parse("2026-02-03T08:30:00Z"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, 2026-01-01T00:00:00Z, false",
        "REJECTED, 2026-01-01T00:00:00Z, false",
        "HELD, 2026-01-30T20:00:01Z, false",
        "HELD, 2026-01-30T20:00:00Z, true"
    })
    void patience_ends_for_the_held_and_not_for_what_waits_for_frappe_and_they_are_named(
            PunchState state, String receivedAt, boolean passedOver) {
        // Given
        Open open = open(state, "2026-02-02T12:00:00Z", receivedAt);

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")), open);

        // Then
        assertThat(decision instanceof Decision.Move).isEqualTo(passedOver);
        if (decision instanceof Decision.Move move) {
            assertThat(move.passedOver()).containsExactly(open.key());
        }
    }

    @Test
    void a_punch_without_a_readable_time_counts_by_when_it_came() {
        // Given
        Open open = new Open(
                new PunchKey("unreadable-1"),
                SerialNumber.UNKNOWN,
                PunchState.QUARANTINED,
                null,
                Instant.parse("2026-02-02T12:00:00Z"),
                null);

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")), open);

        // Then
        assertThat(holders(decision))
                .singleElement()
                .satisfies(holding -> assertThat(holding.words()).contains("that came at 2026-02-02 12:00:00"));
    }

    /** A clock that was reset, or is a day or years ahead: its time says nothing of the shift that it belongs to. */
    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01T00:00:00Z", "2026-02-03T12:00:00Z", "2031-01-01T00:00:00Z"})
    void a_quarantined_punch_whose_time_is_not_believed_holds_back_from_when_it_came(String claimed) {
        // Given
        Open open = open(PunchState.QUARANTINED, claimed, "2026-02-02T12:00:00Z");

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-02T19:45:00Z")), open);

        // Then
        assertThat(holders(decision)).singleElement().satisfies(holding -> {
            assertThat(holding.holder()).isEqualTo("punch " + open.key());
            assertThat(holding.words()).contains("that came at 2026-02-02 12:00:00");
        });
        assertThat(((Decision.HeldBack) decision).provenUntil()).isEqualTo("2026-02-02T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"2026-02-02T20:00:00Z, true", "2026-02-02T20:00:01Z, false"})
    void patience_ends_for_a_quarantined_punch_of_a_reset_clock_and_it_is_named(String came, boolean passedOver) {
        // Given
        now = Instant.parse("2026-02-05T20:00:00Z");
        Open open = open(PunchState.QUARANTINED, "2000-01-01T00:00:00Z", came);

        // When
        Decision decision = decide(dayShift(MONDAY_MORNING), List.of(officeUntil("2026-02-05T19:45:00Z")), open);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Move.class, move -> {
            assertThat(move.passedOver()).isEqualTo(passedOver ? List.of(open.key()) : List.of());
            assertThat(move.day()).isEqualTo(passedOver ? MONDAY.plusDays(3) : MONDAY);
        });
    }

    /** Of Monday HRMS marks who has no punches only when it goes past Tuesday; Sunday is no day of it. */
    @ParameterizedTest
    @CsvSource({
        "2026-02-02T19:30:00, 2026-02-02T07:59:59.999Z, true",
        "2026-02-02T19:30:00, 2026-02-02T08:00:00Z, false",
        "2026-02-02T19:30:00, 2026-02-02T18:00:00Z, false",
        "2026-02-04T19:30:00, 2026-02-03T07:59:59.999Z, true",
        "2026-02-04T19:30:00, 2026-02-04T08:00:00Z, false"
    })
    void an_open_punch_of_the_last_processed_shift_still_holds_back_and_one_from_before_it_does_not(
            LocalDateTime lastSync, String at, boolean moves) {
        // Given
        now = Instant.parse("2026-02-05T20:00:00Z");
        Open open = open(PunchState.REJECTED, at, "2026-02-05T12:00:00Z");

        // When
        Decision decision = decide(dayShift(lastSync), List.of(officeUntil("2026-02-05T19:45:00Z")), open);

        // Then
        assertThat(decision instanceof Decision.Move).isEqualTo(moves);
    }

    @ParameterizedTest
    @CsvSource({"2026-02-03T08:00:00Z, true", "2026-02-03T08:00:01Z, false"})
    void the_proof_begins_with_the_shift_that_was_processed_last(String since, boolean moves) {
        // Given
        now = Instant.parse("2026-02-04T20:00:00Z");
        LocalDateTime lastSync = LocalDateTime.parse("2026-02-03T19:30:00");

        // When
        Decision decision = decide(dayShift(lastSync), List.of(proven(OFFICE, since, "2026-02-04T19:45:00Z")));

        // Then
        assertThat(decision instanceof Decision.Move).isEqualTo(moves);
    }

    @Test
    void it_is_not_moved_before_a_window_has_closed_that_hrms_has_not_processed() {
        // Given
        now = Instant.parse("2026-02-03T12:00:00Z");

        // When
        Decision decision = decide(
                dayShift(LocalDateTime.parse("2026-02-02T19:30:00")), List.of(officeUntil("2026-02-03T11:45:00Z")));

        // Then
        assertThat(decision)
                .isEqualTo(new Decision.NothingDue(Instant.parse("2026-02-03T11:44:00Z"), false, List.of()));
    }

    @Test
    void it_never_goes_back_and_says_that_someone_went_ahead() {
        // Given
        now = Instant.parse("2026-02-04T07:00:00Z");

        // When
        Decision decision = decide(
                dayShift(LocalDateTime.parse("2026-02-04T19:30:00")), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision).isEqualTo(new Decision.NothingDue(Instant.parse("2026-02-02T19:44:00Z"), true, List.of()));
    }

    @Test
    void days_before_the_first_one_are_not_led() {
        // Given
        ShiftType shift = with(dayShift(null), true, false, LocalDate.of(2026, 3, 1));

        // When
        Decision decision = decide(shift, List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision).isInstanceOf(Decision.NothingDue.class);
    }

    @Test
    void it_is_refused_while_hrms_moves_it_by_itself() {
        // When
        Decision decision = decide(
                with(dayShift(MONDAY_MORNING), true, true, MONDAY), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.setting().holder()).isEqualTo("setting auto_update_last_sync"));
    }

    @Test
    void it_is_refused_without_a_first_day() {
        // When
        Decision decision =
                decide(with(dayShift(MONDAY_MORNING), true, false, null), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(refused.setting().holder()).isEqualTo("setting process_attendance_after"));
    }

    @Test
    void it_is_refused_without_auto_attendance() {
        // When
        Decision decision = decide(
                with(dayShift(MONDAY_MORNING), false, false, MONDAY), List.of(officeUntil("2026-02-02T19:45:00Z")));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.setting().holder()).isEqualTo("setting enable_auto_attendance"));
    }

    @Test
    void a_night_shift_is_let_go_on_the_next_day_and_its_proof_begins_the_evening_before() {
        // Given
        now = Instant.parse("2026-02-03T08:00:00Z");
        ShiftType night = Given.shift("Night Shift", null, MONDAY, LocalTime.of(22, 0), LocalTime.of(6, 0));

        // When
        Decision decision = decide(night, List.of(proven(OFFICE, "2026-02-02T21:00:00Z", "2026-02-03T07:30:00Z")));

        // Then
        assertThat(decision)
                .isEqualTo(new Decision.Move(
                        LocalDateTime.parse("2026-02-03T07:29:00"),
                        MONDAY,
                        Instant.parse("2026-02-03T07:29:00Z"),
                        List.of()));
    }

    @Test
    void a_wide_window_that_closes_a_day_later_is_still_the_next_one() {
        // Given
        ShiftType wide = wideWindow(Duration.ofHours(36), LocalDateTime.parse("2026-02-04T05:00:00"));

        // When
        LocalDate day = new ShiftDays(wide).firstOpen();

        // Then
        assertThat(day).isEqualTo("2026-02-02");
        assertThat(wide.covers(day)).isFalse();
        assertThat(wide.covers(day.minusDays(1))).isTrue();
    }

    private static ShiftType wideWindow(Duration afterEnd, LocalDateTime lastSync) {
        ShiftType shift = dayShift(lastSync);
        return new ShiftType(
                shift.name(),
                true,
                lastSync,
                MONDAY.minusDays(10),
                shift.start(),
                shift.end(),
                shift.beforeStart(),
                afterEnd,
                false,
                false,
                false,
                0,
                0,
                null,
                null,
                shift.modified());
    }

    @Test
    void before_a_repeated_hour_the_earlier_wall_time_is_written() {
        // Given
        zone = ZoneId.of("Europe/Berlin");
        now = Instant.parse("2026-10-25T00:59:00Z");
        ShiftType evening =
                Given.shift("Evening", null, LocalDate.of(2026, 10, 24), LocalTime.of(14, 0), LocalTime.of(23, 30));

        // When
        Decision decision = decide(evening, List.of(proven(OFFICE, "2026-10-20T00:00:00Z", "2026-10-25T00:51:00Z")));

        // Then
        assertThat(new SiteTime(zone).of(Instant.parse("2026-10-25T00:50:00Z"))).isEqualTo("2026-10-25T02:50:00");
        assertThat(to(decision)).isEqualTo("2026-10-25T02:00:00");
    }
}
