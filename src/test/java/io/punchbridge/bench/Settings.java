package io.punchbridge.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What of the run can be chosen: {@code -Dbench.only=live,drain} names measurements, {@code -Dbench.scale=0.01} makes
 * all of them small (to try the harness; the numbers then mean nothing), {@code -Dbench.jvm=…} gives the service more
 * options, e.g. to profile it.
 */
final class Settings {
    static final Path APP = Path.of(System.getProperty("quarkus-app.dir", "target/quarkus-app"));
    static final Path DIRECTORY =
            Path.of(System.getProperty("bench.dir", "target/bench")).toAbsolutePath();
    static final String ONLY = System.getProperty("bench.only", "");
    static final String JVM = System.getProperty("bench.jvm", "");
    static final double SCALE = Double.parseDouble(System.getProperty("bench.scale", "1"));

    private Settings() {}

    static int scaled(int count) {
        return Math.max(1, (int) Math.round(count * SCALE));
    }

    static Duration scaled(Duration duration) {
        return Duration.ofMillis(Math.max(200, Math.round(duration.toMillis() * SCALE)));
    }
}
