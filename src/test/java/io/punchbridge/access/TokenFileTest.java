package io.punchbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final URI ENTRY = URI.create("http://127.0.0.1:8080");

    @TempDir
    Path directory;

    private final AccessToken token = AccessToken.random();

    @Test
    void it_holds_address_and_token_for_its_owner_alone() throws IOException {
        // Given
        Path file = directory.resolve("data/punchbridge.token");

        // When
        boolean guarded = new TokenFile(file).write(ENTRY, token);

        // Then
        assertThat(guarded).isTrue();
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).contains("url=http://127.0.0.1:8080", "token=" + token.secret());
        assertThat(filesBeside(file)).containsExactly("punchbridge.token");
    }

    @Test
    void the_next_start_replaces_it_whatever_its_mode_was() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");
        Files.writeString(file, "left by a copy");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        // When
        new TokenFile(file).write(ENTRY, token);

        // Then
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains(token.secret()).doesNotContain("left by a copy");
    }

    @Test
    void a_link_in_its_place_is_replaced_and_not_followed() throws IOException {
        // Given
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "of somebody else");
        Path file = Files.createSymbolicLink(directory.resolve("punchbridge.token"), elsewhere);

        // When
        new TokenFile(file).write(ENTRY, token);

        // Then
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(elsewhere).hasContent("of somebody else");
    }

    @Test
    void what_can_not_be_written_leaves_nothing_behind() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");
        Files.createDirectories(file.resolve("a directory in its place"));

        // When
        assertThatIOException().isThrownBy(() -> new TokenFile(file).write(ENTRY, token));

        // Then
        assertThat(filesBeside(file)).containsExactly("punchbridge.token");
    }

    @Test
    void a_clean_end_takes_its_own_file_away() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");
        new TokenFile(file).write(ENTRY, token);

        // When
        new TokenFile(file).removeIfOf(token);

        // Then
        assertThat(file).doesNotExist();
    }

    @Test
    void the_file_of_a_later_service_stays() throws IOException {
        // Given
        Path file = directory.resolve("punchbridge.token");
        AccessToken later = AccessToken.random();
        new TokenFile(file).write(ENTRY, later);

        // When
        new TokenFile(file).removeIfOf(token);

        // Then
        assertThat(file).content().contains(later.secret());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> filesBeside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            return files.map(found -> found.getFileName().toString()).toList();
        }
    }
}
