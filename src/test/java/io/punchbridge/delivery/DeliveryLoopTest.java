package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one thread that delivers outlives whatever a round ends with. */
class DeliveryLoopTest {
    private final AtomicInteger claims = new AtomicInteger();

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

    private Inbox inboxWhoseFirstClaimFails(RuntimeException failure) {
        return (Inbox) Proxy.newProxyInstance(
                Inbox.class.getClassLoader(), new Class<?>[] {Inbox.class}, (inbox, method, arguments) -> {
                    if (method.getName().equals("claim") && claims.incrementAndGet() == 1) {
                        throw failure;
                    }
                    return method.getReturnType() == List.class ? List.of() : null;
                });
    }

    private static Delivery delivery(Inbox inbox) {
        ScriptedSite site = new ScriptedSite();
        Clock clock = Clock.systemUTC();
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
                site,
                new CheckinFields(site, clock),
                devices,
                new CheckInPolicy(CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(15), Duration.ofDays(31)),
                settings,
                new DeliveryWatch(devices, new SimpleMeterRegistry(), clock),
                new HistoryLookUp(site, questions -> List.of(), devices, settings),
                clock);
    }
}
