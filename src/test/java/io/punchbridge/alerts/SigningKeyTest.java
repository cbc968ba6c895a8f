package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The vector that the scheme's own libraries are tested with. */
    @Test
    void signs_as_the_published_example_of_the_scheme() {
        // Given
        SigningKey key = SigningKey.parse("whsec_" + SECRET);

        // When
        String signature =
                key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        // Then
        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "whsec_", "whsec_c2hvcnQ=", "whsec_" + SECRET + "?", "WHSEC_" + SECRET})
    void takes_nothing_else_and_repeats_none_of_it(String text) {
        // When
        assertThatThrownBy(() -> SigningKey.parse(text))

                // Then
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("MfKQ", "c2hv", "?");
    }

    @Test
    void is_not_shown() {
        // When
        String shown = SigningKey.parse("whsec_" + SECRET).toString();

        // Then
        assertThat(shown).doesNotContain("MfKQ");
    }
}
