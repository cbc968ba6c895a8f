package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An exchange with a real site, as it was recorded. */
record Recording(String name, JsonNode request, int status, Map<String, String> headers, String body) {
    private static final Path DIRECTORY = Path.of("src/test/resources/frappe-fixtures");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Recording of(String name) {
        return read(DIRECTORY.resolve(name + ".json"));
    }

    static List<Recording> failures() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Recording> failures = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .filter(recording -> recording.status() > 0) // some recordings tell a story instead
                    .filter(recording -> !recording.reply().isSuccess())
                    .forEach(failures::add);
            return failures;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(Path file) {
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            JsonNode response = json.path("response");
            Map<String, String> headers = new LinkedHashMap<>();
            response.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            return new Recording(
                    json.path("name").asText(),
                    json.path("request"),
                    response.path("status").asInt(),
                    headers,
                    response.path("body").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply reply() {
        return Reply.of(status, headers, body);
    }
}
