package io.punchbridge.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.punchbridge.alerts.AlertBook.Open;
import io.punchbridge.alerts.AlertBook.Page;
import io.punchbridge.alerts.AlertBook.Told;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of alerts: real storage, a real receiver. */
class AlertBookTest {
    private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

    private final SettableClock clock = new SettableClock(NINE);
    private final LocalReceiver receiver = new LocalReceiver();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @SuppressWarnings("NullAway.Init")
    private AlertBench process;

    @SuppressWarnings("NullAway.Init")
    private AlertBook book;

    @BeforeEach
    void start() {
        store = TestStore.open(directory.resolve("punchbridge.db"), clock);
        process = new AlertBench(receiver, store.alerts(), store.clusterLock(), clock);
        book = new AlertBook(
                new AlertSettings(Optional.of(receiver.settings()), AlertBench.REPEAT, "Nairobi"),
                store.alerts(),
                () -> Optional.of(process.round));
        process.gateIsSilent(true);
    }

    @AfterEach
    void stop() {
        store.close();
        receiver.close();
    }

    private Page page() {
        return book.look().orElseThrow();
    }

    private void sendAfter(Duration wait) {
        clock.forward(wait);
        process.round.send();
    }

    @Test
    void an_alert_waits_until_its_receiver_has_taken_it() {
        // Given
        process.round.look();
        Page waiting = page();

        // When
        sendAfter(Duration.ofSeconds(10));

        // Then
        assertThat(waiting.waiting()).isEqualTo(1);
        assertThat(waiting.open()).extracting(Open::told).containsExactly(Told.WAITING);
        assertThat(waiting.reception().state()).isEqualTo(Reception.State.UNTRIED);
        assertThat(page().waiting()).isZero();
        assertThat(page().open()).singleElement().satisfies(open -> {
            assertThat(open.told()).isEqualTo(Told.TOLD);
            assertThat(open.rule()).isEqualTo("PunchbridgeDeviceSilent");
            assertThat(open.label()).isEqualTo("device");
            assertThat(open.subject()).isEqualTo("gate");
            assertThat(open.since()).isEqualTo(NINE);
            assertThat(open.summary()).isEqualTo("The device gate has not called back for too long.");
        });
        assertThat(page().reception().state()).isEqualTo(Reception.State.TAKES);
        assertThat(page().reception().lastTaken()).isEqualTo(NINE.plusSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "410, GONE, true, It answered 410, punchbridge.alerts.url",
        "401, REFUSES, true, It answered 401, punchbridge.alerts.secret",
        "500, AWAY, false, It answered 500, by themselves",
    })
    void what_the_receiver_answers_is_told_with_what_to_do(
            int status, Reception.State state, boolean needsSomebody, String answered, String toDo) {
        // Given
        process.round.look();
        receiver.answers(status);

        // When
        sendAfter(Duration.ZERO);

        // Then
        Reception reception = page().reception();
        assertThat(reception.state()).isEqualTo(state);
        assertThat(reception.needsSomebody()).isEqualTo(needsSomebody);
        assertThat(reception.words()).contains(answered, toDo, "for a day at most");
        assertThat(reception.at()).isEqualTo(NINE);
        assertThat(page().toString()).contains("127.0.0.1").doesNotContain("secret-", "/hook", "MfKQ");
        assertThat(page().open()).extracting(Open::told).containsExactly(Told.WAITING);
    }

    @Test
    void what_was_given_up_is_not_called_told() {
        // Given
        process.round.look();
        receiver.answers(410);
        sendAfter(Duration.ZERO);

        // When
        sendAfter(Duration.ofHours(25));

        // Then
        assertThat(page().open()).extracting(Open::told).containsExactly(Told.GIVEN_UP);
        assertThat(page().waiting()).isZero();
    }

    @Test
    void another_process_knows_that_it_was_given_up() {
        // Given
        process.round.look();
        receiver.answers(410);
        sendAfter(Duration.ZERO);
        sendAfter(Duration.ofHours(25));
        process = new AlertBench(receiver, store.alerts(), store.clusterLock(), clock);

        // When
        Page afterRestart = page();

        // Then
        assertThat(afterRestart.open()).extracting(Open::told).containsExactly(Told.GIVEN_UP);
    }

    @Test
    void once_a_later_message_was_taken_it_is_told() {
        // Given
        process.round.look();
        receiver.answers(500);
        sendAfter(Duration.ZERO);
        sendAfter(Duration.ofHours(25));
        Page givenUp = page();
        process.round.look();
        receiver.answers(204);

        // When
        sendAfter(Duration.ofHours(1));

        // Then
        assertThat(givenUp.open()).extracting(Open::told).containsExactly(Told.GIVEN_UP);
        assertThat(page().open()).extracting(Open::told).containsExactly(Told.TOLD);
    }

    @Test
    void what_has_not_stood_for_long_enough_is_seen_and_the_worst_comes_first() {
        // Given
        process.nightIsHeld(true);
        process.storageFails(true);

        // When
        process.round.look();

        // Then
        assertThat(page().open())
                .extracting(Open::rule, Open::told)
                .containsExactly(
                        tuple("PunchbridgeStorageFailing", Told.WAITING),
                        tuple("PunchbridgeDeviceSilent", Told.WAITING),
                        tuple("PunchbridgeWatermarkHeld", Told.NOT_YET));
    }

    @Test
    void without_a_receiver_there_is_nothing_to_see() {
        // Given
        process.round.look();
        AlertBook off = new AlertBook(
                new AlertSettings(Optional.empty(), AlertBench.REPEAT, "Nairobi"), store.alerts(), Optional::empty);

        // When
        Optional<Page> looked = off.look();

        // Then
        assertThat(looked).isEmpty();
    }
}
