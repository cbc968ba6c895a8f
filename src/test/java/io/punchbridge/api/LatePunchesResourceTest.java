package io.punchbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.access.Problem;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LatePunches.Finding;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.LateStore;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to whoever asks for the late punches. */
class LatePunchesResourceTest {
    private static final Instant NOW = Instant.parse("2026-02-03T20:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 2, 2);
    private static final Punch PUNCH = Punch.of(
            new SerialNumber("SN-1"),
            new UserId("104"),
            Instant.parse("2026-02-02T18:00:00Z"),
            "CheckOut",
            PunchDetails.NONE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private LateStore store;

    @SuppressWarnings("NullAway.Init")
    private LatePunchesResource resource;

    @SuppressWarnings("NullAway.Init")
    private LateEntry entry;

    @BeforeEach
    void enterTwoDays() {
        store = LateStore.open(
                directory.resolve("punchbridge.db"), Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(10));
        LatePunches latePunches = store.latePunches();
        store.deliver(PUNCH, "HR-EMP-00104", "CKIN-1");
        Said halfDay = new Said("Half Day", 3.05, DAY.atTime(8, 57), DAY.atTime(12, 0));
        entry = LateEntry.found("HR-EMP-00104", DAY, "Day Shift", "HR-ATT-1", halfDay, NOW);
        LateEntry older = LateEntry.found("HR-EMP-00104", DAY.minusDays(1), "Day Shift", "HR-ATT-0", halfDay, NOW);
        latePunches.judge(List.of(), List.of(new Finding(entry, List.of(PUNCH.key())), new Finding(older, List.of())));
        latePunches.begin(
                entry.read("HR-ATT-1", halfDay, new Said("Present", 9.05, DAY.atTime(8, 57), DAY.atTime(18, 0)))
                        .to(LateEntry.State.REPAIRING, null, NOW, NOW),
                new LateStep.Plan(LateStep.Kind.CANCEL, "HR-ATT-1"),
                NOW);
        resource = new LatePunchesResource(latePunches);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LatePunchesAnswer answer(@Nullable String state, @Nullable String cursor, @Nullable String limit) {
        return (LatePunchesAnswer)
                resource.list(state, null, null, cursor, limit).getEntity();
    }

    @Test
    void an_entry_is_told_whole() {
        // When
        LatePunchesAnswer answer = answer("repairing", null, null);

        // Then
        assertThat(answer)
                .isEqualTo(new LatePunchesAnswer(
                        List.of(new LatePunchesAnswer.Entry(
                                entry.id(),
                                "repairing",
                                "HR-EMP-00104",
                                "2026-02-02",
                                "Day Shift",
                                "HR-ATT-1",
                                new LatePunchesAnswer.Said("Half Day", 3.05, "2026-02-02T08:57", "2026-02-02T12:00"),
                                new LatePunchesAnswer.Said("Present", 9.05, "2026-02-02T08:57", "2026-02-02T18:00"),
                                null,
                                null,
                                "cancel",
                                NOW.toString(),
                                NOW.toString(),
                                NOW.toString(),
                                List.of(new LatePunchesAnswer.Punch(
                                        PUNCH.key().value(), "SN-1", "CKIN-1", "2026-02-02T18:00:00Z", NOW.toString())),
                                List.of(new LatePunchesAnswer.Step(1, "cancel", "HR-ATT-1", NOW.toString(), null)))),
                        null));
    }

    @Test
    void a_full_page_names_the_next_and_the_next_goes_on() {
        // Given
        LatePunchesAnswer first = answer(null, null, "1");

        // When
        LatePunchesAnswer second = answer(null, first.next(), "2");

        // Then
        assertThat(first.entries()).extracting(LatePunchesAnswer.Entry::day).containsExactly("2026-02-02");
        assertThat(second.entries()).extracting(LatePunchesAnswer.Entry::day).containsExactly("2026-02-01");
        assertThat(second.next()).isNull();
    }

    @Test
    void days_are_picked_by_both_ends() {
        // When
        Response answer = resource.list(null, "2026-02-02", "2026-02-02", null, null);

        // Then
        assertThat(((LatePunchesAnswer) answer.getEntity()).entries()).hasSize(1);
    }

    /** As a form sends it, and as the address stands in the README. */
    @Test
    void blank_parameters_are_as_good_as_none() {
        // When
        Response answer = resource.list("", "", " ", "", "");

        // Then
        assertThat(((LatePunchesAnswer) answer.getEntity()).entries()).hasSize(2);
    }

    @Test
    void control_characters_are_a_problem() {
        // When
        ThrowingCallable asked = () -> resource.list(null, null, null, "2026\u0000", null);

        // Then
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        failure -> assertThat(failure.getResponse().getStatus()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"lost, -, -, -", "-, yesterday, -, -", "-, -, 31.10.2026, -", "-, -, -, 0", "-, -, -, 201"})
    void what_can_not_be_meant_is_a_problem(
            @Nullable String state, @Nullable String from, @Nullable String to, @Nullable String limit) {
        // When
        Response answer = resource.list(state, from, to, null, limit);

        // Then
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getMediaType()).isEqualTo(Problem.TYPE);
    }
}
