package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.console.today.HourChart.Bar;
import io.punchbridge.console.today.HourChart.Piece;
import io.punchbridge.console.today.HourChart.Row;
import io.punchbridge.inbox.PunchSearch.Hour;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.punch.PunchState;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourChartTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    private static Hour at(int hour, Map<PunchState, Long> punches) {
        return new Hour(DAY.atTime(hour, 0).atZone(ZONE).toInstant(), punches);
    }

    @Test
    void an_hours_punches_stand_one_kind_on_the_other_and_in_the_table() {
        // Given
        Hourly counted = new Hourly(
                List.of(
                        at(8, Map.of(PunchState.DELIVERED, 60L, PunchState.PENDING, 20L, PunchState.HELD, 10L)),
                        at(17, Map.of(PunchState.DELIVERED, 1200L, PunchState.REJECTED, 1L, PunchState.IGNORED, 2L))),
                true);

        // When
        HourChart chart = HourChart.of(counted, DAY, ZONE);

        // Then
        assertThat(chart.rows()).containsExactly(new Row("08:00", 60, 20, 10, 0), new Row("17:00", 1200, 0, 1, 2));
        assertThat(chart.total()).isEqualTo(new Row("All", 1260, 20, 11, 2));
        assertThat(chart.bars().get(8).pieces())
                .containsExactly(
                        new Piece("ok", "159.5", "4.5"),
                        new Piece("warn", "157.5", "2.0"),
                        new Piece("bad", "155.5", "2.0"));
        assertThat(chart.bars().get(8).words()).isEqualTo("08:00: 60 delivered, 20 waiting, 10 held or rejected");
        assertThat(chart.words())
                .isEqualTo("Punches an hour of today, 1,293 in all; most in the hour from 17:00 on, 1,203. The table of"
                        + " the hours tells the same.");
    }

    @Test
    void a_day_without_punches_has_all_its_hours_and_no_row() {
        // When
        HourChart chart = HourChart.of(new Hourly(List.of(), true), DAY, ZONE);

        // Then
        assertThat(chart.isEmpty()).isTrue();
        assertThat(chart.bars()).hasSize(24).allMatch(bar -> bar.pieces().isEmpty());
        assertThat(chart.bars())
                .extracting(Bar::label)
                .contains("00:00", "21:00", "")
                .hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29,23", "2026-10-25,25", "2026-06-01,24"})
    void a_day_has_the_hours_that_its_clock_gives_it(LocalDate day, int hours) {
        // When
        HourChart chart = HourChart.of(new Hourly(List.of(), true), day, ZoneId.of("Europe/Berlin"));

        // Then
        assertThat(chart.bars()).hasSize(hours);
    }
}
