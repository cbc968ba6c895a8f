package io.punchbridge.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.gateway.DoorAnswer;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.RosterStore;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.testing.SettableClock;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the door to the picture: names and privileges arrive, credentials and photos never touch the disk. */
class PictureSecrecyTest {
    private static final String TEMPLATE = "TUlORkdFUlBSSU5UVEVNUExBVEU";
    private static final String PHOTO = "UEhPVE9PRkFOTkFLQU1BVQ";
    private static final String BODY =
            """
            {"RealTime":{"OperationID":"op1","SerialNumber":"%s","UserUpdated":{"UserID":"7","FirstName":"Ann",
             "LastName":"Kamau","UserType":"Admin","OperationTime":"2024-09-17 07:48:22 GMT +0300",
             "Template":[{"Type":"Fingerprint","UserID":"7","Size":"27","Index":"0","Data":"%s"},
                         {"Type":"Card","UserID":"7","Size":"8","Index":"0","Data":"%s-card"}],
             "Photo":{"Type":"Base64","UserID":"7","Size":"22","Data":"%s"}},
             "AuthToken":"%s","Time":"2024-09-17 04:49:03 GMT +0000"}}""".formatted(TestSettings.SERIAL_NUMBER, TEMPLATE, TEMPLATE, PHOTO, TestSettings.TOKEN);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void an_enrolment_tells_name_and_privilege_and_leaves_no_credential_on_the_disk() throws IOException {
        // Given
        SettableClock clock = new SettableClock(Instant.parse("2026-11-24T08:00:00Z"));
        DoorAnswer answer;
        List<KnownUser> known;

        // When
        try (RosterStore store = RosterStore.open(directory.resolve("punchbridge.db"), clock)) {
            CallbackDoor door = TestDoor.open(store.inbox(), null);
            answer = door.knock(BODY.getBytes(StandardCharsets.UTF_8), null)
                    .toCompletableFuture()
                    .join();
            new UserPicture(store.users(), store.inbox(), new FakeDevices(), TestDoor.DEVICES, clock).readEvents();
            known = store.users().ofDevice(new SerialNumber(TestSettings.SERIAL_NUMBER));
        }

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(known)
                .extracting(user -> user.user() + " " + user.name() + " " + user.admin())
                .containsExactly("7 Ann Kamau true");
        assertThat(everythingOnDisk()).contains("Ann").doesNotContain(TEMPLATE, PHOTO, TestSettings.TOKEN);
    }

    private String everythingOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(PictureSecrecyTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
