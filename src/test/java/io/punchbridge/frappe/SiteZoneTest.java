package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SiteZoneTest {
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");

    private final FakeSite site = new FakeSite();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:00:00Z"));
    private final SiteZone siteZone = new SiteZone(site, clock);

    @Test
    void knowsNothingUntilItHasAsked() {
        // When
        var known = siteZone.known();

        // Then
        assertThat(known).isEmpty();
        assertThat(site.zoneReads).isZero();
    }

    @Test
    void readsTheZoneOnce() {
        // Given
        siteZone.zone();
        clock.forward(Duration.ofHours(5));

        // When
        FrappeAnswer<ZoneId> answer = siteZone.zone();

        // Then
        assertThat(answer).isEqualTo(new Success<>(NAIROBI));
        assertThat(site.zoneReads).isEqualTo(1);
        assertThat(siteZone.known()).contains(NAIROBI);
        assertThat(siteZone.knownWithOrigin()).map(SiteTimeZone::origin).contains("a test");
    }

    @Test
    void readsItAgainAfterSixHours() {
        // Given
        siteZone.zone();
        site.zone = KATHMANDU;
        clock.forward(Duration.ofHours(6));

        // When
        FrappeAnswer<ZoneId> answer = siteZone.zone();

        // Then
        assertThat(answer).isEqualTo(new Success<>(KATHMANDU));
        assertThat(siteZone.known()).contains(KATHMANDU);
    }

    @Test
    void asksEachTimeWhileNothingIsKnown() {
        // Given
        site.zone = null;
        FrappeAnswer<ZoneId> failed = siteZone.zone();
        site.zone = NAIROBI;

        // When
        FrappeAnswer<ZoneId> answer = siteZone.zone();

        // Then
        assertThat(failed).isEqualTo(new Failure<>(FakeSite.AWAY));
        assertThat(answer).isEqualTo(new Success<>(NAIROBI));
    }

    @Test
    void goesOnWithWhatItKnowsThroughAFailureAndRestsABit() {
        // Given
        siteZone.zone();
        site.zone = null;
        clock.forward(Duration.ofHours(6));
        siteZone.zone();

        // When
        FrappeAnswer<ZoneId> answer = siteZone.zone();

        // Then
        assertThat(answer).isEqualTo(new Success<>(NAIROBI));
        assertThat(site.zoneReads).isEqualTo(2);
    }
}
