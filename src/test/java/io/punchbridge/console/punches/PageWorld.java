package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.frappe.Directory;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.UserNews;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedFrappe;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** People, devices and punches for pages to show. Each test has ids of its own, as the application outlives it. */
@Singleton
public class PageWorld {
    public static final SerialNumber ENTRANCE = new SerialNumber("SN-ENTRANCE");
    private static final ZoneId SITE = ZoneId.of("Africa/Nairobi");
    private static final AtomicInteger IDS = new AtomicInteger(730_000);

    private final Inbox inbox;
    private final KnownUsers knownUsers;
    private final Directory directory;
    private final SimulatedFrappe frappe;
    private final Clock clock;

    PageWorld(Inbox inbox, KnownUsers knownUsers, Directory directory, SimulatedFrappe frappe, Clock clock) {
        this.inbox = inbox;
        this.knownUsers = knownUsers;
        this.directory = directory;
        this.frappe = frappe;
        this.clock = clock;
    }

    public static String newId() {
        return Integer.toString(IDS.incrementAndGet());
    }

    /** As Frappe names employees; unlike any that the simulated site has. */
    public static String newEmployee() {
        return "HR-EMP-" + newId();
    }

    /** Known to the directory when this returns. */
    public void employee(String name, String employeeName, @Nullable String id) {
        frappe.addEmployee(name, employeeName, id);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            directory.refresh();
            return id == null
                    ? directory.withoutDeviceId().stream()
                            .anyMatch(employee -> employee.name().equals(name))
                    : directory.find(new UserId(id)).isPresent();
        });
    }

    /** Known to the directory when this returns. */
    public void idLeaves(String employee) {
        frappe.changeDeviceId(employee, null);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            directory.refresh();
            return directory.withoutDeviceId().stream()
                    .anyMatch(one -> one.name().equals(employee));
        });
    }

    /** The device's users are these two alone. */
    public void onDevice(String user, String name) {
        knownUsers.replace(
                ENTRANCE,
                List.of(
                        new UserNews(ENTRANCE, new UserId("1"), false, "Emp001 Test", false),
                        new UserNews(ENTRANCE, new UserId(user), false, name, false)),
                clock.instant());
    }

    public static LocalDate day(Punch punch) {
        return LocalDate.ofInstant(punch.at(), SITE);
    }

    public Punch punch(String user) {
        Instant at = clock.instant().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        return Punch.of(
                ENTRANCE,
                new UserId(user),
                at,
                "CheckIn",
                new PunchDetails(
                        "as the device said it",
                        at.plusSeconds(3),
                        "operation-7",
                        "Fingerprint",
                        null,
                        null,
                        "{\"Odd\":1}"));
    }

    public void stored(Punch... punches) {
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punches), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    /** Settled as that when this returns. */
    public Punch settled(String user, PunchState state) {
        Punch punch = punch(user);
        stored(punch);
        awaitState(punch.key(), state);
        return punch;
    }

    /** Held, a second apart, the newest last. */
    public List<Punch> held(String user, int number) {
        Instant first = clock.instant().minusSeconds(7200).truncatedTo(ChronoUnit.SECONDS);
        Punch[] punches = IntStream.range(0, number)
                .mapToObj(i -> Punch.of(ENTRANCE, new UserId(user), first.plusSeconds(i), "CheckIn", PunchDetails.NONE))
                .toArray(Punch[]::new);
        stored(punches);
        for (Punch punch : punches) {
            awaitState(punch.key(), PunchState.HELD);
        }
        return List.of(punches);
    }

    public PunchState state(PunchKey key) {
        return inbox.find(key).orElseThrow().state();
    }

    public void awaitState(PunchKey key, PunchState state) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(state(key)).isEqualTo(state));
    }
}
