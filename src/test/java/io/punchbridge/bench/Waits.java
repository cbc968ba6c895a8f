package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Milliseconds from the sending of callbacks until the site had written their check-ins, both by one clock. */
final class Waits {
    private Waits() {}

    static Samples of(Map<Frappe.Identity, Instant> sent, SimulatedFrappe frappe, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<Frappe.Identity, Instant> written = new HashMap<>();
            for (SimulatedCheckin checkin : frappe.checkins()) {
                Frappe.Identity identity = Frappe.Identity.of(checkin);
                if (sent.containsKey(identity) && written.put(identity, Frappe.writtenAt(checkin)) != null) {
                    throw new IllegalStateException("a punch became two check-ins: " + identity);
                }
            }
            if (written.size() == sent.size()) {
                List<Double> millis = new ArrayList<>();
                written.forEach((identity, at) ->
                        millis.add(Duration.between(sent.get(identity), at).toNanos() / 1e6));
                return Samples.of(millis);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("%d of %d punches became check-ins within %d s"
                        .formatted(written.size(), sent.size(), patience.toSeconds()));
            }
            LockSupport.parkNanos(200_000_000);
        }
    }
}
