package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long it is believed which fields a site has. */
class CheckinFieldsTest {
    private static final Set<CheckinField> KEY = Set.of(CheckinField.PUNCH_KEY);
    private static final Set<CheckinField> BOTH = Set.of(CheckinField.PUNCH_KEY, CheckinField.INPUT_TYPE);

    private static final FrappeFailure AWAY = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:00:00Z"));
    private final Site site = new Site();
    private final CheckinFields fields = new CheckinFields(site, clock);

    @Test
    void the_site_is_asked_once_an_hour() {
        // Given
        fields.present();
        site.answer = new FrappeAnswer.Success<>(BOTH);
        clock.forward(Duration.ofMinutes(59));
        assertThat(fields.present()).isEqualTo(KEY);
        assertThat(site.asked).isEqualTo(1);

        // When
        clock.forward(Duration.ofMinutes(1));

        // Then
        assertThat(fields.present()).isEqualTo(BOTH);
        assertThat(site.asked).isEqualTo(2);
    }

    @Test
    void after_a_change_of_the_set_up_it_is_asked_at_once() {
        // Given
        fields.present();
        site.answer = new FrappeAnswer.Success<>(Set.of());

        // When
        fields.readAgain();

        // Then
        assertThat(fields.present()).isEmpty();
    }

    @Test
    void a_failure_leaves_what_was_known_and_is_tried_again_after_a_minute() {
        // Given
        fields.present();
        fields.readAgain();
        site.answer = failed();

        // When
        Set<CheckinField> known = fields.present();

        // Then
        assertThat(known).isEqualTo(KEY);
        clock.forward(Duration.ofSeconds(59));
        fields.present();
        assertThat(site.asked).isEqualTo(2);
        clock.forward(Duration.ofSeconds(1));
        fields.present();
        assertThat(site.asked).isEqualTo(3);
    }

    @Test
    void as_long_as_nothing_is_known_there_is_none() {
        // Given
        site.answer = failed();

        // When
        Set<CheckinField> known = fields.present();

        // Then
        assertThat(known).isEmpty();
    }

    @Test
    void a_clock_that_is_put_back_does_not_silence_us() {
        // Given
        fields.present();

        // When
        clock.forward(Duration.ofDays(-2));

        // Then
        fields.present();
        assertThat(site.asked).isEqualTo(2);
    }

    @Test
    void a_look_up_by_key_that_fails_has_the_fields_read_again() {
        // Given
        fields.present();
        site.answer = new FrappeAnswer.Success<>(Set.of());

        // When
        FrappeAnswer<Map<PunchKey, CheckinRow>> answer = fields.checkinsWith(Set.of(new PunchKey("K")));

        // Then
        assertThat(answer).isInstanceOf(FrappeAnswer.Failure.class);
        assertThat(fields.present()).isEmpty();
    }

    private static FrappeAnswer<Set<CheckinField>> failed() {
        return new FrappeAnswer.Failure<>(AWAY);
    }

    private static final class Site implements CustomFields {
        FrappeAnswer<Set<CheckinField>> answer = new FrappeAnswer.Success<>(KEY);
        int asked;

        @Override
        public FrappeAnswer<Set<CheckinField>> present() {
            asked++;
            return answer;
        }

        @Override
        public FrappeAnswer<Map<PunchKey, CheckinRow>> checkinsWith(Collection<PunchKey> keys) {
            return new FrappeAnswer.Failure<>(AWAY);
        }
    }
}
