package io.punchbridge.frappe;

import java.time.Clock;

/** Sites for whoever runs without Quarkus. */
public final class OutsideQuarkus {
    private OutsideQuarkus() {}

    /** Connects to nothing before it is first asked. */
    public static SetUpSite setUpSite(FrappeSettings settings, Clock clock) {
        return new RestSetUpSite(settings, clock);
    }
}
