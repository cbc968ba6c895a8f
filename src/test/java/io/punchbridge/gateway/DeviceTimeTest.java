package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2024-09-17 07:48:22 GMT +0300, 2024-09-17T04:48:22Z",
        "2024-09-17 04:49:03 GMT +0000, 2024-09-17T04:49:03Z",
        "2024-09-17 07:48:22 GMT+0300, 2024-09-17T04:48:22Z",
        "2024-09-17 07:48:22 GMT +03:00, 2024-09-17T04:48:22Z",
        "2024-09-17 07:48:22 +0300, 2024-09-17T04:48:22Z",
        "2024-09-17 10:33:22 GMT +0545, 2024-09-17T04:48:22Z",
        "2024-09-17 01:18:22 GMT -0330, 2024-09-17T04:48:22Z",
        "2024-09-17 04:48:22 GMT, 2024-09-17T04:48:22Z",
        "2024-09-17 04:48:22 UTC, 2024-09-17T04:48:22Z",
        "2024-09-17T07:48:22+03:00, 2024-09-17T04:48:22Z",
        "2024-09-17T04:48:22Z, 2024-09-17T04:48:22Z",
        "2024-09-17t04:48:22z, 2024-09-17T04:48:22Z",
        "2024-09-17T07:48:22.987+0300, 2024-09-17T04:48:22Z",
        "2024-09-17T07:48+03, 2024-09-17T04:48:00Z",
        "'  2024-9-17 7:48:22 GMT +0300 ', 2024-09-17T04:48:22Z",
        "2016-12-31 23:59:60 GMT +0000, 2016-12-31T23:59:59Z",
    })
    void reads_each_form_that_the_gateway_sends(String text, Instant expected) {
        // When
        Optional<Instant> instant = DeviceTime.parse(text, null);

        // Then
        assertThat(instant).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2024-02-30 07:48:22 GMT +0300",
                "2024-13-01 07:48:22 GMT +0300",
                "2024-09-17 25:48:22 GMT +0300",
                "17-09-2024 07:48:22 GMT +0300",
                "2024-09-17 07:48:22 GMT +9900",
                "2024-09-17 07:48:22 EST",
                "1726548502",
                "2024-09-17"
            })
    void takes_nothing_else_for_a_time(String text) {
        // When
        Optional<Instant> instant = DeviceTime.parse(text, ZoneId.of("Africa/Nairobi"));

        // Then
        assertThat(instant).isEmpty();
    }

    @Test
    void a_time_without_offset_is_in_the_devices_zone() {
        // When
        Optional<Instant> instant = DeviceTime.parse("2024-09-17 07:48:22", ZoneId.of("Africa/Nairobi"));

        // Then
        assertThat(instant).contains(Instant.parse("2024-09-17T04:48:22Z"));
    }

    @Test
    void a_time_without_offset_and_without_zone_is_not_guessed() {
        // When
        boolean lacksOffset = DeviceTime.lacksOffset("2024-09-17 07:48:22");

        // Then
        assertThat(lacksOffset).isTrue();
        assertThat(DeviceTime.parse("2024-09-17 07:48:22", null)).isEmpty();
    }

    @Test
    void a_text_longer_than_any_time_is_none_however_it_begins() {
        // When
        Optional<Instant> instant = DeviceTime.parse("2024-09-17 07:48:22" + " ".repeat(64) + "GMT +0300", null);

        // Then
        assertThat(instant).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // The hour that the end of summer time repeats: its first pass.
        "2026-10-25 02:30:00, 2026-10-25T00:30:00Z",
        // The hour that its beginning skips: moved on by the gap.
        "2026-03-29 02:30:00, 2026-03-29T01:30:00Z",
    })
    void clock_changes_are_decided(String text, Instant expected) {
        // When
        Optional<Instant> instant = DeviceTime.parse(text, ZoneId.of("Europe/Berlin"));

        // Then
        assertThat(instant).contains(expected);
    }
}
