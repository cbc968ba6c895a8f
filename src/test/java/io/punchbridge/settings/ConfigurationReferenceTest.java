package io.punchbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the reference to the keys; writes it anew with {@code -Dupdate=true}. */
class ConfigurationReferenceTest {
    private static final Path FILE = Path.of("docs", "configuration.md");

    @Test
    void the_reference_is_what_the_keys_say() throws IOException {
        // Given
        String wanted = ConfigurationReference.text();
        if (Boolean.getBoolean("update")) {
            Files.writeString(FILE, wanted);
        }

        // When
        String kept = Files.readString(FILE);

        // Then
        assertThat(kept)
                .as("docs/configuration.md is generated: ./mvnw test -Dtest=ConfigurationReferenceTest -Dupdate=true")
                .isEqualTo(wanted);
    }
}
