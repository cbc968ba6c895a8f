package io.punchbridge.frappe;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.time.Clock;
import java.time.Duration;

/** Real clients of a simulated site, for tests of other rooms that need no running application. */
public final class SitesOutsideQuarkus {
    private SitesOutsideQuarkus() {}

    public static AttendanceSite attendance(SimulatedFrappe frappe, Clock clock) {
        FrappeSettings settings = new FrappeSettings(
                frappe.url(),
                SimulatedFrappe.API_KEY,
                SimulatedFrappe.API_SECRET,
                null,
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
        return new RestAttendanceSite(new FrappeClient(settings, clock, new JdkWire(settings)));
    }
}
