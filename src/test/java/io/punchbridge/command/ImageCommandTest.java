package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a container runs beside its service, e.g. {@code /app/command doctor}, which reads the database. */
class ImageCommandTest {
    private static final Pattern SQLITE = Pattern.compile("-Dorg\\.sqlite\\.lib\\.path=[^\\s\"]+");

    @Test
    void the_command_takes_sqlite_from_where_the_service_does() throws IOException {
        // Given
        Path docker = Path.of("deployment", "docker");
        Matcher service = SQLITE.matcher(Files.readString(docker.resolve("Dockerfile.jvm")));
        assertThat(service.find()).isTrue();

        // When
        String command = Files.readString(docker.resolve("command-jvm"));

        // Then
        assertThat(command).contains(service.group());
    }
}
