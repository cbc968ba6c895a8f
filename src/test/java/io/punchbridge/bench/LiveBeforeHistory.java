package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How soon live punches stand in Frappe while a million of history wait. */
final class LiveBeforeHistory implements Measurement {
    private static final int HISTORY = 1_000_000;
    private static final int LIVE = 400;
    private static final int LONGEST_PAUSE_MILLIS = 300;
    private static final double REACH = 5;

    @Override
    public String name() {
        return "live";
    }

    @Override
    public List<Row> measure() throws Exception {
        Path directory = Service.newDirectory("live");
        int history = Settings.scaled(HISTORY);
        Store.in(directory).addHistory(Punches.ofHistory(Duration.ofDays(60)), history);
        Random random = new Random(1);
        Samples millis;
        int historyMeanwhile;
        try (SimulatedFrappe frappe = Frappe.measured();
                Service service = Service.start(directory, frappe);
                Callback gateway = new Callback(service.port(), Punches.since(Duration.ofDays(10)))) {
            Frappe.awaitCheckins(frappe, Math.min(history, 300), Duration.ofMinutes(1));
            for (int i = 0; i < Math.max(20, Settings.scaled(LIVE)); i++) {
                gateway.send();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            }
            millis = Waits.of(gateway.sent(), frappe, Duration.ofSeconds(60));
            historyMeanwhile = frappe.checkinCount() - gateway.sent().size();
        }
        double seconds = millis.quantile(0.99) / 1000;
        return List.of(Row.of(
                        "%d live punches while %,d of history wait: p99 from callback to check-in"
                                .formatted(millis.count(), history),
                        "%.1f s".formatted(seconds),
                        "≤ %.0f s".formatted(REACH),
                        seconds <= REACH,
                        millis.spread("%.0f") + " ms")
                .with("millis", millis.values())
                .with("historyDelivered", historyMeanwhile));
    }
}
