package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes along with a check-in. */
class PackerTest {
    private static final Instant AT = Instant.parse("2026-01-05T08:58:01Z");
    private static final Coordinates NAIROBI = new Coordinates(-1.286389, 36.817223);
    private static final Set<CheckinField> ALL = EnumSet.allOf(CheckinField.class);
    private static final PunchDetails DETAILS =
            new PunchDetails("2026-01-05 11:58:01 GMT +0300", AT, "op", "Fingerprint", "36.6", true, "{\"Unknown\":1}");

    private final Clock clock = Clock.fixed(AT, ZoneOffset.UTC);
    private final Devices devices =
            new Devices(List.of(device("gate", "SN-GATE", NAIROBI), device("entrance", "SN-ENTRANCE", null)));

    @Test
    void all_that_is_known_goes_along_where_the_site_has_fields_for_it() {
        // Given
        Punch punch = punch("SN-GATE", "OverTimeIn", DETAILS);

        // When
        Checkin checkin = pack(ALL, punch).checkin();

        // Then
        assertThat(checkin.extras())
                .isEqualTo(new Checkin.Extras(
                        punch.key(),
                        NAIROBI,
                        "2026-01-05 11:58:01 GMT +0300",
                        "Fingerprint",
                        "36.6",
                        true,
                        "OverTimeIn"));
    }

    @Test
    void without_fields_only_the_place_goes_along() {
        // When
        Checkin checkin = pack(Set.of(), punch("SN-GATE", "CheckIn", DETAILS)).checkin();

        // Then
        assertThat(checkin.extras()).isEqualTo(new Checkin.Extras(null, NAIROBI, null, null, null, null, null));
    }

    @ParameterizedTest
    @EnumSource(CheckinField.class)
    void each_field_is_filled_by_itself(CheckinField field) {
        // When
        Checkin.Extras extras = pack(Set.of(field), punch("SN-ENTRANCE", "CheckIn", DETAILS))
                .checkin()
                .extras();

        // Then
        assertThat(extras.key() != null).isEqualTo(field == CheckinField.PUNCH_KEY);
        assertThat(extras.originalTime() != null).isEqualTo(field == CheckinField.ORIGINAL_TIME);
        assertThat(extras.inputType() != null).isEqualTo(field == CheckinField.INPUT_TYPE);
        assertThat(extras.temperature() != null).isEqualTo(field == CheckinField.TEMPERATURE);
        assertThat(extras.faceMask() != null).isEqualTo(field == CheckinField.FACE_MASK);
        assertThat(extras.punchType() != null).isEqualTo(field == CheckinField.PUNCH_TYPE);
    }

    @Test
    void what_is_not_known_is_not_sent() {
        // Given
        Punch punch = punch("SN-ELSEWHERE", null, PunchDetails.NONE);

        // When
        Checkin checkin = pack(ALL, punch).checkin();

        // Then
        assertThat(checkin.extras()).isEqualTo(new Checkin.Extras(punch.key(), null, null, null, null, null, "None"));
    }

    @Test
    void a_type_that_is_not_known_goes_along_as_it_was_sent() {
        // When
        Checkin checkin = pack(ALL, punch("SN-GATE", "Smoke Break", DETAILS)).checkin();

        // Then
        assertThat(checkin.extras().punchType()).isEqualTo("Smoke Break");
    }

    @Test
    void several_punches_of_one_check_in_go_by_their_smallest_key_in_whatever_order_they_come() {
        // Given
        Punch one = punch("SN-GATE", "CheckIn", PunchDetails.NONE);
        Punch other = punch("SN-ENTRANCE", "CheckIn", PunchDetails.NONE);
        PunchKey smallest = List.of(one.key(), other.key()).stream()
                .min(Comparator.comparing(PunchKey::value))
                .orElseThrow();

        // When
        List<Parcel> parcels = List.of(pack(ALL, one, other), pack(ALL, other, one));

        // Then
        assertThat(parcels).allSatisfy(parcel -> {
            assertThat(parcel.punches()).hasSize(2);
            assertThat(parcel.checkin().extras().key()).isEqualTo(smallest);
        });
        assertThat(one.key()).isNotEqualTo(other.key());
    }

    private Parcel pack(Set<CheckinField> fields, Punch... punches) {
        ScriptedSite site = new ScriptedSite();
        List<WaitingPunch> waiting = Arrays.stream(punches)
                .map(punch -> new WaitingPunch(punch, Source.CALLBACK, AT, null, null))
                .toList();
        Packer packer = new Packer(
                new Translator(
                        devices,
                        new CheckInPolicy(
                                CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(5), Duration.ofDays(90)),
                        user -> Optional.of(new Employee("HR-EMP-00001", "Emp001 Test", user, "Active", null))),
                new Directory(site, clock),
                new DeliveryWatch(devices, new SimpleMeterRegistry(), clock));
        List<Parcel> parcels = packer.pack(waiting, new Settlements(waiting), new WallClock(ZoneOffset.UTC), fields);
        assertThat(parcels).hasSize(1);
        return parcels.get(0);
    }

    private static Punch punch(String serialNumber, @Nullable String type, PunchDetails details) {
        return Punch.of(new SerialNumber(serialNumber), new UserId("1"), AT, type, details);
    }

    private static Device device(String name, String serialNumber, @Nullable Coordinates coordinates) {
        return new Device(
                name, new SerialNumber(serialNumber), Connection.NATIVE_PUSH, Direction.AS_SENT, null, coordinates);
    }
}
