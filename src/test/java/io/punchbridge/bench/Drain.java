package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether a large backlog is worked off at one pace and in one memory, into a Frappe that takes no time. */
final class Drain implements Measurement {
    private static final int PUNCHES = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final double REACH = 0.95;
    private static final double SAME_MEMORY = 1.1;

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public List<Row> measure() throws Exception {
        Path directory = Service.newDirectory("drain");
        int punches = Settings.scaled(PUNCHES);
        Store store = Store.in(directory);
        store.addHistory(Punches.ofHistory(Duration.ofDays(60)), punches);
        List<Double> resident = new ArrayList<>();
        List<SimulatedCheckin> checkins;
        try (SimulatedFrappe frappe = Frappe.instant();
                Service service = Service.start(directory, frappe)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (frappe.checkinCount() < punches) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("%d of %d punches were delivered within %d min"
                            .formatted(frappe.checkinCount(), punches, PATIENCE.toMinutes()));
                }
                resident.add(service.residentMiB());
                TimeUnit.MILLISECONDS.sleep(500);
            }
            resident.add(service.residentMiB());
            checkins = Frappe.requireExactly(frappe, punches);
        }
        long left = store.count("state <> 'DELIVERED'");
        if (left > 0) {
            throw new IllegalStateException(left + " punches stand in Frappe and not as delivered in the store");
        }
        // The first tenth is left out: the virtual machine still compiles.
        double first = perSecond(checkins, 0.1, 0.3);
        double last = perSecond(checkins, 0.8, 1);
        Samples early = Samples.of(
                resident.subList(resident.size() / 10, Math.max(resident.size() / 2, resident.size() / 10 + 1)));
        Samples late = Samples.of(resident.subList(resident.size() / 2, resident.size()));
        return List.of(
                Row.of(
                                "draining %,d, heap 128 MB: punches a second at the end ÷ at the start"
                                        .formatted(punches),
                                "%.2f (%,.0f/s ÷ %,.0f/s)".formatted(last / first, last, first),
                                "≥ " + REACH,
                                last / first >= REACH,
                                tenths(checkins).spread("%,.0f") + " /s by tenths")
                        .with("perSecondByTenths", byTenths(checkins)),
                Row.of(
                                "the same: resident memory, median of the second half ÷ of the first",
                                "%.2f (%.0f MiB ÷ %.0f MiB)"
                                        .formatted(late.median() / early.median(), late.median(), early.median()),
                                "constant (≤ " + SAME_MEMORY + ")",
                                late.median() / early.median() <= SAME_MEMORY,
                                Samples.of(resident).spread("%.0f") + " MiB")
                        .with("residentMiB", resident));
    }

    private static Samples tenths(List<SimulatedCheckin> checkins) {
        return Samples.of(byTenths(checkins));
    }

    private static List<Double> byTenths(List<SimulatedCheckin> checkins) {
        List<Double> tenths = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tenths.add(perSecond(checkins, i / 10.0, (i + 1) / 10.0));
        }
        return tenths;
    }

    private static double perSecond(List<SimulatedCheckin> checkins, double from, double to) {
        int first = (int) (from * (checkins.size() - 1));
        int last = (int) (to * (checkins.size() - 1));
        return (last - first) / Frappe.seconds(checkins.get(first), checkins.get(last));
    }
}
