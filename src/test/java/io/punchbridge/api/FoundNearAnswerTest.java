package io.punchbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.FoundNear.Found;
import io.punchbridge.inbox.NearCheckin;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How punches that stood near already are told, page by page. */
class FoundNearAnswerTest {
    private static final Found FOUND = new Found(
            new PunchKey("20261001T055801Z-a"),
            new SerialNumber("SN-1"),
            Instant.parse("2026-10-01T05:58:01Z"),
            "EMP-CKIN-1",
            new NearCheckin("IN", "OUT", -1),
            Instant.parse("2026-11-01T00:00:00Z"));

    @Test
    void the_difference_is_told_and_a_full_page_names_the_next() {
        // When
        FoundNearAnswer answer = FoundNearAnswer.of(List.of(FOUND), 1);

        // Then
        assertThat(answer)
                .isEqualTo(new FoundNearAnswer(
                        List.of(new FoundNearAnswer.Near(
                                "20261001T055801Z-a", "2026-10-01T05:58:01Z", "EMP-CKIN-1", -1, "IN", "OUT")),
                        "20261001T055801Z-a"));
    }

    @Test
    void a_page_that_is_not_full_is_the_last() {
        // When
        FoundNearAnswer answer = FoundNearAnswer.of(List.of(FOUND), 2);

        // Then
        assertThat(answer.next()).isNull();
    }
}
