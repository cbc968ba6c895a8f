package io.punchbridge.attendance;

import static io.punchbridge.attendance.PretendHrms.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.punch.LogType;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HRMS' rules of hours and status, by the numbers of the recorded site where it has some. */
class ShiftRuleTest {

    /** @param times e.g. {@code 08:58 IN, 18:03 OUT}; a time alone has no log type */
    private static List<ShiftCheckin> checkins(String times) {
        return Arrays.stream(times.split(",", -1))
                .map(String::strip)
                .map(ShiftRuleTest::checkin)
                .toList();
    }

    private static ShiftCheckin checkin(String text) {
        LocalTime time = LocalTime.parse(text.substring(0, text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ')));
        LogType logType = text.endsWith("IN") ? LogType.IN : text.endsWith("OUT") ? LogType.OUT : LogType.NONE;
        return PretendHrms.checkin("C" + text, "HR-EMP-00101", DAY.atTime(time), logType);
    }

    private static ShiftType type(boolean byLogType, boolean everyPair) {
        return PretendHrms.dayShift(DAY.atTime(20, 0), byLogType, everyPair, 4, 2);
    }

    private static @Nullable String time(Said said, boolean in) {
        Object time = in ? said.inTime() : said.outTime();
        return time == null ? null : time.toString().substring(11);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # recorded
            08:58 IN, 18:03 OUT                         | false | false | 9.08 | Present  | 08:58 | 18:03
            08:59 IN                                    | false | false | 0    | Absent   | 08:59 | -
            08:57 IN, 12:00 OUT                         | false | false | 3.05 | Half Day | 08:57 | 12:00
            08:57 IN, 12:00 OUT, 13:00 IN, 18:00 OUT    | false | false | 9.05 | Present  | 08:57 | 18:00
            # by the published rules
            08:57, 12:00, 13:00, 18:00                  | false | true  | 8.05 | Present  | 08:57 | 18:00
            08:57, 12:00, 13:00                         | false | true  | 3.05 | Half Day | 08:57 | 13:00
            08:57                                       | false | true  | 0    | Absent   | 08:57 | -
            08:57 OUT, 09:00 IN, 12:00 OUT, 18:00 OUT   | true  | false | 9    | Present  | 09:00 | 18:00
            09:00 IN, 10:00 IN                          | true  | false | 0    | Absent   | 09:00 | -
            12:00 OUT                                   | true  | false | 0    | Absent   | -     | 12:00
            09:00 IN, 09:05 IN, 12:00 OUT, 12:05 OUT, 13:00 IN, 18:00 OUT | true | true | 8 | Present | 09:00 | 18:00
            09:00 OUT, 10:00 IN                         | true  | true  | 0    | Absent   | 10:00 | -
            09:00 IN, 10:30 OUT, 11:00 IN               | true  | true  | 1.5  | Absent   | 09:00 | 10:30
            """)
    void hours_and_status_are_those_of_hrms(
            String times,
            boolean byLogType,
            boolean everyPair,
            double hours,
            String status,
            @Nullable String in,
            @Nullable String out) {
        // When
        Said said = ShiftRule.of(checkins(times), type(byLogType, everyPair));

        // Then
        assertThat(said.hours()).isEqualTo(hours);
        assertThat(said.status()).isEqualTo(status);
        assertThat(time(said, true)).isEqualTo(in);
        assertThat(time(said, false)).isEqualTo(out);
    }

    @Test
    void each_pair_is_rounded_by_itself() {
        // Given
        List<ShiftCheckin> threeTimesTwentyMinutes = checkins("09:00, 09:20, 10:00, 10:20, 11:00, 11:20");

        // When
        Said said = ShiftRule.of(threeTimesTwentyMinutes, type(false, true));

        // Then
        assertThat(said.hours()).isEqualTo(0.33 + 0.33 + 0.33);
    }

    @Test
    void the_order_of_the_check_ins_is_that_of_their_times() {
        // When
        Said said = ShiftRule.of(checkins("18:03 OUT, 08:58 IN"), type(false, false));

        // Then
        assertThat(said.hours()).isEqualTo(9.08);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 08:58, Present",
        "4, 0, 08:58, Half Day",
        "0, 2, 08:58, Absent",
        "4, 2, '08:00, 10:00', Half Day",
        "4, 2, '08:00, 12:00', Present",
        "4, 2, '08:00, 09:59', Absent"
    })
    void a_threshold_counts_below_it_and_zero_is_none(
            double halfDayBelow, double absentBelow, String times, String status) {
        // Given
        ShiftType type = PretendHrms.dayShift(DAY.atTime(20, 0), false, false, halfDayBelow, absentBelow);

        // When
        Said said = ShiftRule.of(checkins(times), type);

        // Then
        assertThat(said.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Present, 9, Absent, 0, true",
        "Present, 4, Half Day, 3, true",
        "Half Day, 3, Absent, 1, true",
        "Present, 9.05, Present, 9.04, true",
        "Present, 9, Present, 9.001, false",
        "Present, 8, Present, 9, false",
        "Absent, 0, Half Day, 3, false",
    })
    void more_of_a_day_is_told_by_status_then_by_hours(
            String status, double hours, String otherStatus, double otherHours, boolean better) {
        // When
        boolean result =
                ShiftRule.better(new Said(status, hours, null, null), new Said(otherStatus, otherHours, null, null));

        // Then
        assertThat(result).isEqualTo(better);
    }
}
