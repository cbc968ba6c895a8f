package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How long the slowest of a hundred acknowledgements takes, against the slowest of a hundred fdatasync. In many short
 * rounds, taken together, since a virtual disk changes its pace from one second to the next.
 */
final class AcknowledgementLatency implements Measurement {
    private static final int CONNECTIONS = 16;
    private static final int PACED_PER_SECOND = 500;
    private static final int ROUNDS = 20;
    private static final double REACH = 4;

    private final List<Samples> disk = new ArrayList<>();
    private final List<Samples> busy = new ArrayList<>();
    private final List<Samples> paced = new ArrayList<>();

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Row> measure() throws Exception {
        Duration round = Settings.scaled(Duration.ofSeconds(1));
        Path directory = Service.newDirectory("latency");
        try (SimulatedFrappe frappe = Frappe.measured();
                Fsync fsync = new Fsync(directory);
                Service service = Service.start(directory, frappe)) {
            LoadGenerator generator = new LoadGenerator(service.port(), CONNECTIONS);
            Punches.Requests requests = Punches.since(Duration.ofHours(12)).requests(Punches.TOKEN);
            generator.run(requests, round.multipliedBy(15)).require(200);
            for (int i = 0; i < ROUNDS; i++) {
                disk.add(fsync.run(round));
                busy.add(generator.run(requests, round).require(200).millis());
                paced.add(generator
                        .run(requests, round, PACED_PER_SECOND)
                        .require(200)
                        .millis());
            }
        }
        return List.of(
                row("p99 of the acknowledgement at 16 connections, each sending at once again", busy),
                row("the same at 16 connections and " + PACED_PER_SECOND + " requests a second", paced));
    }

    private Row row(String what, List<Samples> acknowledgements) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ratios.add(acknowledgements.get(i).quantile(0.99) / disk.get(i).quantile(0.99));
        }
        Samples ours = together(acknowledgements);
        Samples theirs = together(disk);
        double ratio = ours.quantile(0.99) / theirs.quantile(0.99);
        return Row.of(
                        what + " ÷ p99 of fdatasync",
                        "%.1f (%.2f ms ÷ %.2f ms)".formatted(ratio, ours.quantile(0.99), theirs.quantile(0.99)),
                        "≤ %.0f".formatted(REACH),
                        ratio <= REACH,
                        Samples.of(ratios).spread("%.1f")
                                + " by rounds; medians %.2f ms, %.2f ms".formatted(ours.median(), theirs.median()))
                .with("ratioByRounds", Samples.of(ratios).values())
                .with("acknowledgementP99Millis", p99s(acknowledgements))
                .with("fdatasyncP99Millis", p99s(disk));
    }

    private static Samples together(List<Samples> rounds) {
        return Samples.of(rounds.stream()
                .flatMapToDouble(samples -> DoubleStream.of(samples.values()))
                .toArray());
    }

    private static double[] p99s(List<Samples> rounds) {
        return rounds.stream().mapToDouble(samples -> samples.quantile(0.99)).toArray();
    }
}
