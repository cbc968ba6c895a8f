package io.punchbridge.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.TestSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand callers who hold on to what they can, and some who knock as fast as they can, against 128 MB of heap. */
@Tag("chaos")
class FloodIT {
    private static final int CONNECTIONS = 10_000;
    private static final int GOOD_CALLBACKS = 200;
    private static final int WARM_UP = 2000;
    private static final Duration BETWEEN_CALLBACKS = Duration.ofMillis(100);
    /** Told, not asserted, is how many take longer than the second that docs/benchmarks.md promises. */
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Instant MORNING = Instant.parse("2026-01-19T05:00:00Z");
    /** A mebibyte that is as large as a tree can be made, from somebody without a token. */
    private static final String LARGE_TREE = "{\"A\":[" + "{},".repeat(340_000) + "0]}";

    @TempDir
    Path directory;

    private final int port = TestSettings.freePort();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void good_callbacks_are_answered_through_it_all() throws Exception {
        // Given
        int connections = connections();
        Process service = start();
        List<String> bad = new ArrayList<>();
        long slowest = 0;
        int late = 0;
        AtomicLong refused = new AtomicLong();
        try (Flood flood = new Flood(port, connections)) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> post(good(0), Duration.ofSeconds(10)) == 200);
            // The promise is one of a service that runs, not of a JVM in its first seconds.
            for (int i = 1; i <= WARM_UP; i++) {
                post(good(-i), Duration.ofSeconds(10));
            }
            flood.start();
            List<Thread> knockers = List.of(
                    knocker("wrong-token-1", Callbacks.punch("SN", "no-token", "2", "CheckIn", MORNING), refused),
                    knocker("wrong-token-2", Callbacks.punch("SN", "no-token", "2", "CheckIn", MORNING), refused),
                    knocker("large-tree-1", LARGE_TREE, refused),
                    knocker("large-tree-2", LARGE_TREE, refused));

            // When
            for (int i = 1; i <= GOOD_CALLBACKS; i++) {
                long started = System.nanoTime();
                String answer = answerTo(good(i));
                long took = System.nanoTime() - started;
                slowest = Math.max(slowest, took);
                late += took > PROMISED.toNanos() ? 1 : 0;
                if (!answer.equals("200")) {
                    bad.add("number " + i + ": " + answer);
                }
                LockSupport.parkNanos(BETWEEN_CALLBACKS.toNanos());
            }
            over.set(true);
            for (Thread knocker : knockers) {
                knocker.join();
            }
            tell(
                    "%d connections held, %d opened anew, %d bad callbacks refused, slowest good one %d ms, %d of %d later than a second, resident %s"
                            .formatted(
                                    flood.open(),
                                    flood.reopened(),
                                    refused.get(),
                                    TimeUnit.NANOSECONDS.toMillis(slowest),
                                    late,
                                    GOOD_CALLBACKS,
                                    resident(service)));
        } finally {
            over.set(true);
            service.destroyForcibly().waitFor();
        }

        // Then
        assertThat(log()).doesNotContain("OutOfMemoryError", "Too many open files", "\tat ", " ERROR ");
        assertThat(bad).as("good callbacks not answered").isEmpty();
        assertThat(refused).hasPositiveValue();
    }

    private static String good(int number) {
        return Callbacks.punch(
                TestSettings.SERIAL_NUMBER, TestSettings.TOKEN, "2", "CheckIn", MORNING.plusSeconds(number));
    }

    private Thread knocker(String name, String body, AtomicLong refused) {
        Thread thread = new Thread(
                () -> {
                    while (!over.get()) {
                        try {
                            int status = post(body, Duration.ofSeconds(30));
                            if (status == 403 || status == 400) {
                                refused.incrementAndGet();
                            }
                        } catch (IOException closed) {
                            // The flood may be cut off in any way; only the good ones count.
                            LockSupport.parkNanos(1_000_000);
                        }
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private String answerTo(String body) {
        try {
            return Integer.toString(post(body, PATIENCE));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private int post(String body, Duration within) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/cams/callback"))
                .timeout(within)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A test that holds fewer connections than it says would prove less than it says: told, not hidden. */
    private static int connections() {
        long handles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : CONNECTIONS;
        int possible = (int) Math.min(CONNECTIONS, handles - 1000);
        if (possible < CONNECTIONS) {
            tell("ONLY %d connections instead of %d: this process may have no more than %d files open (ulimit -Hn)"
                    .formatted(possible, CONNECTIONS, handles));
        }
        return possible;
    }

    private Process start() throws IOException {
        String app = System.getProperty("quarkus-app.dir", "target/quarkus-app");
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-jar",
                Path.of(app, "quarkus-run.jar").toAbsolutePath().toString());
        builder.environment().put("PUNCHBRIDGE_FRAPPE_URL", "http://127.0.0.1:" + TestSettings.freePort());
        builder.environment().put("PUNCHBRIDGE_FRAPPE_API_KEY", "nobody");
        builder.environment().put("PUNCHBRIDGE_FRAPPE_API_SECRET", "answers-here");
        builder.environment().put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_SERIAL_NUMBER", TestSettings.SERIAL_NUMBER);
        builder.environment().put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN", TestSettings.TOKEN);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(TestSettings.freePort()));
        File out = directory.resolve("out.log").toFile();
        return builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("out.log"));
    }

    private static String resident(Process service) throws IOException {
        Path status = Path.of("/proc", Long.toString(service.pid()), "status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }

    private static void tell(String line) {
        System.out.println("Flood: " + line);
    }
}
