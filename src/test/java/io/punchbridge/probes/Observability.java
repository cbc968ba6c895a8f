package io.punchbridge.probes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** What lies in {@code deployment/observability}. */
final class Observability {
    static final Path FOLDER = Path.of("deployment", "observability");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Observability() {}

    /** @param rule as it stands in the file */
    record Alert(String name, JsonNode rule) {
        Expression expression() {
            return new Expression(rule.path("expr").asText());
        }

        String annotation(String annotation) {
            return rule.path("annotations").path(annotation).asText();
        }
    }

    /** @param legend may show labels, as {@code {{device}}} */
    record Query(String panel, Expression expression, String legend) {}

    static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : read("alerts.yaml").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                alerts.add(new Alert(rule.path("alert").asText(), rule));
            }
        }
        return alerts;
    }

    static List<Query> dashboard() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : read("dashboard.json").path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        panel.path("title").asText(),
                        new Expression(target.path("expr").asText()),
                        target.path("legendFormat").asText()));
            }
        }
        return queries;
    }

    /** JSON is YAML, too. */
    private static JsonNode read(String file) {
        return JSON.valueToTree(new Yaml().load(text(FOLDER.resolve(file))));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
