package io.punchbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a browser goes on that logs out. */
class OpenIdLogOutTest {
    private static final String BACK = "https://punch.example.com/logged-out";

    @Test
    void where_the_provider_ends_no_sessions_the_one_here_ends_all_the_same() {
        // When
        String onward = OpenIdLogOut.onward(null, "a.b.c", BACK);

        // Then
        assertThat(onward).isEqualTo("/logged-out");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/end, https://login.example.com/end?",
        "https://login.example.com/end?p=1, https://login.example.com/end?p=1&"
    })
    void else_the_provider_hears_whose_session_ends_and_where_the_browser_goes_then(String end, String begins) {
        // When
        String onward = OpenIdLogOut.onward(end, "a+b.c", BACK);

        // Then
        assertThat(onward)
                .isEqualTo(
                        begins
                                + "id_token_hint=a%2Bb.c&post_logout_redirect_uri=https%3A%2F%2Fpunch.example.com%2Flogged-out");
    }
}
