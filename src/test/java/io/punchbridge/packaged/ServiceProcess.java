package io.punchbridge.packaged;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service, running in a process of its own on ports that the system chose. Whatever of it still runs is
 * killed when this is closed.
 */
public final class ServiceProcess implements AutoCloseable {
    static final Path APP = Path.of(System.getProperty("quarkus-app.dir", "target/quarkus-app"));

    /** Generous: the machine that runs the tests may be busy. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private static final Duration END_PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: (http://\\S+?)\\. Management interface listening on (http://\\S+?)\\.[\\s\"]");

    private final Process process;
    private final Path outputFile;

    private ServiceProcess(Process process, Path outputFile) {
        this.process = process;
        this.outputFile = outputFile;
    }

    /** What a service is started with; may start any number of services. */
    public static final class Setup {
        private final Path directory;
        private final Map<String, String> environment = new TreeMap<>();
        private int starts;

        /** @param directory the working directory, in which {@code config/} is looked for */
        public Setup(Path directory) {
            this.directory = directory;
            environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
            environment.put("QUARKUS_HTTP_PORT", "0");
            environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
            environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        }

        public Setup environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Setup environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        Setup yaml(String text) {
            try {
                Files.createDirectories(directory.resolve("config"));
                Files.writeString(directory.resolve("config/application.yaml"), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        /** Starts it and waits for nothing. */
        public ServiceProcess launch() {
            Path output = directory.resolve("output-" + ++starts + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-jar",
                            APP.toAbsolutePath().resolve("quarkus-run.jar").toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("PUNCHBRIDGE_") || name.startsWith("QUARKUS_"));
            builder.environment().putAll(environment);
            try {
                return new ServiceProcess(builder.start(), output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts it and waits until it says that it is ready. */
        public ServiceProcess start() {
            ServiceProcess service = launch();
            boolean ready = false;
            try {
                service.awaitReady();
                ready = true;
                return service;
            } finally {
                if (!ready) {
                    service.close();
                }
            }
        }
    }

    public void awaitReady() {
        await("readiness")
                .atMost(START_PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::requireRunning)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(this::isReady);
    }

    private void requireRunning() {
        if (!isRunning()) {
            throw new IllegalStateException("the service ended while it started; it said:\n" + output());
        }
    }

    private boolean isReady() {
        return LISTENING.matcher(output()).find()
                && Http.get(managementUrl("/q/health/ready")).statusCode() == 200;
    }

    URI callback() {
        return url("/cams/callback");
    }

    URI url(String path) {
        return URI.create(listening().group(1) + path);
    }

    URI managementUrl(String path) {
        return URI.create(listening().group(2) + path);
    }

    private Matcher listening() {
        Matcher matcher = LISTENING.matcher(output());
        if (!matcher.find()) {
            throw new IllegalStateException("the service doesn't listen yet; it said:\n" + output());
        }
        return matcher;
    }

    HttpResponse<String> post(String body) {
        return Http.post(callback(), body);
    }

    /** Everything it has printed. */
    public String output() {
        try {
            return Files.readString(outputFile, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory that the process holds, as the Linux kernel counts it. */
    long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Lets it run for a while; false if it ended meanwhile. */
    public boolean runFor(Duration duration) {
        try {
            return !process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end (SIGTERM); returns its exit code. */
    int stop() {
        process.destroy();
        return awaitExit();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    int awaitExit() {
        if (runFor(END_PATIENCE)) {
            throw new IllegalStateException("the service still runs; it said:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
    }
}
