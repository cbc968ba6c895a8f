package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.Speed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The simulated site, and what a measurement asks it. */
final class Frappe {
    /** What the real site takes for one insert; the simulated one takes as long. */
    static final double INSERT_MILLIS = 21;

    static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");

    private Frappe() {}

    /** Takes 14 ms a request and 7 ms a document, one request at a time. */
    static SimulatedFrappe measured() {
        return instant().speed(Speed.MEASURED);
    }

    static SimulatedFrappe instant() {
        return SimulatedFrappe.withEmployees(Clock.systemUTC(), Punches.EMPLOYEES)
                .timeZone(ZONE)
                .start();
    }

    /** Who punched when, as the site holds it. */
    record Identity(String employee, LocalDateTime time) {
        static Identity of(Punches.Next punch) {
            return new Identity(punch.employee(), LocalDateTime.ofInstant(punch.at(), ZONE));
        }

        static Identity of(SimulatedCheckin checkin) {
            return new Identity(checkin.employee(), checkin.time());
        }
    }

    /** When the site wrote it. */
    static Instant writtenAt(SimulatedCheckin checkin) {
        return checkin.stamp().creation().atZone(ZONE).toInstant();
    }

    static double seconds(SimulatedCheckin from, SimulatedCheckin to) {
        return Duration.between(writtenAt(from), writtenAt(to)).toNanos() / 1e9;
    }

    static void awaitCheckins(SimulatedFrappe frappe, int count, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (frappe.checkinCount() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only %d of %d check-ins stand after %d s"
                        .formatted(frappe.checkinCount(), count, patience.toSeconds()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Throws unless there are exactly as many check-ins, no two of them alike. */
    static List<SimulatedCheckin> requireExactly(SimulatedFrappe frappe, int count) {
        List<SimulatedCheckin> checkins = frappe.checkins();
        Set<Identity> distinct = new HashSet<>(checkins.size() * 2);
        checkins.forEach(checkin -> distinct.add(Identity.of(checkin)));
        if (checkins.size() != count || distinct.size() != count) {
            throw new IllegalStateException("%d punches became %d check-ins, %d of them distinct"
                    .formatted(count, checkins.size(), distinct.size()));
        }
        return checkins;
    }
}
