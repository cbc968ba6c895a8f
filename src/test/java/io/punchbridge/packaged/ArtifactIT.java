package io.punchbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What a production build is made of. */
class ArtifactIT {
    @Test
    void no_sandbox_and_no_test_is_in_a_production_build() throws IOException {
        // When
        List<String> classes = jars().stream().flatMap(ArtifactIT::entries).toList();

        // Then
        assertThat(classes)
                .contains("io/punchbridge/Punchbridge.class")
                .noneMatch(name -> name.startsWith("io/punchbridge/sandbox/"))
                .noneMatch(name -> name.startsWith("io/punchbridge/simulation/"))
                .noneMatch(name -> name.startsWith("io/punchbridge/testing/"))
                .noneMatch(name -> name.startsWith("io/punchbridge/packaged/"))
                .noneMatch(name -> name.matches("io/punchbridge/.*(Test|IT)(\\$.*)?\\.class"))
                .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("io/restassured/"));
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(ServiceProcess.APP)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static Stream<String> entries(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
