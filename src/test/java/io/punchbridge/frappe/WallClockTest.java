package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallClockTest {

    @ParameterizedTest
    @CsvSource({
        "Africa/Nairobi, 2024-09-17T04:48:22Z, 2024-09-17T07:48:22",
        "Asia/Kathmandu, 2026-01-01T00:00:00Z, 2026-01-01T05:45:00",
        "America/St_Johns, 2026-01-01T00:00:00Z, 2025-12-31T20:30:00",
        "Africa/Nairobi, 2026-01-01T00:00:00.999999Z, 2026-01-01T03:00:00",
        "Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-29T01:59:59",
        "Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00",
        "Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T02:30:00",
        "Europe/Berlin, 2026-10-25T01:30:00Z, 2026-10-25T02:30:00"
    })
    void showsTheSitesWallTimeInWholeSeconds(String zone, Instant instant, LocalDateTime expected) {
        // When
        LocalDateTime wallTime = new WallClock(ZoneId.of(zone)).at(instant);

        // Then
        assertThat(wallTime).isEqualTo(expected);
    }

    @Test
    void knowsWhichWallTimesTwoInstantsShare() {
        // Given
        WallClock berlin = new WallClock(ZoneId.of("Europe/Berlin"));

        // When
        boolean ambiguous = berlin.isAmbiguous(LocalDateTime.of(2026, 10, 25, 2, 30));

        // Then
        assertThat(ambiguous).isTrue();
        assertThat(berlin.isAmbiguous(LocalDateTime.of(2026, 10, 25, 3, 0))).isFalse();
    }
}
