package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.TestSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The packaged service in a process of its own, with a heap of 128 MiB. */
final class Service implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path directory;
    private final int port;
    private final int managementPort;
    private final long startedAt;

    private Service(Process process, Path directory, int port, int managementPort) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.managementPort = managementPort;
        this.startedAt = System.nanoTime();
    }

    /** A new directory, in which a service keeps its store. */
    static Path newDirectory(String name) throws IOException {
        Path directory = Settings.DIRECTORY.resolve(name);
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((one, other) -> other.compareTo(one))
                        .forEach(file -> file.toFile().delete());
            }
        }
        return Files.createDirectories(directory);
    }

    static Path store(Path directory) {
        return directory.resolve("punchbridge.db");
    }

    static Service start(Path directory, SimulatedFrappe frappe) throws IOException {
        Service service = launch(directory, frappe);
        service.awaitReady(Duration.ofMillis(20));
        return service;
    }

    static Service launch(Path directory, SimulatedFrappe frappe) throws IOException {
        return launch(directory, frappe, Map.of());
    }

    /** @param more environment variables of its own */
    static Service launch(Path directory, SimulatedFrappe frappe, Map<String, String> more) throws IOException {
        int port = TestSettings.freePort();
        int managementPort = TestSettings.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        Arrays.stream(Settings.JVM.split(" ", -1))
                .filter(option -> !option.isBlank())
                .forEach(command::add);
        command.add("-jar");
        command.add(Settings.APP.toAbsolutePath().resolve("quarkus-run.jar").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(output(directory).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PUNCHBRIDGE_") || name.startsWith("QUARKUS_"));
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                        Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                        Map.entry("QUARKUS_MANAGEMENT_HOST", "127.0.0.1"),
                        Map.entry("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort)),
                        Map.entry("PUNCHBRIDGE_FRAPPE_URL", frappe.url().toString()),
                        Map.entry("PUNCHBRIDGE_FRAPPE_API_KEY", SimulatedFrappe.API_KEY),
                        Map.entry("PUNCHBRIDGE_FRAPPE_API_SECRET", SimulatedFrappe.API_SECRET),
                        Map.entry("PUNCHBRIDGE_DEVICES_GATE_SERIAL_NUMBER", Punches.SERIAL_NUMBER),
                        Map.entry("PUNCHBRIDGE_DEVICES_GATE_AUTH_TOKEN", Punches.TOKEN),
                        Map.entry(
                                "PUNCHBRIDGE_STORAGE_SQLITE_FILE",
                                store(directory).toString())));
        builder.environment().putAll(more);
        return new Service(builder.start(), directory, port, managementPort);
    }

    private static Path output(Path directory) {
        return directory.resolve("output.log");
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** How long it took from the start of the process; asks this often. */
    Duration awaitReady(Duration pause) {
        while (!isReady()) {
            requireRunning();
            if (System.nanoTime() - startedAt > START_PATIENCE.toNanos()) {
                throw new IllegalStateException("the service isn't ready after " + START_PATIENCE + ":\n" + output());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    void requireRunning() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service ended; it said:\n" + output());
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(10_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Resident memory in MiB, as Linux counts it. */
    double residentMiB() {
        return memory("VmRSS:");
    }

    double highestResidentMiB() {
        return memory("VmHWM:");
    }

    private double memory(String line) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(each -> each.startsWith(line))
                    .mapToDouble(each -> Double.parseDouble(each.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output(directory), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the service did not stop within 40 s:\n" + output());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
