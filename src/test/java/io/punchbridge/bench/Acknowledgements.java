package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durable acknowledgements a second, against the same server refusing the same requests. */
final class Acknowledgements implements Measurement {
    static final int CONNECTIONS = 64;
    private static final int ROUNDS = 5;
    private static final double REACH = 0.3;

    @Override
    public String name() {
        return "acknowledgements";
    }

    @Override
    public List<Row> measure() throws Exception {
        Duration round = Settings.scaled(Duration.ofSeconds(5));
        List<Double> stored = new ArrayList<>();
        List<Double> refused = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (SimulatedFrappe frappe = Frappe.measured();
                Service service = Service.start(Service.newDirectory("acknowledgements"), frappe)) {
            LoadGenerator generator = new LoadGenerator(service.port(), CONNECTIONS);
            Punches punches = Punches.since(Duration.ofHours(12));
            Punches.Requests good = punches.requests(Punches.TOKEN);
            Punches.Requests bad = punches.requests(Punches.WRONG_TOKEN);
            generator.run(bad, round.multipliedBy(2));
            generator.run(good, round.multipliedBy(2)).require(200);
            for (int i = 0; i < ROUNDS; i++) {
                double storedNow = generator.run(good, round).require(200).perSecond();
                double refusedNow = generator.run(bad, round).require(403).perSecond();
                stored.add(storedNow);
                refused.add(refusedNow);
                ratios.add(storedNow / refusedNow);
            }
        }
        Samples ratio = Samples.of(ratios);
        Samples perSecond = Samples.of(stored);
        Samples refusedPerSecond = Samples.of(refused);
        return List.of(Row.of(
                        "durable acknowledgements a second at 64 connections ÷ the same requests answered 403",
                        "%.2f (%,.0f/s ÷ %,.0f/s)"
                                .formatted(ratio.median(), perSecond.median(), refusedPerSecond.median()),
                        "≥ " + REACH,
                        ratio.median() >= REACH,
                        ratio.spread("%.2f") + "; " + perSecond.spread("%,.0f") + " /s")
                .with("ratio", ratio.values())
                .with("storedPerSecond", perSecond.values())
                .with("refusedPerSecond", refusedPerSecond.values()));
    }
}
