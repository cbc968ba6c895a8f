package io.punchbridge.alerts;

import static io.punchbridge.alerts.AlertBench.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.alerts.LocalReceiver.Received;
import io.punchbridge.inbox.Alerts.Message;
import io.punchbridge.inbox.TestStore;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person hears, and how often: real storage, a real receiver, a clock that is set. */
class AlertRoundTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String SILENT = "PunchbridgeDeviceSilent";
    private static final String SET_UP = "PunchbridgeFrappeSetUpWrong";
    private static final String PAUSED = "PunchbridgeDeliveryPaused";
    private static final String BACKLOG = "PunchbridgeBacklogOld";
    private static final String STORAGE = "PunchbridgeStorageFailing";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T09:00:00Z"));
    private final LocalReceiver receiver = new LocalReceiver();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStore store;

    @SuppressWarnings("NullAway.Init")
    private AlertBench process;

    private boolean storageFails;

    @BeforeEach
    void start() {
        store = TestStore.open(directory.resolve("punchbridge.db"), clock);
        process = process();
    }

    @AfterEach
    void stop() {
        store.close();
        receiver.close();
    }

    private AlertBench process() {
        return new AlertBench(receiver, store.alerts(), store.clusterLock(), clock);
    }

    private void restart() {
        store.close();
        start();
    }

    /** Looks and sends each minute, the first time in a minute. */
    private List<Received> told(Duration during) {
        for (Duration gone = MINUTE; gone.compareTo(during) <= 0; gone = gone.plus(MINUTE)) {
            clock.forward(MINUTE);
            // Again each time: a store that failed opens a new connection.
            store.readOnly(storageFails);
            process.round.look();
            process.round.send();
        }
        return receiver.take();
    }

    private void storageFails(boolean fails) {
        storageFails = fails;
        process.storageFails(fails);
    }

    private static List<String> types(List<Received> received) {
        return received.stream().map(Received::type).toList();
    }

    // --- raised, repeated, over

    @Test
    void an_alert_is_told_once_signed_and_in_words() {
        // Given
        process.gateIsSilent(true);

        // When
        List<Received> told = told(Duration.ofHours(2));

        // Then
        assertThat(told).singleElement().satisfies(message -> {
            assertThat(message.isSigned()).isTrue();
            assertThat(message.timestamp())
                    .isEqualTo(
                            String.valueOf(Instant.parse("2026-11-02T09:01:00Z").getEpochSecond()));
            assertThat(message.contentType()).startsWith("application/json");
            assertThat(message.json().path("type").asText()).isEqualTo("alert.raised");
            assertThat(message.json().path("timestamp").asText()).isEqualTo("2026-11-02T09:01:00Z");
            assertThat(message.json().path("text").asText())
                    .isEqualTo(
                            "[Nairobi] WARNING PunchbridgeDeviceSilent: The device gate has not called back for too long. It is"
                                    + " off, offline, its callback URL or token is wrong, or its queue at the gateway is stuck."
                                    + " Runbook: docs/operations.md#punchbridgedevicesilent");
            assertThat(message.json().path("data").toString())
                    .isEqualTo("{\"installation\":\"Nairobi\",\"alert\":\"PunchbridgeDeviceSilent\","
                            + "\"severity\":\"warning\",\"device\":\"gate\","
                            + "\"summary\":\"The device gate has not called back for too long.\","
                            + "\"description\":\"It is off, offline, its callback URL or token is wrong, or its queue at the"
                            + " gateway is stuck.\",\"runbook\":\"docs/operations.md#punchbridgedevicesilent\","
                            + "\"since\":\"2026-11-02T09:01:00Z\"}");
        });
        assertThat(process.messages("delivered")).isEqualTo(1);
    }

    @Test
    void an_alert_that_stands_is_told_again_after_a_while() {
        // Given
        process.gateIsSilent(true);

        // When
        List<Received> told = told(REPEAT.multipliedBy(2).plus(MINUTE));

        // Then
        assertThat(types(told)).containsExactly("alert.raised", "alert.repeated", "alert.repeated");
        assertThat(told).extracting(Received::id).doesNotHaveDuplicates();
    }

    @Test
    void while_a_message_waits_for_its_receiver_none_is_made_that_repeats_it() {
        // Given
        process.gateIsSilent(true);
        receiver.answers(500);

        // When
        told(REPEAT.plus(MINUTE.multipliedBy(5)));
        Instant later = clock.instant().plus(Duration.ofDays(1));
        List<Message> unsent = store.alerts().due(later);
        unsent.forEach(message -> store.alerts().forget(message.id()));
        List<Message> behindIt = store.alerts().due(later);
        receiver.answers(200);
        List<Received> told = told(Duration.ofMinutes(20));

        // Then
        assertThat(unsent).hasSize(1);
        assertThat(behindIt).isEmpty();
        assertThat(types(told)).containsExactly("alert.repeated");
    }

    @Test
    void the_end_of_an_alert_is_told_once() {
        // Given
        process.gateIsSilent(true);
        told(Duration.ofHours(1));
        process.gateIsSilent(false);

        // When
        List<Received> told = told(Duration.ofHours(14));

        // Then
        assertThat(told).singleElement().satisfies(message -> {
            assertThat(message.type()).isEqualTo("alert.over");
            assertThat(message.json().path("text").asText())
                    .isEqualTo("[Nairobi] OVER PunchbridgeDeviceSilent, after 62 minutes. It was: The device gate has"
                            + " not called back for too long.");
        });
    }

    @Test
    void what_comes_and_goes_within_a_few_looks_is_told_once() {
        // Given
        process.gateIsSilent(true);
        List<Received> first = told(MINUTE);

        // When
        for (int i = 0; i < 5; i++) {
            process.gateIsSilent(false);
            told(MINUTE);
            process.gateIsSilent(true);
            told(MINUTE);
        }

        // Then
        assertThat(types(first)).containsExactly("alert.raised");
        assertThat(process.messages("delivered")).isEqualTo(1);
    }

    @Test
    void a_condition_is_told_only_when_it_has_held_for_its_time() {
        // Given
        process.backlogAge(Duration.ofMinutes(16));

        // When
        List<Received> early = told(Duration.ofMinutes(5));
        List<Received> inTime = told(MINUTE);

        // Then
        assertThat(early).isEmpty();
        assertThat(inTime)
                .singleElement()
                .satisfies(message -> assertThat(
                                message.json().path("data").path("summary").asText())
                        .isEqualTo("A punch has waited 16 minutes for its delivery."));
    }

    @Test
    void what_was_gone_for_a_moment_has_to_hold_anew() {
        // Given
        process.nightIsHeld(true);
        told(Duration.ofHours(35));
        process.nightIsHeld(false);
        told(MINUTE);
        process.nightIsHeld(true);

        // When
        List<Received> told = told(Duration.ofHours(35));

        // Then
        assertThat(told).isEmpty();
    }

    // --- a person pauses delivery

    @Test
    void a_pause_is_told_as_a_pause_and_what_it_brings_about_is_not_told_beside_it() {
        // Given
        process.deliveryIsPaused(true);
        process.backlogAge(Duration.ofHours(5));
        process.frappe("away");

        // When
        List<Received> told = told(Duration.ofHours(5));

        // Then
        assertThat(told).singleElement().satisfies(message -> {
            assertThat(message.alert()).isEqualTo(PAUSED);
            assertThat(message.body()).contains("has waited 5 hours");
        });
    }

    @Test
    void what_waits_when_a_pause_is_over_is_told() {
        // Given
        process.deliveryIsPaused(true);
        process.backlogAge(Duration.ofHours(5));
        told(Duration.ofHours(1));
        process.deliveryIsPaused(false);

        // When
        List<Received> told = told(Duration.ofMinutes(10));

        // Then
        assertThat(told).extracting(Received::alert).containsExactly(BACKLOG);
    }

    @Test
    void a_pause_does_not_say_that_what_was_told_before_is_over() {
        // Given
        process.backlogAge(Duration.ofHours(1));
        List<Received> before = told(Duration.ofMinutes(10));
        process.deliveryIsPaused(true);

        // When
        List<Received> meanwhile = told(Duration.ofHours(2));

        // Then
        assertThat(before).extracting(Received::alert).containsExactly(BACKLOG);
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void what_began_before_a_pause_and_was_not_told_does_not_seem_to_stand() {
        // Given
        process.backlogAge(Duration.ofHours(1));
        told(Duration.ofMinutes(2));
        process.deliveryIsPaused(true);

        // When
        told(Duration.ofMinutes(10));

        // Then
        assertThat(store.alerts().standing())
                .extracting(standing -> standing.alert().rule())
                .containsExactly(PAUSED);
    }

    // --- a restart, another replica

    @Test
    void a_restart_tells_nothing_anew() {
        // Given
        process.gateIsSilent(true);
        told(Duration.ofMinutes(5));
        restart();
        process.gateIsSilent(true);

        // When
        List<Received> told = told(Duration.ofHours(11));

        // Then
        assertThat(told).isEmpty();
    }

    @Test
    void an_alert_that_ended_during_a_restart_is_told_to_be_over() {
        // Given
        process.gateIsSilent(true);
        told(Duration.ofMinutes(5));
        clock.forward(Duration.ofHours(1));
        restart();

        // When
        List<Received> told = told(Duration.ofMinutes(10));

        // Then
        assertThat(types(told)).containsExactly("alert.over");
    }

    @Test
    void a_process_that_has_just_started_ends_nothing() {
        // Given
        process.gateIsSilent(true);
        told(Duration.ofMinutes(5));
        clock.forward(Duration.ofHours(1));
        restart();

        // When
        List<Received> told = told(AlertDesk.QUIET.minus(MINUTE));
        process.gateIsSilent(true);
        List<Received> later = told(Duration.ofMinutes(10));

        // Then
        assertThat(told).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void a_long_time_to_hold_is_not_broken_by_a_restart() {
        // Given
        process.nightIsHeld(true);
        told(Duration.ofHours(35));
        clock.forward(Duration.ofMinutes(30));
        restart();
        process.nightIsHeld(true);

        // When
        List<Received> told = told(Duration.ofHours(1));

        // Then
        assertThat(types(told)).containsExactly("alert.raised");
    }

    @Test
    void what_one_replica_alone_sees_is_told_once_and_ends_when_none_sees_it() {
        // Given
        AlertBench other = process();
        process.frappe("set_up_wrong");
        told(Duration.ofMinutes(3));
        other.frappe("proven");

        // When
        int told = 0;
        for (int minute = 0; minute < 30; minute++) {
            other.round.look();
            other.round.send();
            told += told(MINUTE).size();
        }
        process.frappe("proven");
        List<Received> end = told(Duration.ofMinutes(5));

        // Then
        assertThat(told).isZero();
        assertThat(end).extracting(Received::alert).containsExactly(SET_UP);
        assertThat(types(end)).containsExactly("alert.over");
    }

    @Test
    void a_process_that_has_sent_nothing_yet_does_not_know_that_frappe_is_well() {
        // Given
        process.frappe("set_up_wrong");
        told(Duration.ofMinutes(5));
        restart();
        process.frappe("unproven");

        // When
        List<Received> told = told(Duration.ofHours(1));

        // Then
        assertThat(told).isEmpty();
    }

    // --- a storage that fails

    @Test
    void a_storage_that_fails_is_told_though_nothing_can_be_kept_and_its_end_too() {
        // Given
        storageFails(true);
        List<Received> beginning = told(Duration.ofMinutes(30));
        storageFails(false);

        // When
        List<Received> end = told(Duration.ofMinutes(30));

        // Then
        assertThat(beginning).extracting(Received::alert).containsExactly(STORAGE);
        assertThat(types(beginning)).containsExactly("alert.raised");
        assertThat(end).extracting(Received::alert).containsExactly(STORAGE);
        assertThat(types(end)).containsExactly("alert.over");
        assertThat(beginning).allMatch(Received::isSigned);
    }

    @Test
    void a_look_that_fails_beside_a_write_that_goes_through_is_told_when_the_next_fails_too() {
        // Given
        process.gateIsSilent(true);
        storageFails = true;

        // When
        List<Received> first = told(MINUTE);
        List<Received> second = told(MINUTE);

        // Then
        assertThat(first).isEmpty();
        assertThat(second).extracting(Received::alert).containsExactly(STORAGE);
    }

    @Test
    void a_storage_that_fails_again_and_again_is_told_once() {
        // When
        for (int i = 0; i < 5; i++) {
            storageFails(true);
            told(Duration.ofMinutes(2));
            storageFails(false);
            told(MINUTE);
        }

        // Then
        assertThat(process.messages("delivered")).isEqualTo(1);
    }

    @Test
    void what_was_told_from_memory_is_known_after_a_restart() {
        // Given
        storageFails(true);
        told(Duration.ofMinutes(5));
        storageFails(false);
        told(MINUTE);
        restart();

        // When
        List<Received> told = told(Duration.ofMinutes(10));

        // Then
        assertThat(types(told)).containsExactly("alert.over");
    }

    @Test
    void other_alerts_wait_for_the_storage() {
        // Given
        storageFails(true);
        process.gateIsSilent(true);
        List<Received> meanwhile = told(Duration.ofMinutes(5));
        storageFails(false);

        // When
        List<Received> told = told(MINUTE);

        // Then
        assertThat(meanwhile).extracting(Received::alert).containsExactly(STORAGE);
        assertThat(told).extracting(Received::alert).containsExactly(SILENT);
    }

    // --- a clock that was ahead

    @Test
    void an_alert_that_was_told_by_a_clock_that_was_ahead_is_told_again_in_time() {
        // Given
        clock.forward(Duration.ofDays(300));
        process.gateIsSilent(true);
        told(MINUTE);
        clock.back(Duration.ofDays(300));

        // When
        List<Received> told = told(REPEAT.plus(MINUTE));

        // Then
        assertThat(types(told)).containsExactly("alert.repeated");
    }

    @Test
    void an_alert_that_a_clock_that_was_ahead_has_seen_last_is_over_in_time() {
        // Given
        clock.forward(Duration.ofDays(300));
        process = process();
        process.gateIsSilent(true);
        told(MINUTE);
        clock.back(Duration.ofDays(300));
        process.gateIsSilent(false);

        // When
        List<Received> told = told(MINUTE.multipliedBy(5));

        // Then
        assertThat(types(told)).containsExactly("alert.over");
    }

    @Test
    void a_message_that_waits_since_a_clock_that_was_ahead_is_sent_and_before_the_one_of_the_end() {
        // Given
        told(MINUTE.multipliedBy(5));
        clock.forward(Duration.ofDays(300));
        process.gateIsSilent(true);
        receiver.answers(500);
        told(MINUTE);
        clock.back(Duration.ofDays(300));
        process.gateIsSilent(false);
        told(MINUTE.multipliedBy(5));
        receiver.answers(200);

        // When
        List<Received> told = told(MINUTE.multipliedBy(20));

        // Then
        assertThat(types(told)).containsExactly("alert.raised", "alert.over");
    }
}
