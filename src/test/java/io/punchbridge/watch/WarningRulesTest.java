package io.punchbridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T22:30:00Z");
    private static final Instant UP_SINCE = NOW.minus(Duration.ofDays(10));
    private static final Device DEVICE = device("head-office", "SN1");
    private static final Device PATIENT = device("store-room", "SN2");

    private final WarningRules rules = new WarningRules(new WatchSettings(
            Duration.ofMinutes(2),
            Duration.ofDays(30),
            Duration.ofHours(24),
            Map.of(PATIENT.serialNumber(), Duration.ZERO),
            Duration.ofDays(1),
            true));

    private static Device device(String name, String serialNumber) {
        return new Device(name, new SerialNumber(serialNumber), Connection.NATIVE_PUSH, Direction.AS_SENT, null);
    }

    private static DeviceState state(
            Device device,
            @Nullable Instant lastCallback,
            @Nullable Answer answer,
            @Nullable Drift drift,
            @Nullable LocalDate licensedUntil) {
        return new DeviceState(
                device,
                ZoneId.of("Africa/Nairobi"),
                NOW.minus(Duration.ofDays(9)),
                lastCallback,
                null,
                answer,
                drift,
                new Information(NOW, null, licensedUntil, null),
                null,
                Set.of());
    }

    private static DeviceState heard(@Nullable Instant lastCallback) {
        return state(DEVICE, lastCallback, null, null, null);
    }

    private Optional<String> judge(Warning warning, DeviceState state, boolean stood) {
        return rules.judge(warning, state, stood, UP_SINCE, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "120, false, false",
        "121, false, true",
        "-121, false, true",
        "-120, false, false",
        "91, true, true",
        "90, true, false",
        "-91, true, true",
        "91, false, false"
    })
    void a_clock_is_warned_of_beyond_the_threshold_and_until_it_is_well_below(
            long behind, boolean stood, boolean warned) {
        // Given
        DeviceState state = state(DEVICE, NOW, null, new Drift(NOW, Duration.ofSeconds(behind)), null);

        // When
        Optional<String> words = judge(Warning.CLOCK_DRIFT, state, stood);

        // Then
        assertThat(words.isPresent()).isEqualTo(warned);
    }

    @Test
    void the_words_of_a_clock_say_which_way_it_is_off_and_what_to_do() {
        // Given
        DeviceState state = state(DEVICE, NOW, null, new Drift(NOW, Duration.ofHours(-4)), null);

        // When
        Optional<String> words = judge(Warning.CLOCK_DRIFT, state, false);

        // Then
        assertThat(words.orElseThrow())
                .contains("The clock of the device head-office is about 4 hours ahead", "Set its clock");
    }

    @Test
    void a_clock_that_is_not_known_is_not_warned_of() {
        // Given
        DeviceState state = state(DEVICE, NOW, null, new Drift(NOW, null), null);

        // When
        Optional<String> words = judge(Warning.CLOCK_DRIFT, state, true);

        // Then
        assertThat(words).isEmpty();
    }

    /** In Nairobi it is the 25th already. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "2026-12-26 | ",
                "2026-12-25 | ends on 2026-12-25, in 30 days",
                "2026-11-26 | ends on 2026-11-26, in 1 day.",
                "2026-11-25 | ends on 2026-11-25, in 0 days",
                "2026-11-24 | ended on 2026-11-24"
            },
            delimiter = '|')
    void a_licence_is_warned_of_by_the_devices_own_date(LocalDate last, @Nullable String wanted) {
        // When
        Optional<String> words = judge(Warning.LICENCE_ENDS, state(DEVICE, NOW, null, null, last), false);

        // Then
        assertThat(words.isPresent()).isEqualTo(wanted != null);
        assertThat(words.orElse("")).contains(wanted == null ? "" : wanted);
    }

    @Test
    void a_licence_without_end_is_not_warned_of() {
        // When
        Optional<String> words = judge(Warning.LICENCE_ENDS, heard(NOW), false);

        // Then
        assertThat(words).isEmpty();
    }

    @Test
    void a_device_may_be_silent_up_to_the_threshold() {
        // When
        Optional<String> words = judge(Warning.SILENT, heard(NOW.minusSeconds(86_399)), false);

        // Then
        assertThat(words).isEmpty();
    }

    @Test
    void a_device_that_is_silent_for_longer_is_warned_of() {
        // When
        Optional<String> words = judge(Warning.SILENT, heard(NOW.minus(Duration.ofDays(5))), false);

        // Then
        assertThat(words.orElseThrow())
                .contains("The device head-office has not called back for 5 days", "callback URL")
                .doesNotContain("answered");
    }

    @Test
    void a_device_that_was_never_heard_counts_from_its_declaration() {
        // When
        Optional<String> words = judge(Warning.SILENT, heard(null), false);

        // Then
        assertThat(words.orElseThrow()).contains("has never called back since it was declared, 9 days ago");
    }

    @Test
    void a_device_that_answers_but_does_not_call_back_is_told_apart() {
        // Given
        Answer answer = new Answer(NOW.minusSeconds(60), 0, "Done.");

        // When
        Optional<String> words =
                judge(Warning.SILENT, state(DEVICE, NOW.minus(Duration.ofDays(5)), answer, null, null), false);

        // Then
        assertThat(words.orElseThrow()).contains("It answered a request meanwhile");
    }

    @Test
    void a_device_that_may_be_silent_for_ever_is_never_warned_of() {
        // When
        Optional<String> words = judge(Warning.SILENT, state(PATIENT, null, null, null, null), true);

        // Then
        assertThat(words).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"599, false, false", "600, false, true", "0, true, true"})
    void after_a_start_the_gateway_gets_time_to_hand_over_what_it_kept(long upFor, boolean stood, boolean warned) {
        // Given
        DeviceState silent = heard(NOW.minus(Duration.ofDays(5)));

        // When
        Optional<String> words = rules.judge(Warning.SILENT, silent, stood, NOW.minusSeconds(upFor), NOW);

        // Then
        assertThat(words.isPresent()).isEqualTo(warned);
    }
}
