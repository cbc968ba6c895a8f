package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How soon a punch that comes alone stands in Frappe: nothing may hold it back to fill a batch. */
final class LonePunch implements Measurement {
    private static final int PUNCHES = 50;
    private static final double REACH = 100;

    @Override
    public String name() {
        return "lone";
    }

    @Override
    public List<Row> measure() throws Exception {
        Random random = new Random(1);
        Samples millis;
        try (SimulatedFrappe frappe = Frappe.measured();
                Service service = Service.start(Service.newDirectory("lone"), frappe);
                Callback warmUp = new Callback(service.port(), Punches.since(Duration.ofDays(20)));
                Callback gateway = new Callback(service.port(), Punches.since(Duration.ofDays(10)))) {
            for (int i = 0; i < 10; i++) {
                warmUp.send();
                TimeUnit.MILLISECONDS.sleep(200);
            }
            for (int i = 0; i < Math.max(5, Settings.scaled(PUNCHES)); i++) {
                gateway.send();
                // Now sooner, now later than idle connections to Frappe are kept.
                TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1300));
            }
            millis = Waits.of(gateway.sent(), frappe, Duration.ofSeconds(30));
        }
        double more = millis.median() - Frappe.INSERT_MILLIS;
        return List.of(Row.of(
                        "from callback to check-in, idle system, median of " + millis.count()
                                + ", beyond Frappe's own 21 ms",
                        "%.0f ms".formatted(more),
                        "≤ %.0f ms".formatted(REACH),
                        more <= REACH,
                        millis.spread("%.0f") + " ms in all")
                .with("millis", millis.values()));
    }
}
