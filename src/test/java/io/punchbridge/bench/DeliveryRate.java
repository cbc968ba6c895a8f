package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Punches a second into a Frappe of the real one's speed, against the least that anybody could do. */
final class DeliveryRate implements Measurement {
    private static final int ROUNDS = 3;
    private static final int BATCH = 200;
    private static final double REACH_OF_BATCHES = 0.95;
    private static final double REACH_OF_SINGLES = 2.9;

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public List<Row> measure() throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> ofBatches = new ArrayList<>();
        List<Double> ofSingles = new ArrayList<>();
        List<Double> batches = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            double batchesNow = bare(BATCH, Settings.scaled(12));
            double oursNow = punchbridge(Math.max(3, Settings.scaled(20)) * BATCH);
            double singlesNow = bare(1, Settings.scaled(200));
            ours.add(oursNow);
            batches.add(batchesNow);
            singles.add(singlesNow);
            ofBatches.add(oursNow / batchesNow);
            ofSingles.add(oursNow / singlesNow);
        }
        return List.of(
                row("bare insert_many(200) back to back", ofBatches, ours, batches, REACH_OF_BATCHES),
                row("one POST a punch", ofSingles, ours, singles, REACH_OF_SINGLES));
    }

    private static Row row(String to, List<Double> ratios, List<Double> ours, List<Double> theirs, double reach) {
        Samples ratio = Samples.of(ratios);
        return Row.of(
                        "delivery, punches a second, Frappe at its measured speed ÷ " + to,
                        "%.3f (%.1f/s ÷ %.1f/s)"
                                .formatted(
                                        ratio.median(),
                                        Samples.of(ours).median(),
                                        Samples.of(theirs).median()),
                        "≥ " + reach,
                        ratio.median() >= reach,
                        ratio.spread("%.3f"))
                .with("ratio", ratio.values())
                .with("perSecond", Samples.of(ours).values())
                .with("barePerSecond", Samples.of(theirs).values());
    }

    private static double bare(int documents, int requests) throws Exception {
        try (SimulatedFrappe frappe = Frappe.measured()) {
            BareClient client = new BareClient(frappe, Punches.since(Duration.ofDays(10)));
            insert(client, documents);
            long begin = System.nanoTime();
            for (int i = 0; i < requests; i++) {
                insert(client, documents);
            }
            return documents * requests * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static void insert(BareClient client, int documents) throws Exception {
        if (documents == 1) {
            client.insertOne();
        } else {
            client.insertMany(documents);
        }
    }

    /** From the moment in which the first batch stands until the last one does: whole rounds, the start left out. */
    private static double punchbridge(int punches) throws Exception {
        Path directory = Service.newDirectory("delivery");
        Store.in(directory).addLive(Punches.since(Duration.ofDays(10)), punches);
        try (SimulatedFrappe frappe = Frappe.measured();
                Service service = Service.start(directory, frappe)) {
            Frappe.awaitCheckins(frappe, punches, Duration.ofMinutes(3));
            service.requireRunning();
            List<SimulatedCheckin> checkins = Frappe.requireExactly(frappe, punches);
            SimulatedCheckin endOfFirst = checkins.get(BATCH - 1);
            return (punches - BATCH) / Frappe.seconds(endOfFirst, checkins.get(punches - 1));
        }
    }
}
