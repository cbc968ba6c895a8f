package io.punchbridge.attendance;

import static io.punchbridge.attendance.FakeAttendanceSite.failure;
import static io.punchbridge.attendance.Given.GATE;
import static io.punchbridge.attendance.Given.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.attendance.AttendanceSettings.DeviceChoice;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.inbox.OpenPunches.Whose;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which devices a shift type waits for. */
class ShiftDevicesTest {
    private static final Device PLANT = Given.device("plant", "SN-PLANT", Connection.NATIVE_PUSH);
    private static final Devices DEVICES = new Devices(List.of(OFFICE, GATE, PLANT));
    private static final List<String> SHIFT_TYPES = List.of("Day Shift", "Night Shift");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-02-02T20:00:00Z"));
    private final FakeAttendanceSite site = new FakeAttendanceSite();

    private ShiftDevices shiftDevices(DeviceChoice choice, Map<SerialNumber, Set<String>> shiftTypesOf) {
        return new ShiftDevices(
                DEVICES,
                Given.settings(Mode.ADVANCE, choice, shiftTypesOf),
                site,
                new WatermarkWatch(new SimpleMeterRegistry(), clock),
                clock);
    }

    private static ShiftDevices.Choice of(ShiftDevices devices, String shiftType) {
        return devices.of(shiftType, SHIFT_TYPES, ZoneOffset.UTC);
    }

    @Test
    void by_default_all_count_and_open_punches_of_whomever() {
        // When
        ShiftDevices.Choice choice = of(shiftDevices(DeviceChoice.ALL, Map.of()), "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(OFFICE, GATE, PLANT);
        assertThat(choice.open()).isEqualTo(Whose.allBut(Set.of()));
    }

    @Test
    void a_device_that_names_shift_types_counts_for_those_alone() {
        // Given
        ShiftDevices devices = shiftDevices(DeviceChoice.ALL, Map.of(PLANT.serialNumber(), Set.of("Night Shift")));

        // When
        List<ShiftDevices.Choice> choices = List.of(of(devices, "Day Shift"), of(devices, "Night Shift"));

        // Then
        assertThat(choices)
                .containsExactly(
                        new ShiftDevices.Choice(List.of(OFFICE, GATE), Whose.allBut(Set.of(PLANT.serialNumber()))),
                        new ShiftDevices.Choice(List.of(OFFICE, GATE, PLANT), Whose.allBut(Set.of())));
    }

    @Test
    void a_device_whose_shift_type_the_site_does_not_have_counts_for_all() {
        // Given
        ShiftDevices devices = shiftDevices(DeviceChoice.ALL, Map.of(PLANT.serialNumber(), Set.of("Nigth Shift")));

        // When
        ShiftDevices.Choice choice = of(devices, "Day Shift");

        // Then
        assertThat(choice.proven()).contains(PLANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "GATE", "sn-gate"})
    void learnt_are_those_that_frappe_has_check_ins_of_in_any_letter_case(String learnt) {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of(learnt)));

        // When
        ShiftDevices.Choice choice = of(shiftDevices(DeviceChoice.LEARNT, Map.of()), "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(GATE);
    }

    @Test
    void an_open_punch_of_a_device_that_was_not_learnt_holds_back_unless_it_is_named_for_others() {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of("gate")));
        ShiftDevices devices = shiftDevices(DeviceChoice.LEARNT, Map.of(PLANT.serialNumber(), Set.of("Night Shift")));

        // When
        ShiftDevices.Choice choice = of(devices, "Day Shift");

        // Then
        assertThat(choice.open()).isEqualTo(Whose.allBut(Set.of(PLANT.serialNumber())));
    }

    /** It may be a declared one under its earlier name. */
    @Test
    void a_learnt_device_that_is_not_declared_makes_all_count() {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of("gate", "a-device-of-last-year")));

        // When
        ShiftDevices.Choice choice = of(shiftDevices(DeviceChoice.LEARNT, Map.of()), "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(OFFICE, GATE, PLANT);
    }

    @Test
    void what_a_device_names_goes_before_what_is_learnt() {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of("gate", "plant")));
        ShiftDevices devices = shiftDevices(
                DeviceChoice.LEARNT,
                Map.of(PLANT.serialNumber(), Set.of("Night Shift"), OFFICE.serialNumber(), Set.of("Day Shift")));

        // When
        ShiftDevices.Choice choice = of(devices, "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(OFFICE, GATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-device-of-last-year"})
    void where_nothing_is_learnt_all_count(String learnt) {
        // Given
        site.devicesOf(shift -> new Success<>(learnt.isEmpty() ? Set.of() : Set.of(learnt)));

        // When
        ShiftDevices.Choice choice = of(shiftDevices(DeviceChoice.LEARNT, Map.of()), "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(OFFICE, GATE, PLANT);
        assertThat(choice.open()).isEqualTo(Whose.allBut(Set.of()));
    }

    @Test
    void where_it_cant_be_learnt_all_count_although_it_was_known_yesterday() {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of("gate")));
        ShiftDevices devices = shiftDevices(DeviceChoice.LEARNT, Map.of());
        of(devices, "Day Shift");
        clock.forward(Duration.ofDays(1));
        site.devicesOf(shift -> new Failure<>(failure(Kind.RETRY_LATER)));

        // When
        ShiftDevices.Choice choice = of(devices, "Day Shift");

        // Then
        assertThat(choice.proven()).containsExactly(OFFICE, GATE, PLANT);
    }

    @Test
    void it_is_learnt_once_a_day_for_each_shift_type() {
        // Given
        site.devicesOf(shift -> new Success<>(Set.of("gate")));
        ShiftDevices devices = shiftDevices(DeviceChoice.LEARNT, Map.of());
        of(devices, "Day Shift");
        of(devices, "Night Shift");
        clock.forward(Duration.ofHours(23));
        of(devices, "Day Shift");
        int withinADay = site.learnings();
        clock.forward(Duration.ofHours(1));

        // When
        of(devices, "Day Shift");

        // Then
        assertThat(withinADay).isEqualTo(2);
        assertThat(site.learnings()).isEqualTo(3);
    }

    @Test
    void without_any_device_nothing_counts() {
        // Given
        ShiftDevices devices = shiftDevices(
                DeviceChoice.ALL,
                Map.of(
                        OFFICE.serialNumber(), Set.of("Night Shift"),
                        GATE.serialNumber(), Set.of("Night Shift"),
                        PLANT.serialNumber(), Set.of("Night Shift")));

        // When
        ShiftDevices.Choice choice = of(devices, "Day Shift");

        // Then
        assertThat(choice.proven()).isEmpty();
    }
}
