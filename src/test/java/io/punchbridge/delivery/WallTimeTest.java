package io.punchbridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.Source;
import io.punchbridge.testing.RecordingInbox;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device shows on its clock, through the door and the translation, to what stands in Frappe. */
class WallTimeTest {
    private static final DateTimeFormatter DEVICE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT' xx", Locale.ROOT);
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HOURS = 366 * 24;

    private final RecordingInbox inbox = new RecordingInbox();
    private final CallbackDoor door = TestDoor.open(inbox, null);

    /** Whole, half and quarter hours, clock changes of an hour and of half an hour, on both sides of the equator. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Africa/Nairobi",
                "Europe/Berlin",
                "America/New_York",
                "America/St_Johns",
                "Asia/Kathmandu",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "Pacific/Chatham",
                "Pacific/Apia"
            })
    void each_hour_of_a_year_stands_in_frappe_as_the_zones_clock_showed_it(String zoneName) {
        // Given
        ZoneId zone = ZoneId.of(zoneName);

        // When
        List<String> wrong = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            Instant instant = YEAR.plus(Duration.ofHours(hour)).plusSeconds(hour % 3600);
            String shown = DEVICE_TIME.format(instant.atZone(zone));
            LocalDateTime inFrappe = inFrappe(punch(door, shown), zone);
            if (!inFrappe.equals(LocalDateTime.ofInstant(instant, zone))) {
                wrong.add(shown + " became " + inFrappe);
            }
        }

        // Then
        assertThat(wrong).isEmpty();
    }

    /** A device may stand in another zone than the site, or have its zone set wrong by an odd offset: instants count. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-01 12:00:00 GMT +0545, Africa/Nairobi, 2026-06-01T09:15:00",
        "2026-06-01 12:00:00 GMT -0330, Africa/Nairobi, 2026-06-01T18:30:00",
        "2026-06-01 12:00:00 GMT +1400, America/St_Johns, 2026-05-31T19:30:00",
        "2026-06-01 00:10:00 GMT -1200, Asia/Kathmandu, 2026-06-01T17:55:00",
        "2026-06-01 12:00:00 GMT +0000, Africa/Nairobi, 2026-06-01T15:00:00",
        // The spring change in Berlin: 01:59:59 is followed by 03:00:00.
        "2026-03-29 01:59:59 GMT +0100, Europe/Berlin, 2026-03-29T01:59:59",
        "2026-03-29 03:00:00 GMT +0200, Europe/Berlin, 2026-03-29T03:00:00",
        // A device that missed the spring change shows an hour that its wall never had.
        "2026-03-29 02:30:00 GMT +0100, Europe/Berlin, 2026-03-29T03:30:00",
        // The autumn change: half past two comes twice.
        "2026-10-25 02:30:00 GMT +0200, Europe/Berlin, 2026-10-25T02:30:00",
        "2026-10-25 02:30:00 GMT +0100, Europe/Berlin, 2026-10-25T02:30:00",
        // The leap second has the name of the second before.
        "2016-12-31 23:59:60 GMT +0000, UTC, 2016-12-31T23:59:59",
        "2017-01-01 05:44:60 GMT +0545, Asia/Kathmandu, 2017-01-01T05:44:59",
    })
    void the_instant_counts_whatever_clock_showed_it(String shown, ZoneId site, LocalDateTime expected) {
        // When
        LocalDateTime inFrappe = inFrappe(punch(door, shown), site);

        // Then
        assertThat(inFrappe).isEqualTo(expected);
    }

    @Test
    void the_two_passes_of_a_repeated_hour_stay_two_punches_though_frappe_sees_one_wall_time() {
        // Given
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        // When
        Punch first = punch(door, "2026-10-25 02:30:00 GMT +0200");
        Punch second = punch(door, "2026-10-25 02:30:00 GMT +0100");

        // Then
        assertThat(first.key()).isNotEqualTo(second.key());
        assertThat(Duration.between(first.at(), second.at())).isEqualTo(Duration.ofHours(1));
        assertThat(inFrappe(first, berlin)).isEqualTo(inFrappe(second, berlin));
        assertThat(new WallClock(berlin).isAmbiguous(inFrappe(first, berlin))).isTrue();
    }

    @Test
    void a_leap_second_and_the_second_before_it_are_one_instant() {
        // When
        Punch leap = punch(door, "2016-12-31 23:59:60 GMT +0000");

        // Then
        assertThat(leap.key())
                .isEqualTo(punch(door, "2016-12-31 23:59:59 GMT +0000").key());
    }

    @ParameterizedTest
    @CsvSource({
        // Twice on this clock: the first pass is taken.
        "2026-10-25 02:30:00, Europe/Berlin, 2026-10-25T00:30:00Z",
        "2026-11-01 01:30:00, America/St_Johns, 2026-11-01T04:00:00Z",
        "2026-04-05 01:45:00, Australia/Lord_Howe, 2026-04-04T14:45:00Z",
        // Never on this clock: moved on by the gap.
        "2026-03-29 02:30:00, Europe/Berlin, 2026-03-29T01:30:00Z",
        "2026-03-08 02:30:00, America/St_Johns, 2026-03-08T06:00:00Z",
        "2026-10-04 02:15:00, Australia/Lord_Howe, 2026-10-03T15:45:00Z",
        // Zones without changes.
        "2026-06-01 12:00:00, Asia/Kathmandu, 2026-06-01T06:15:00Z",
    })
    void a_time_without_offset_is_decided_in_the_devices_zone(String shown, ZoneId zone, Instant expected) {
        // Given
        CallbackDoor doorInZone = TestDoor.open(inbox, zone);

        // When
        Punch punch = punch(doorInZone, shown);

        // Then
        assertThat(punch.at()).isEqualTo(expected);
    }

    private Punch punch(CallbackDoor through, String shown) {
        String body = """
                {"RealTime":{"SerialNumber":"%s","PunchLog":{"Type":"CheckIn","UserId":"2","LogTime":"%s"},"AuthToken":"%s"}}""".formatted(TestSettings.SERIAL_NUMBER, shown, TestSettings.TOKEN);
        through.knock(body.getBytes(UTF_8), null);
        Arrival arrival = inbox.take().orElseThrow();
        assertThat(arrival.punches()).as(shown).hasSize(1);
        return arrival.punches().get(0);
    }

    private static LocalDateTime inFrappe(Punch punch, ZoneId site) {
        Employee employee = new Employee("HR-EMP-00002", "Emp002 Test", punch.user(), "Active", null);
        CheckInPolicy policy =
                new CheckInPolicy(CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(5), Duration.ofDays(90));
        Translator translator = new Translator(TestDoor.DEVICES, policy, user -> Optional.of(employee));
        WaitingPunch waiting = new WaitingPunch(punch, Source.CALLBACK, punch.at(), null, null);
        Translator.Translation translation = translator.translate(waiting, new WallClock(site));
        return ((Translator.Translation.Send) translation).checkin().time();
    }
}
