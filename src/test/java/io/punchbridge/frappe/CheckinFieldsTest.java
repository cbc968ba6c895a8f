package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.punch.PunchKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long it is believed which fields a site has. */
class CheckinFieldsTest {
    private static final Set<CheckinField> KEY = Set.of(CheckinField.PUNCH_KEY);
    private static final Set<CheckinField> BOTH = Set.of(CheckinField.PUNCH_KEY, CheckinField.INPUT_TYPE);

    private final SettableClock clock = new SettableClock();
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

    private static FrappeAnswer<Set<CheckinField>> failed() {
        return new FrappeAnswer.Failure<>(new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null));
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
            throw new AssertionError("fields are never looked for by keys");
        }
    }
}
