package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Acknowledgements a second with ten million punches stored, against an empty store. Filling takes minutes, so that a
 * filled store is kept for the next run.
 */
final class ManyStored implements Measurement {
    private static final int ROUNDS = 5;
    private static final double REACH = 0.8;

    @Override
    public String name() {
        return "many-stored";
    }

    @Override
    public List<Row> measure() throws Exception {
        int stored = Settings.scaled(10_000_000);
        Duration round = Settings.scaled(Duration.ofSeconds(5));
        Path full = filled(stored);
        Path empty = Service.newDirectory("empty");
        List<Double> fullPerSecond = new ArrayList<>();
        List<Double> emptyPerSecond = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (SimulatedFrappe frappe = Frappe.measured();
                SimulatedFrappe otherFrappe = Frappe.measured();
                Service onFull = Service.start(full, frappe);
                Service onEmpty = Service.start(empty, otherFrappe)) {
            LoadGenerator toFull = new LoadGenerator(onFull.port(), Acknowledgements.CONNECTIONS);
            LoadGenerator toEmpty = new LoadGenerator(onEmpty.port(), Acknowledgements.CONNECTIONS);
            Punches.Requests requests = Punches.since(Duration.ofHours(12)).requests(Punches.TOKEN);
            toFull.run(requests, round.multipliedBy(3)).require(200);
            toEmpty.run(requests, round.multipliedBy(3)).require(200);
            for (int i = 0; i < ROUNDS; i++) {
                double fullNow = toFull.run(requests, round).require(200).perSecond();
                double emptyNow = toEmpty.run(requests, round).require(200).perSecond();
                fullPerSecond.add(fullNow);
                emptyPerSecond.add(emptyNow);
                ratios.add(fullNow / emptyNow);
            }
        }
        Samples ratio = Samples.of(ratios);
        return List.of(Row.of(
                        "acknowledgements a second with %,d punches stored ÷ with an empty store".formatted(stored),
                        "%.2f (%,.0f/s ÷ %,.0f/s)"
                                .formatted(
                                        ratio.median(),
                                        Samples.of(fullPerSecond).median(),
                                        Samples.of(emptyPerSecond).median()),
                        "≥ " + REACH,
                        ratio.median() >= REACH,
                        ratio.spread("%.2f"))
                .with("ratio", ratio.values())
                .with("fullPerSecond", Samples.of(fullPerSecond).values())
                .with("emptyPerSecond", Samples.of(emptyPerSecond).values())
                .with("fileMiB", Files.size(Service.store(full)) >> 20));
    }

    /** The directory of a service that holds so many delivered punches of months ago, and no others. */
    static Path filled(int stored) throws Exception {
        Path directory = Settings.DIRECTORY.resolve("stored-" + stored);
        Path mark = directory.resolve("filled");
        if (Files.exists(mark)) {
            Store.in(directory).keepOnlyBefore(Instant.parse(Files.readString(mark)), stored);
            return directory;
        }
        Store store = Store.in(Service.newDirectory(directory.getFileName().toString()));
        Punches punches = Punches.since(Duration.ofDays(80));
        store.addDelivered(punches, stored);
        Files.writeString(mark, punches.next().at().plusSeconds(1).toString());
        return directory;
    }
}
