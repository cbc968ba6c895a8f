package io.punchbridge.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the source of the pages promises. */
class TemplatesTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern POSTS = Pattern.compile("<(?:form|button)\\b[^>]*\\shx-post=[^>]*>");

    private static final Pattern FORMS = Pattern.compile("<form\\b[^>]*>");

    private static List<String> tags(Pattern kind) throws IOException {
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .flatMap(file -> kind.matcher(text(file)).results().map(MatchResult::group))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_pressed_twice_is_sent_once() throws IOException {
        // When
        List<String> posting = tags(POSTS);

        // Then
        assertThat(posting)
                .hasSizeGreaterThan(15)
                .allMatch(tag -> tag.contains("hx-disabled-elt=") || tag.contains("hx-sync="));
    }

    @Test
    void without_a_script_a_form_puts_nothing_into_an_address() throws IOException {
        // When
        List<String> forms = tags(FORMS);

        // Then
        assertThat(forms)
                .hasSizeGreaterThan(15)
                .allMatch(tag -> tag.contains(" method="))
                .filteredOn(tag -> tag.contains(" hx-post="))
                .hasSizeGreaterThan(12)
                .allMatch(tag -> tag.matches("<form method=\"post\" action=\"([^\"]*)\".* hx-post=\"\\1\".*"));
    }
}
