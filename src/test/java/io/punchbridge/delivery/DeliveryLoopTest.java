package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Devices;
import io.punchbridge.testing.LogLines;
import io.punchbridge.testing.SteppableClock;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one thread that delivers outlives whatever a round ends with. */
class DeliveryLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Request JO = new Request("name and password", "jo", "delivery", "Frappe is being upgraded.");

    private final AtomicInteger claims = new AtomicInteger();
    private final SteppableClock clock = new SteppableClock();
    private final PausedInMemory pauses = new PausedInMemory(clock);

    static Stream<RuntimeException> endsOfARound() {
        return Stream.of(
                new StorageException("The disk is full."), new IllegalStateException("nobody had thought of this"));
    }

    @ParameterizedTest
    @MethodSource("endsOfARound")
    void a_round_that_fails_is_followed_by_the_next(RuntimeException failure) throws InterruptedException {
        // Given
        Delivery delivery = delivery(inboxWhoseFirstClaimFails(failure));

        // When
        delivery.start(new StartupEvent());

        // Then
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> claims.get() > 1);
            assertThat(delivery.isAlive()).isTrue();
        } finally {
            delivery.stop(new ShutdownEvent());
        }
    }

    @Test
    void while_it_is_paused_no_round_begins_and_the_thread_lives() throws InterruptedException {
        // Given
        pauses.pause(JO);
        Delivery delivery = delivery(emptyInbox());

        // When
        delivery.start(new StartupEvent());

        // Then
        try {
            await().atMost(PATIENCE).until(() -> pauses.asked() > 2);
            assertThat(claims).hasValue(0);
            assertThat(delivery.isAlive()).isTrue();
            assertThat(delivery.status().paused()).isEqualTo(pauses.current().orElseThrow());
        } finally {
            delivery.stop(new ShutdownEvent());
        }
    }

    @Test
    void a_pause_that_another_process_was_told_to_end_is_over_within_a_second_or_two() throws InterruptedException {
        // Given
        pauses.pause(JO);
        Delivery delivery = delivery(emptyInbox());
        delivery.start(new StartupEvent());
        await().atMost(PATIENCE).until(() -> delivery.status().paused() != null);

        // When
        pauses.resume(JO);

        // Then
        try {
            await().atMost(PATIENCE).until(() -> claims.get() > 0);
            assertThat(delivery.status().paused()).isNull();
        } finally {
            delivery.stop(new ShutdownEvent());
        }
    }

    @Test
    void a_pause_is_told_at_once_and_remembered_daily() throws InterruptedException {
        // Given
        pauses.pause(JO);
        Delivery delivery = delivery(emptyInbox());

        try (LogLines lines = new LogLines(DeliveryWatch.class)) {
            delivery.start(new StartupEvent());
            await().atMost(PATIENCE).until(() -> pauses.asked() > 2);
            assertThat(reminders(lines)).isEqualTo(1);

            // When
            clock.step(Delivery.REMINDER);

            // Then
            int before = pauses.asked();
            await().atMost(PATIENCE).until(() -> pauses.asked() > before + 2);
            assertThat(reminders(lines)).isEqualTo(1);
        } finally {
            delivery.stop(new ShutdownEvent());
        }
    }

    private static long reminders(LogLines lines) {
        return lines.take().stream()
                .filter(line -> line.startsWith("WARN") && line.contains("paused by a person"))
                .count();
    }

    private Inbox emptyInbox() {
        return inboxWhoseFirstClaimFails(null);
    }

    private Inbox inboxWhoseFirstClaimFails(@Nullable RuntimeException failure) {
        return (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(), new Class<?>[] {Inbox.class}, (inbox, method, arguments) -> {
                    if (method.getName().equals("claim") && claims.incrementAndGet() == 1 && failure != null) {
                        throw failure;
                    }
                    return method.getReturnType() == List.class ? List.of() : null;
                });
    }

    private Delivery delivery(Inbox inbox) {
        ScriptedSite site = new ScriptedSite();
        Devices devices = new Devices(List.of());
        DeliverySettings settings = new DeliverySettings(
                200,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(125),
                Duration.ofMinutes(1),
                Duration.ofSeconds(59));
        return new Delivery(
                inbox,
                site,
                new Directory(site, clock),
                new SiteZone(site, clock),
                new CheckinFields(site, clock),
                devices,
                new CheckInPolicy(CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(15), Duration.ofDays(31)),
                settings,
                new DeliveryWatch(devices, new SimpleMeterRegistry(), clock),
                new HistoryLookUp(site, questions -> List.of(), devices, settings),
                pauses,
                clock);
    }
}
