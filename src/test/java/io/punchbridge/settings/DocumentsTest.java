package io.punchbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What documents for users name exists: keys, variables, paths, commands and their options, links. */
class DocumentsTest {
    private static final Pattern KEY = Pattern.compile("\\bpunchbridge\\.([a-z][a-z.<>-]*[a-z>])");
    /** Files that are called like the service. */
    private static final Set<String> FILES = Set.of("db", "db-wal", "db-shm", "dump", "token", "env");

    private static final Pattern VARIABLE = Pattern.compile("\\bPUNCHBRIDGE_[A-Z_]*[A-Z]\\b");
    /** Not of the service itself: what Compose puts into Caddy's configuration. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("PUNCHBRIDGE_HOST", "PUNCHBRIDGE_FIX_TOKEN", "PUNCHBRIDGE_PASSWORD");

    private static final Pattern PATH = Pattern.compile("(?<![\\w/.])/q/[a-z/]+[a-z]");
    private static final Set<String> PATHS =
            Set.of("/q/health/live", "/q/health/ready", "/q/health/started", "/q/health", "/q/metrics", "/q/openapi");

    private static final Pattern YAML = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```");
    private static final Pattern COMMAND =
            Pattern.compile("(?:punchbridge|quarkus-run\\.jar|/app/command) ([a-z][a-z-]+)([^`\\n#]*)");
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void keys_exist(String document) {
        // When
        Set<String> named = all(KEY, document).map(key -> key.group(1)).collect(Collectors.toCollection(TreeSet::new));

        // Then
        named.removeAll(FILES);
        assertThat(named).allMatch(DocumentsTest::isKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void keys_of_example_configurations_exist(String document) {
        // When
        List<String> named = new ArrayList<>();
        all(YAML, document).map(block -> block.group(1).stripIndent()).forEach(block -> {
            Object example = new Yaml().load(block);
            if (example instanceof Map<?, ?> map && map.get("punchbridge") instanceof Map<?, ?> ours) {
                flatten("", ours, named);
            }
        });

        // Then
        assertThat(named).allMatch(DocumentsTest::isKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void environment_variables_exist(String document) {
        // When
        Set<String> named = all(VARIABLE, document)
                .map(MatchResult::group)
                .filter(variable -> !OTHER_VARIABLES.contains(variable))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(named)
                .allMatch(variable -> Keys.all().stream()
                                .anyMatch(key ->
                                        Keys.environmentVariable(key.name()).equals(variable))
                        || Keys.ofADevice().stream()
                                .anyMatch(key -> variable.startsWith("PUNCHBRIDGE_DEVICES_")
                                        && variable.endsWith("_" + Keys.environmentVariable(key.name())))
                        || Keys.ofAUser().stream()
                                .anyMatch(key -> variable.startsWith("PUNCHBRIDGE_CONSOLE_USERS_")
                                        && variable.endsWith("_" + Keys.environmentVariable(key.name()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void management_paths_exist(String document) {
        // When
        Stream<String> named = all(PATH, document).map(MatchResult::group);

        // Then
        assertThat(named).allMatch(PATHS::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void commands_and_their_options_exist(String document) {
        // Given
        String sources = sourcesOfCommands();
        List<String> missing = new ArrayList<>();

        // When
        List<MatchResult> named = all(COMMAND, document).toList();

        // Then
        for (MatchResult command : named) {
            String name = command.group(1);
            boolean there = sources.contains("\"" + name + "\"");
            if (!there) {
                missing.add(name);
            } else {
                OPTION.matcher(command.group(2))
                        .results()
                        .map(MatchResult::group)
                        .filter(option -> !sources.contains("\"" + option + "\""))
                        .forEach(option -> missing.add(name + " " + option));
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md", "docs/getting-started.md", "docs/migrating.md"})
    void links_lead_somewhere(String document) {
        // Given
        List<String> broken = new ArrayList<>();

        // When
        List<String> links = all(LINK, document).map(link -> link.group(1)).toList();

        // Then
        for (String link : links) {
            if (!link.startsWith("http")) {
                int hash = link.indexOf('#');
                String file = hash < 0 ? link : link.substring(0, hash);
                Path target = file.isEmpty()
                        ? Path.of(document)
                        : Path.of(document).resolveSibling(file).normalize();
                if (!Files.exists(target) || (hash >= 0 && !anchors(target).contains(link.substring(hash + 1)))) {
                    broken.add(link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** A store that lives for years has no table without a bound, and nobody forgets to say it. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void operators_are_told_how_long_each_table_keeps_its_rows(String engine) throws IOException {
        // Given
        String told = read(Path.of("docs/operations.md"));
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db", engine))) {
            migrations.forEach(
                    migration -> TABLE.matcher(read(migration)).results().forEach(table -> tables.add(table.group(1))));
        }

        // When
        tables.removeIf(table -> told.contains("`" + table + "`"));

        // Then
        assertThat(tables).isEmpty();
    }

    private static Set<String> anchors(Path document) {
        return HEADING.matcher(read(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static boolean isKey(String key) {
        return Keys.all().stream().anyMatch(known -> known.name().equals(Keys.PREFIX + key))
                || Keys.ofADevice().stream()
                        .anyMatch(known -> key.matches("devices\\.[^.]+\\." + Pattern.quote(known.name())))
                || Keys.ofAUser().stream()
                        .anyMatch(known -> key.matches("console\\.users\\.[^.]+\\." + Pattern.quote(known.name())))
                // a group of keys, as in `punchbridge.roster.*`
                || Keys.all().stream().anyMatch(known -> known.name().startsWith(Keys.PREFIX + key + "."))
                || Set.of("devices", "console.users").contains(key);
    }

    private static void flatten(String prefix, Map<?, ?> map, List<String> keys) {
        map.forEach((name, value) -> {
            String key = prefix + name;
            if (value instanceof Map<?, ?> deeper) {
                flatten(key + ".", deeper, keys);
            } else {
                keys.add(key);
            }
        });
    }

    private static Stream<MatchResult> all(Pattern pattern, String document) {
        return pattern.matcher(read(Path.of(document))).results();
    }

    private static String sourcesOfCommands() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/punchbridge/command"))) {
            return files.filter(Files::isRegularFile).map(DocumentsTest::read).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
