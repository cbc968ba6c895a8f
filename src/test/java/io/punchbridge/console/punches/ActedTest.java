package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.api.ActedAnswer;
import io.punchbridge.api.ActedAnswer.LeftAnswer;
import io.punchbridge.console.Said;
import io.punchbridge.console.Said.Tone;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a page says what came of an action. */
class ActedTest {

    @ParameterizedTest
    @CsvSource({"2, 0, DONE", "1, 1, DONE_IN_PART", "0, 2, NOTHING_CHANGED", "0, 0, NOTHING_CHANGED"})
    void it_tells_whether_anything_was_done(int changed, int leftAlone, Tone tone) {
        // Given
        List<LeftAnswer> left =
                leftAlone == 0 ? List.of() : List.of(new LeftAnswer("key", "pending", "It is pending."));
        ActedAnswer answer = new ActedAnswer("action", changed + leftAlone, changed, leftAlone, left, "So it goes.");

        // When
        Said said = Acted.said(answer, "dismissed");

        // Then
        assertThat(said.tone()).isEqualTo(tone);
        assertThat(said.words()).contains(changed == 0 ? "Nothing was dismissed." : "dismissed. ");
        assertThat(said.words().contains("left as they are: It is pending.")).isEqualTo(leftAlone > 0);
    }
}
