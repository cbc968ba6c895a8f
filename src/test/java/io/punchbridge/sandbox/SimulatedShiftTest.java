package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.sandbox.SimulatedShift.Window;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedShiftTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "09:00, 18:00, 2026-02-02T08:00:00, 2026-02-02T09:00",
                "09:00, 18:00, 2026-02-02T07:59:59, -",
                "09:00, 18:00, 2026-02-02T19:00:00, 2026-02-02T09:00",
                "09:00, 18:00, 2026-02-02T19:00:01, -",
                // Past midnight: the shift is that of the day on which it starts.
                "22:00, 06:00, 2026-02-02T21:00:00, 2026-02-02T22:00",
                "22:00, 06:00, 2026-02-03T07:00:00, 2026-02-02T22:00",
                "22:00, 06:00, 2026-02-03T07:00:01, -",
                // Only the margins pass midnight.
                "15:00, 23:30, 2026-02-03T00:30:00, 2026-02-02T15:00",
                "15:00, 23:30, 2026-02-02T14:00:00, 2026-02-02T15:00",
                "00:30, 10:00, 2026-02-01T23:30:00, 2026-02-02T00:30",
                "00:30, 10:00, 2026-02-02T11:00:00, 2026-02-02T00:30"
            })
    void findsTheShiftInWhoseWindowATimeFalls(
            LocalTime start, LocalTime end, LocalDateTime time, @Nullable LocalDateTime shiftStart) {
        // Given
        SimulatedShift shift =
                SimulatedShift.named("A Shift").hours(start, end).window(Duration.ofHours(1), Duration.ofHours(1));

        // When
        var found = shift.at(time).map(Window::start).orElse(null);

        // Then
        assertThat(found).isEqualTo(shiftStart);
    }
}
