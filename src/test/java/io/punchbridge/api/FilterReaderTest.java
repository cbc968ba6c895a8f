package io.punchbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which punches a person's words mean. */
class FilterReaderTest {
    private static final Devices DEVICES = new Devices(
            List.of(device("head-office", "SN-1", ZoneId.of("Africa/Nairobi")), device("gate", "SN-2", null)));

    private @Nullable ZoneId siteZone = ZoneId.of("Asia/Kolkata");
    private final FilterReader reader = new FilterReader(DEVICES, () -> siteZone);

    private static Device device(String name, String serialNumber, @Nullable ZoneId zone) {
        return new Device(name, new SerialNumber(serialNumber), Connection.NATIVE_PUSH, Direction.AS_SENT, zone);
    }

    private PunchFilter read(Map<String, Object> members) {
        return reader.read(new Members(members, FilterReader.MEMBERS));
    }

    private Map<?, ?> problem(Map<String, Object> members) {
        WebApplicationException refusal = catchThrowableOfType(WebApplicationException.class, () -> read(members));
        return (Map<?, ?>) refusal.getResponse().getEntity();
    }

    @Test
    void every_member_is_understood() {
        // When
        PunchFilter filter = read(Map.of(
                "state", List.of("held", "REJECTED"),
                "device", "head-office",
                "user", "007",
                "employee", "HR-EMP-7",
                "from", "2026-10-31T08:00:00+03:00",
                "to", "2026-10-31T09:00:00Z",
                "reason", "left",
                "source", "load-log"));

        // Then
        assertThat(filter)
                .isEqualTo(new PunchFilter(
                        Set.of(PunchState.HELD, PunchState.REJECTED),
                        new SerialNumber("SN-1"),
                        new UserId("007"),
                        "HR-EMP-7",
                        Instant.parse("2026-10-31T05:00:00Z"),
                        Instant.parse("2026-10-31T09:00:00Z"),
                        "left",
                        Source.LOAD_LOG));
    }

    @Test
    void nothing_said_means_everything() {
        // When
        PunchFilter filter = read(Map.of());

        // Then
        assertThat(filter).isEqualTo(PunchFilter.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "head-office, 2026-10-30T21:00:00Z, 2026-10-31T21:00:00Z",
        "gate, 2026-10-30T18:30:00Z, 2026-10-31T18:30:00Z"
    })
    void a_day_is_one_of_the_devices_zone_or_else_of_the_sites_and_the_last_is_meant_too(
            String device, Instant from, Instant until) {
        // When
        PunchFilter filter = read(Map.of("device", device, "from", "2026-10-31", "to", "2026-10-31"));

        // Then
        assertThat(filter.from()).isEqualTo(from);
        assertThat(filter.until()).isEqualTo(until);
    }

    @Test
    void a_day_of_no_known_zone_is_not_guessed() {
        // Given
        siteZone = null;

        // When
        Map<?, ?> problem = problem(Map.of("from", "2026-10-31"));

        // Then
        assertThat(problem.get("status")).isEqualTo(422);
        assertThat(problem.get("detail")).asString().contains("isn't known yet", "2026-10-31T00:00:00+03:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from | tomorrow | 400 | 2026-10-31",
                "from | 2026-02-30 | 400 | inclusive",
                "to | 2026-10-31T08:00:00 | 400 | with an offset",
                "from | +999999999-12-31 | 400 | inclusive",
                "state | gone | 400 | quarantined",
                "source | mail | 400 | load-log",
                "device | back-office | 422 | head-office, gate",
                "usr | 7 | 400 | serialNumber",
                "user | ' ' | 400 | 1 to 140",
            })
    void what_is_no_filter_is_refused_with_what_would_be_one_and_without_an_echo(
            String member, String value, int status, String words) {
        // When
        Map<?, ?> problem = problem(Map.of(member, value));

        // Then
        assertThat(problem.get("status")).isEqualTo(status);
        assertThat(problem.get("detail"))
                .asString()
                .contains(words)
                .doesNotContain("tomorrow", "999999999", "back-office", "usr");
    }

    @Test
    void an_empty_range_is_told() {
        // When
        Map<?, ?> problem = problem(Map.of("from", "2026-10-31", "to", "2026-10-30"));

        // Then
        assertThat(problem.get("status")).isEqualTo(422);
    }

    @Test
    void the_record_says_what_was_meant_in_words() {
        // When
        String words = FilterReader.words(
                new Members(Map.of("state", List.of("held", "rejected"), "user", "7"), FilterReader.MEMBERS));

        // Then
        assertThat(words).isEqualTo("state=held,rejected user=7");
    }
}
