package io.punchbridge.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.console.people.WhoIs.Known;
import io.punchbridge.console.people.WhoIs.Named;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.RosterStore;
import io.punchbridge.inbox.UserNews;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of users whom devices know, at a site with many devices whose employees were never read. */
class WhoIsTest {
    private static final int MANY = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final AtomicInteger questions = new AtomicInteger();
    private final List<Device> declared = IntStream.range(0, MANY)
            .mapToObj(i -> new Device(
                    "door-" + i, new SerialNumber("SN-" + (1000 + i)), Connection.NATIVE_PUSH, Direction.AS_SENT, null))
            .toList();

    @SuppressWarnings("NullAway.Init")
    private RosterStore store;

    @SuppressWarnings("NullAway.Init")
    private WhoIs whoIs;

    @BeforeEach
    void open() {
        store = RosterStore.open(directory.resolve("punchbridge.db"), Clock.systemUTC());
        KnownUsers counted = proxy(KnownUsers.class, store.users());
        FrappeSite nobody = proxy(FrappeSite.class, "is never asked");
        whoIs = new WhoIs(new Directory(nobody, Clock.systemUTC()), counted, new Devices(declared));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private <T> T proxy(Class<T> type, Object behind) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            questions.incrementAndGet();
            return method.invoke(behind, args);
        }));
    }

    private void everywhere(String user, String name) {
        declared.forEach(device -> onDevice(device.serialNumber(), user, name));
    }

    private void onDevice(SerialNumber device, String user, String name) {
        store.users()
                .replace(
                        device,
                        List.of(new UserNews(device, new UserId(user), false, name, null)),
                        Clock.systemUTC().instant());
    }

    @Test
    void many_devices_are_asked_for_names_by_two_questions() {
        // Given
        everywhere("7", "Zuleika");

        // When
        Named named = whoIs.named("zul");

        // Then
        assertThat(questions).hasValue(2);
        assertThat(named.complete()).isTrue();
        assertThat(named.people()).singleElement().satisfies(known -> {
            assertThat(known.user()).isEqualTo("7");
            assertThat(known.devices()).hasSize(KnownUsers.DEVICES_OF_A_USER).contains("door-0");
        });
    }

    @Test
    void a_device_that_is_not_declared_names_nobody() {
        // Given
        onDevice(new SerialNumber("SN-REMOVED"), "7", "Zuleika");

        // When
        Named named = whoIs.named("zul");

        // Then
        assertThat(named.people()).isEmpty();
    }

    @Test
    void of_many_strangers_so_many_are_looked_through_and_that_is_said() {
        // Given
        SerialNumber device = declared.get(0).serialNumber();
        List<UserNews> strangers = IntStream.rangeClosed(0, WhoIs.MOST_STRANGERS)
                .mapToObj(i -> new UserNews(device, new UserId(Integer.toString(10_000 + i)), false, "Zul " + i, null))
                .toList();
        store.users().replace(device, strangers, Clock.systemUTC().instant());

        // When
        Named named = whoIs.named(Integer.toString(WhoIs.MOST_STRANGERS));

        // Then
        assertThat(named.complete()).isFalse();
        assertThat(named.people()).extracting(Known::user).isEmpty();
    }

    @Test
    void one_question_names_all_who_are_asked_for_and_nobody_else() {
        // Given
        everywhere("7", "Zuleika");
        onDevice(declared.get(0).serialNumber(), "8", "Amina");

        // When
        Map<String, Map<String, Set<String>>> names = whoIs.namesOnDevices(List.of(new UserId("8"), new UserId("9")));

        // Then
        assertThat(names).isEqualTo(Map.of("8", Map.of("Amina", Set.of("door-0"))));
        assertThat(questions).hasValue(1);
    }
}
