package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon the service is ready, and what memory it takes. */
final class StartAndMemory implements Measurement {
    private static final int STARTS = 5;
    private static final double REACH_SECONDS = 2.5;
    private static final double REACH_IDLE = 200;
    private static final double REACH_LOADED = 320;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Row> measure() throws Exception {
        List<Double> seconds = new ArrayList<>();
        try (SimulatedFrappe frappe = Frappe.measured()) {
            Path directory = Service.newDirectory("start");
            for (int i = 0; i < STARTS; i++) {
                try (Service service = Service.launch(directory, frappe)) {
                    seconds.add(service.awaitReady(Duration.ofMillis(5)).toNanos() / 1e9);
                }
            }
        }
        List<Double> idle = new ArrayList<>();
        List<Double> loaded = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            memory(idle, loaded);
        }
        Samples start = Samples.of(seconds);
        return List.of(
                Row.of(
                                "start of the process to ready, JVM, -Xmx128m, median of " + STARTS,
                                "%.2f s".formatted(start.median()),
                                "≤ " + REACH_SECONDS + " s",
                                start.median() <= REACH_SECONDS,
                                start.spread("%.2f") + " s")
                        .with("seconds", start.values()),
                memoryRow("resident memory, idle", idle, REACH_IDLE),
                memoryRow("resident memory at full load (64 connections), highest", loaded, REACH_LOADED),
                Row.notMeasured(
                        "native image: start, memory idle, at full load",
                        "≤ 0.1 s, ≤ 80 MB, ≤ 150 MB",
                        "no GraalVM here"));
    }

    private static Row memoryRow(String what, List<Double> values, double reach) {
        Samples samples = Samples.of(values);
        return Row.of(
                        what + ", JVM, -Xmx128m",
                        "%.0f MiB".formatted(samples.median()),
                        "≤ %.0f MB".formatted(reach),
                        samples.median() * 1.048576 <= reach,
                        samples.spread("%.0f") + " MiB")
                .with("MiB", samples.values());
    }

    private static void memory(List<Double> idle, List<Double> loaded) throws IOException, InterruptedException {
        Punches.Requests requests = Punches.since(Duration.ofHours(12)).requests(Punches.TOKEN);
        try (SimulatedFrappe frappe = Frappe.measured();
                Service service = Service.start(Service.newDirectory("memory"), frappe)) {
            TimeUnit.MILLISECONDS.sleep(Settings.scaled(Duration.ofSeconds(15)).toMillis());
            idle.add(service.residentMiB());
            new LoadGenerator(service.port(), Acknowledgements.CONNECTIONS)
                    .run(requests, Settings.scaled(Duration.ofSeconds(20)))
                    .require(200);
            loaded.add(service.highestResidentMiB());
        }
    }
}
