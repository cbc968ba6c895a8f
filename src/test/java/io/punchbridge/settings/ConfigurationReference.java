package io.punchbridge.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docs/configuration.md}, made of {@link Keys}. */
final class ConfigurationReference {
    private static final String HEAD = """
            # Configuration

            Every key, generated from the code (`./mvnw test -Dtest=ConfigurationReferenceTest -Dupdate=true`); don't edit it by hand.

            Keys stand in `config/application.yaml` (or `.properties`) beside where the service is started, or in the environment: upper case, each other
            character an underscore. Unknown keys are errors, and all that is wrong is told at once, at the start. Durations are written as `30s`, `5m`,
            `12h`, `90d`. What the keys serve is told in the [README](../README.md).
            """;

    private ConfigurationReference() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        sections().forEach((section, keys) -> {
            text.append("\n## `")
                    .append(section)
                    .append("`\n\n| key | environment | default | what it does |\n|---|---|---|---|\n");
            keys.forEach(key -> text.append(row(key)));
        });
        return text.toString();
    }

    /** By what stands before the last part of a key, in the order in which the code lists the first of each. */
    private static Map<String, List<Keys.Key>> sections() {
        Map<String, List<Keys.Key>> sections = new LinkedHashMap<>();
        Keys.all().forEach(key -> add(sections, key));
        Keys.ofAUser().forEach(key -> add(sections, named(Keys.USERS + "<name>.", key)));
        Keys.ofADevice().forEach(key -> add(sections, named(Keys.DEVICES + "<name>.", key)));
        return sections;
    }

    private static Keys.Key named(String prefix, Keys.Key key) {
        return new Keys.Key(prefix + key.name(), key.fallback(), key.help());
    }

    private static void add(Map<String, List<Keys.Key>> sections, Keys.Key key) {
        int named = key.name().indexOf("<name>");
        int end = named >= 0 ? named + "<name>".length() : key.name().indexOf('.', Keys.PREFIX.length());
        String section = key.name().substring(0, end < 0 ? Keys.PREFIX.length() - 1 : end);
        sections.computeIfAbsent(section, any -> new ArrayList<>()).add(key);
    }

    private static String row(Keys.Key key) {
        String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        return "| `%s` | `%s` | %s | %s |%n"
                .formatted(key.name(), variable(key.name()), cell(fallback), cell(key.help()))
                .replace(System.lineSeparator(), "\n");
    }

    private static String variable(String key) {
        int named = key.indexOf("<name>");
        return named < 0
                ? Keys.environmentVariable(key)
                : Keys.environmentVariable(key.substring(0, named))
                        + "<NAME>"
                        + Keys.environmentVariable(key.substring(named + "<name>".length()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
