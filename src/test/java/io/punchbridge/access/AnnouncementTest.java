package io.punchbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    @TempDir
    Path directory;

    private final AccessToken token = AccessToken.random();

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://127.0.0.1:1234",
        "::, http://127.0.0.1:1234",
        "127.0.0.1, http://127.0.0.1:1234",
        "127.0.0.2, http://127.0.0.2:1234",
        "::1, http://[0:0:0:0:0:0:0:1]:1234",
    })
    void commands_come_over_loopback(String host, String entry) {
        // When
        assertThat(Announcement.entry(host, 1234)).contains(URI.create(entry));
    }

    @Test
    void a_service_that_does_not_listen_on_loopback_has_no_entry() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");

        // When
        announcement(file).announce(started("192.0.2.1"), server());

        // Then
        assertThat(file).doesNotExist();
    }

    @Test
    void it_is_made_with_the_port_that_was_really_opened_and_withdrawn_at_the_end() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");
        Announcement announcement = announcement(file);

        // When
        announcement.announce(started("0.0.0.0"), server());
        String announced = Files.readString(file);
        announcement.withdraw(new ShutdownEvent());

        // Then
        assertThat(announced).contains("url=http://127.0.0.1:4711").contains(token.secret());
        assertThat(file).doesNotExist();
    }

    @Test
    void a_place_that_can_not_be_written_stops_nothing() throws IOException {
        // Given
        Path file =
                Files.writeString(directory.resolve("a-file"), "no directory").resolve("punchbridge.token");
        Announcement announcement = announcement(file);

        // When
        assertThatNoException().isThrownBy(() -> {
            announcement.announce(started("0.0.0.0"), server());
            announcement.withdraw(new ShutdownEvent());
        });
    }

    private Announcement announcement(Path file) {
        return new Announcement(new AccessSettings(file), token);
    }

    private static HttpServerStart started(String host) {
        return new HttpServerStart(new HttpServerOptions().setHost(host).setPort(0));
    }

    private static HttpServer server() {
        return new HttpServer() {
            @Override
            public int getPort() {
                return 4711;
            }

            @Override
            public int getSecurePort() {
                return -1;
            }

            @Override
            public int getManagementPort() {
                return -1;
            }

            @Override
            public URI getLocalBaseUri() {
                return URI.create("http://localhost:4711");
            }
        };
    }
}
