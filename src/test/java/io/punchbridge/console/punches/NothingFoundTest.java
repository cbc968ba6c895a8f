package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.punches.Nothing.Heard;
import io.punchbridge.console.punches.Nothing.Meaning;
import io.punchbridge.frappe.Directory;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.watch.DeviceWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device's log is said to hold, where punches are kept for forty days. */
@QuarkusTest
@TestProfile(People.Profile.class)
class NothingFoundTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-01");
    private static final RetentionSettings FORTY_DAYS =
            new RetentionSettings(Duration.ofDays(40), Duration.ofDays(400), Duration.ofDays(40));
    private static final String CLAIM = "and holds no such punch";
    private static final String PURGED = "are kept here for 40 days";

    @Inject
    DeviceWatch watch;

    @Inject
    WhoIs whoIs;

    @Inject
    Directory directory;

    @Inject
    Devices devices;

    @Inject
    SiteLinks links;

    @Inject
    Times times;

    /** The gate's log was read for so many days until now. */
    private Nothing noPunch(String day, String state, int daysRead) {
        Map<SerialNumber, Verified> verified = Map.of(
                new SerialNumber("SN-GATE"), new Verified(NOW.minus(Duration.ofDays(daysRead)), NOW, "run-7", NOW));
        History history = (History) Proxy.newProxyInstance(
                History.class.getClassLoader(), new Class<?>[] {History.class}, (self, method, args) -> verified);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new NothingFound(watch, history, whoIs, directory, devices, FORTY_DAYS, links, times, clock)
                .noPunch(new Sought("", "", "", "gate", day, state, ""));
    }

    private static String daysAgo(int days) {
        return TODAY.minusDays(days).toString();
    }

    @ParameterizedTest
    @CsvSource({"39, true", "41, false"})
    void the_log_of_a_day_holds_no_such_punch_only_where_nothing_of_it_was_purged(int days, boolean kept) {
        // When
        Nothing nothing = noPunch(daysAgo(days), "", 60);

        // Then
        assertThat(nothing.devices())
                .extracting(Heard::log)
                .singleElement()
                .satisfies(log -> assertThat(log.contains(CLAIM)).isEqualTo(kept));
        assertThat(nothing.meanings().stream()
                        .anyMatch(meaning -> meaning.words().contains(PURGED)))
                .isEqualTo(!kept);
    }

    @ParameterizedTest
    @CsvSource({"39, true", "41, false"})
    void the_whole_log_holds_no_such_punch_only_where_nothing_of_it_was_purged(int daysRead, boolean kept) {
        // When
        Nothing nothing = noPunch("", "", daysRead);

        // Then
        assertThat(nothing.devices())
                .extracting(Heard::log)
                .singleElement()
                .satisfies(log -> assertThat(log.contains(CLAIM)).isEqualTo(kept));
        assertThat(nothing.meanings())
                .filteredOn(meaning -> meaning.words().contains(PURGED))
                .extracting(Meaning::href)
                .containsExactly(links.checkins());
    }

    @Test
    void what_is_never_purged_is_not_said_to_be() {
        // When
        Nothing nothing = noPunch(daysAgo(41), "held", 60);

        // Then
        assertThat(nothing.meanings()).extracting(Meaning::words).noneMatch(words -> words.contains(PURGED));
    }
}
