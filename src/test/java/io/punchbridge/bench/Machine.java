package io.punchbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the numbers were measured on. */
record Machine(Map<String, Object> facts) {

    static Machine here() throws IOException {
        Files.createDirectories(Settings.DIRECTORY);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "At",
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("Cores", Runtime.getRuntime().availableProcessors());
        facts.put("Processor", line("/proc/cpuinfo", "model name"));
        facts.put("Memory", line("/proc/meminfo", "MemTotal"));
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("File system", Files.getFileStore(Settings.DIRECTORY).type());
        facts.put("Load when it began (1, 5, 15 min)", firstLine("/proc/loadavg"));
        return new Machine(facts);
    }

    private static String line(String file, String key) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "?";
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("?");
    }

    private static String firstLine(String file) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? Files.readAllLines(path).get(0) : "?";
    }
}
