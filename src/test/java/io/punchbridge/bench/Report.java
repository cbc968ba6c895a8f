package io.punchbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table as text and as JSON. Written anew after each measurement, so that a broken run leaves what it has. */
final class Report {
    /** Among a row's numbers: the share of the processors that others took while it was measured. */
    static final String OTHERS = "othersShare";

    private final Machine machine;
    private final List<Row> rows = new ArrayList<>();

    Report(Machine machine) {
        this.machine = machine;
    }

    void add(List<Row> more) throws IOException {
        rows.addAll(more);
        Files.createDirectories(Settings.DIRECTORY);
        Files.writeString(file("benchmarks.md"), markdown());
        Files.writeString(file("benchmarks.json"), json());
    }

    static Path file(String name) {
        return Settings.DIRECTORY.resolve(name);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        machine.facts()
                .forEach((fact, value) ->
                        text.append(fact).append(": ").append(value).append("  \n"));
        if (Settings.SCALE != 1) {
            text.append("Scale ").append(Settings.SCALE).append(": these numbers mean nothing.  \n");
        }
        text.append(
                "\n| what | measured | reach | reached | min / median / max | others' load |\n|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ")
                    .append(String.join(
                            " | ", row.what(), row.measured(), row.reach(), row.verdict(), row.spread(), others(row)))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String others(Row row) {
        return row.numbers().get(OTHERS) instanceof Double share ? "%.0f %%".formatted(share * 100) : "";
    }

    private String json() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine.facts());
        all.put("scale", Settings.SCALE);
        all.put("rows", rows);
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
    }
}
