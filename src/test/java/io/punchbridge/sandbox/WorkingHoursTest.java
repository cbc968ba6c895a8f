package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.sandbox.SimulatedCheckin.Place;
import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingHoursTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 2);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Alternating, first to last: what the log types say doesn't count.
                "false, false, IN 08:58 OUT 18:03,                        9.08, 08:58, 18:03",
                "false, false, IN 08:57 OUT 12:00,                        3.05, 08:57, 12:00",
                "false, false, OUT 08:57 OUT 12:00 OUT 13:00,             4.05, 08:57, 13:00",
                "false, false, IN 08:59,                                  0,    08:59, -",
                // Alternating, every pair: the last one without a partner counts nothing, and is the out time.
                "false, true,  IN 09:00 OUT 12:00 IN 13:00 OUT 18:00,     8,    09:00, 18:00",
                "false, true,  IN 09:00 OUT 12:00 IN 13:00,               3,    09:00, 13:00",
                "false, true,  IN 09:00,                                  0,    09:00, -",
                // By log type, first to last.
                "true,  false, IN 09:00 OUT 12:00 IN 13:00 OUT 18:00,     9,    09:00, 18:00",
                "true,  false, OUT 08:00 IN 09:00 OUT 18:00 IN 18:30,     9,    09:00, 18:00",
                "true,  false, IN 09:00 IN 18:00,                         0,    09:00, -",
                "true,  false, OUT 18:00,                                 0,    -,     18:00",
                // By log type, every pair: of two IN in a row the first one counts, of two OUT too.
                "true,  true,  IN 09:00 OUT 12:00 IN 13:00 OUT 18:00,     8,    09:00, 18:00",
                "true,  true,  IN 09:00 IN 10:00 OUT 12:00 OUT 13:00,     3,    09:00, 12:00",
                "true,  true,  OUT 08:00 IN 09:00,                        0,    09:00, -"
            })
    void countsAsHrmsDoes(
            boolean byLogType,
            boolean everyPair,
            String punches,
            double hours,
            @Nullable LocalTime in,
            @Nullable LocalTime out) {
        // When
        WorkingHours worked = WorkingHours.of(checkins(punches), byLogType, everyPair);

        // Then
        assertThat(worked).isEqualTo(new WorkingHours(hours, at(in), at(out)));
    }

    private static @Nullable LocalDateTime at(@Nullable LocalTime clock) {
        return clock == null ? null : DAY.atTime(clock);
    }

    private static List<SimulatedCheckin> checkins(String punches) {
        return Stream.of(punches.split("(?<=\\d) ", -1))
                .map(punch -> punch.split(" ", -1))
                .map(words -> new SimulatedCheckin(
                        "EMP-CKIN-02-2026-000001",
                        new Stamp("a", DAY.atStartOfDay(), "a", DAY.atStartOfDay()),
                        "HR-EMP-00001",
                        "Emp001 Test",
                        words[0],
                        DAY.atTime(LocalTime.parse(words[1])),
                        null,
                        Map.of(),
                        false,
                        null,
                        Place.NOWHERE,
                        null))
                .toList();
    }
}
